import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SessionKind, type SessionState, sessionState, timeLeft } from '../../src/session/index.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const minutes = (count: number) => count * 60_000;
const time = (left: number) => new Date(now + left).toISOString().replace('.000Z', 'Z');

interface Token {
  left: number;
  refresh?: 'yes' | 'registration expired' | 'no registration' | 'no client';
}

function token({ left, refresh }: Token): string {
  const registration = refresh === 'registration expired' ? minutes(-1) : minutes(9999);
  return JSON.stringify({
    startUrl: 'https://x/start',
    region: 'us-east-1',
    accessToken: 'a',
    expiresAt: time(left),
    ...(refresh && { refreshToken: 'r' }),
    ...(refresh && refresh !== 'no client' && { clientId: 'c', clientSecret: 's' }),
    ...(refresh && refresh !== 'no registration' && { registrationExpiresAt: time(registration) }),
  });
}

const login = (left: number, without?: string) => {
  const keys = { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T', accountId: '1', expiresAt: time(left) };
  const all = { clientId: 'c', dpopKey: 'k', refreshToken: 'r' };
  const leaveOut = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([name]) => name !== without));
  return JSON.stringify({ accessToken: leaveOut(keys), ...leaveOut(all) });
};

describe('states of a session', () => {
  const rows: [SessionKind, Token, SessionState, boolean][] = [
    ['sso', { left: minutes(60), refresh: 'yes' }, 'fresh', true],
    ['sso', { left: minutes(60), refresh: 'registration expired' }, 'fresh', false],
    ['sso', { left: minutes(60) }, 'fresh', false],
    ['sso', { left: minutes(10), refresh: 'yes' }, 'fresh', true],
    ['sso', { left: minutes(10), refresh: 'registration expired' }, 'fresh', false],
    ['sso', { left: minutes(10) }, 'fresh', false],
    ['sso', { left: minutes(5) + 1000 }, 'fresh', false],
    ['sso', { left: minutes(5) }, 'expired', false],
    ['sso', { left: minutes(3), refresh: 'yes' }, 'refreshable', true],
    ['sso', { left: minutes(3), refresh: 'registration expired' }, 'refreshable', true],
    ['sso', { left: minutes(3), refresh: 'no registration' }, 'refreshable', true],
    ['sso', { left: minutes(3), refresh: 'no client' }, 'expired', false],
    ['sso', { left: minutes(3) }, 'expired', false],
    ['sso', { left: 0, refresh: 'yes' }, 'refreshable', true],
    ['sso', { left: minutes(-1), refresh: 'yes' }, 'refreshable', true],
    ['sso', { left: minutes(-1), refresh: 'registration expired' }, 'expired', false],
    ['sso', { left: minutes(-1), refresh: 'no registration' }, 'expired', false],
    ['sso', { left: minutes(-1), refresh: 'no client' }, 'expired', false],
    ['sso', { left: minutes(-1) }, 'expired', false],
    ['sso-legacy', { left: minutes(60), refresh: 'yes' }, 'fresh', false],
    ['sso-legacy', { left: minutes(3) }, 'fresh', false],
    ['sso-legacy', { left: 1000 }, 'fresh', false],
    ['sso-legacy', { left: 0 }, 'expired', false],
    ['sso-legacy', { left: minutes(-1), refresh: 'yes' }, 'expired', false],
  ];
  it.each(rows)('%s %o', (kind, { left, refresh }, state, refreshable) => {
    const text = token(refresh ? { left, refresh } : { left });
    expect(sessionState(text, kind, now)).toEqual({ state, expiresAt: now + left, refreshable });
  });

  it.each([
    [minutes(6), 'fresh'],
    [minutes(5), 'refreshable'],
    [minutes(-60), 'refreshable'],
  ])('login, %d ms left: %s', (left, state) => {
    expect(sessionState(login(left), 'login', now)).toEqual({ state, expiresAt: now + left, refreshable: true });
  });

  it.each([
    'clientId',
    'dpopKey',
    'refreshToken',
    'accessKeyId',
    'secretAccessKey',
    'sessionToken',
    'accountId',
    'expiresAt',
  ])('a login without %s: missing, as no client uses it', (without) => {
    expect(sessionState(login(minutes(10), without), 'login', now).state).toBe('missing');
  });

  it.each([
    null,
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '{"accessToken": "a"}',
    '{"expiresAt": "2030-01-01T00:00:00Z"}',
    '{"accessToken": "", "expiresAt": "2030-01-01T00:00:00Z"}',
    '{"accessToken": "a", "expiresAt": "soon"}',
    '{"accessToken": "a", "expiresAt": "2030-13-01T00:00:00Z"}',
    '{"accessToken": "a", "expiresAt": 1893456000}',
    '{"accessToken": "a", "registrationExpiresAt": "2030-01-01T00:00:00Z"}',
    '{"accessToken": {"expiresAt": 1}, "expiresAt": "2030-01-01T00:00:00Z"}',
  ])('missing: %s', (text) => {
    const missing = { state: 'missing', expiresAt: null, refreshable: false };
    expect(sessionState(text, 'sso', now)).toEqual(missing);
    expect(sessionState(text, 'sso-legacy', now)).toEqual(missing);
    expect(sessionState(text, 'login', now)).toEqual(missing);
  });

  it('every prefix of a token file is missing, as while the AWS CLI writes it', () => {
    const text = token({ left: minutes(60), refresh: 'yes' });
    for (let end = 0; end < text.length; end++)
      expect(sessionState(text.slice(0, end), 'sso', now).state).toBe('missing');
  });

  it.each(['Z', 'UTC', '.000Z', '.123Z', '+00:00'])('reads times that end in %s', (ending) => {
    const text = JSON.stringify({ accessToken: 'a', expiresAt: `2026-01-02T04:04:05${ending}` });
    const expiresAt = now + minutes(60) + (ending === '.123Z' ? 123 : 0);
    expect(sessionState(text, 'sso', now)).toEqual({ state: 'fresh', expiresAt, refreshable: false });
  });

  it('never gets fresher as time goes by', () => {
    const seed = Number(process.env.BEDROCKENV_SEED ?? Date.now() % 2 ** 31);
    console.log(`states as time goes by: seed ${seed}`);
    const ranks = { fresh: 0, refreshable: 1, expired: 2, missing: 3 };
    fc.assert(
      fc.property(
        fc.constantFrom<SessionKind>('sso', 'sso-legacy'),
        fc.constantFrom(undefined, 'yes' as const, 'registration expired' as const, 'no client' as const),
        fc.integer({ min: -1000, max: 1000 }),
        fc.nat(1000),
        (kind, refresh, left, passed) => {
          const text = token({ left: minutes(left), ...(refresh && { refresh }) });
          const rank = (at: number) => ranks[sessionState(text, kind, at).state];
          expect(rank(now)).toBeLessThanOrEqual(rank(now + minutes(passed)));
        },
      ),
      { seed },
    );
  });
});

it.each([
  [-1, '0m'],
  [0, '0m'],
  [59_999, '0m'],
  [minutes(42), '42m'],
  [minutes(60), '1h 0m'],
  [minutes(7 * 60 + 12) + 59_000, '7h 12m'],
  [minutes(30 * 60), '30h 0m'],
])('timeLeft(%d) is %s', (ms, text) => {
  expect(timeLeft(ms)).toBe(text);
});
