import { generateKeyPairSync } from 'node:crypto';
import type { SessionKind, SessionState } from '@bedrockenv/core';

/**
 * What a client does with a session: uses its token as it is, refreshes it first, tries to and uses the old one, takes
 * credentials that it had put by for the role, or fails.
 */
export type Does = 'uses' | 'refreshes' | 'uses the old one' | 'uses the role’s' | 'fails';

/** One state of a session, our verdict, and what the clients do, who are really run. */
export interface State {
  /** As the documentation has it. */
  name: string;
  kind: SessionKind;
  /** The text of the token file; null for none. */
  token: string | null;
  verdict: SessionState;
  cli: Does;
  sdk: Does;
  /** The server refuses to refresh. */
  refused?: true;
  /** The server has ended the token before its time. */
  revoked?: true;
  /** The AWS CLI has put credentials of the role by. */
  roleCache?: true;
}

const time = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z/, 'Z');

const dpopKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });

/** A token with so many minutes left; further fields as the AWS CLI names them, undefined to leave one out. */
const token = (left: number, more: object = {}) =>
  JSON.stringify({
    startUrl: 'https://x/start',
    region: 'us-east-1',
    accessToken: 'SECRET',
    expiresAt: time(left),
    ...more,
  });

const client = { clientId: 'c', clientSecret: 'SECRET', registrationExpiresAt: time(90_000) };
const renewable = { ...client, refreshToken: 'SECRET' };
const registrationOver = { ...renewable, registrationExpiresAt: time(-60) };
const noRegistration = { ...renewable, registrationExpiresAt: undefined };
const noClient = { refreshToken: 'SECRET' };

const login = (left: number, more: object = {}) =>
  JSON.stringify({
    accessToken: {
      ...{ accessKeyId: 'ASIAFAKE', secretAccessKey: 'SECRET', sessionToken: 'SECRET' },
      ...{ accountId: '111122223333', expiresAt: time(left) },
    },
    tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
    ...{
      clientId: 'arn:aws:signin:::devtools/same-device',
      refreshToken: 'SECRET',
      idToken: 'a.b.c',
      dpopKey,
      ...more,
    },
  });

/** THE table, with times from now on: docs/sessions.md shows it. */
export const sessionStates = (): State[] => [
  ...(
    [
      ['60 min', token(60, renewable), 'fresh', 'uses', 'uses'],
      ['60 min, no refresh token', token(60), 'fresh', 'uses', 'uses'],
      ['60 min, registration over', token(60, registrationOver), 'fresh', 'uses', 'uses'],
      ['16 min', token(16, renewable), 'fresh', 'uses', 'uses'],
      ['10 min', token(10, renewable), 'fresh', 'refreshes', 'uses'],
      ['10 min, refresh refused', token(10, renewable), 'fresh', 'uses the old one', 'uses'],
      ['10 min, no refresh token', token(10), 'fresh', 'uses', 'uses'],
      ['3 min', token(3, renewable), 'refreshable', 'refreshes', 'refreshes'],
      ['3 min, refresh refused', token(3, renewable), 'refreshable', 'uses the old one', 'uses the old one'],
      ['3 min, registration over', token(3, registrationOver), 'refreshable', 'uses', 'refreshes'],
      ['3 min, no registration', token(3, noRegistration), 'refreshable', 'uses', 'refreshes'],
      ['3 min, no client', token(3, noClient), 'expired', 'uses', 'fails'],
      ['3 min, no refresh token', token(3, client), 'expired', 'uses', 'fails'],
      ['over', token(-1, renewable), 'refreshable', 'refreshes', 'refreshes'],
      ['over, refresh refused', token(-1, renewable), 'refreshable', 'fails', 'fails'],
      ['over, registration over', token(-1, registrationOver), 'expired', 'fails', 'refreshes'],
      ['over, no registration', token(-1, noRegistration), 'expired', 'fails', 'refreshes'],
      ['over, no client', token(-1, noClient), 'expired', 'fails', 'fails'],
      ['over, no refresh token', token(-1, client), 'expired', 'fails', 'fails'],
      ['over, role’s credentials put by', token(-1), 'expired', 'uses the role’s', 'fails'],
      ['60 min, ended by the server', token(60, renewable), 'fresh', 'fails', 'fails'],
      ['no file', null, 'missing', 'fails', 'fails'],
      ['half a file', token(60, renewable).slice(0, 120), 'missing', 'fails', 'fails'],
      ['a byte order mark', `\ufeff${token(60, renewable)}`, 'missing', 'fails', 'fails'],
      ['no access token', token(60, { accessToken: undefined }), 'missing', 'fails', 'fails'],
      ['no time of expiry', token(60, { expiresAt: undefined }), 'missing', 'fails', 'fails'],
    ] as const
  ).map(row('sso')),
  ...(
    [
      ['60 min', token(60), 'fresh', 'uses', 'uses'],
      ['60 min, written `…UTC`', token(60, { expiresAt: time(60).replace('Z', 'UTC') }), 'fresh', 'uses', 'uses'],
      ['3 min', token(3), 'fresh', 'uses', 'uses'],
      ['over', token(-1), 'expired', 'fails', 'fails'],
      ['over, refresh token', token(-1, renewable), 'expired', 'fails', 'fails'],
      ['no file', null, 'missing', 'fails', 'fails'],
    ] as const
  ).map(row('sso-legacy')),
  ...(
    [
      ['10 min', login(10), 'fresh', 'uses', 'uses'],
      ['3 min', login(3), 'refreshable', 'refreshes', 'refreshes'],
      ['over', login(-1), 'refreshable', 'refreshes', 'refreshes'],
      ['over, refresh refused', login(-1), 'refreshable', 'fails', 'fails'],
      ['10 min, no refresh token', login(10, { refreshToken: undefined }), 'missing', 'fails', 'fails'],
      ['no file', null, 'missing', 'fails', 'fails'],
    ] as const
  ).map(row('login')),
];

function row(kind: SessionKind) {
  return ([name, text, verdict, cli, sdk]: readonly [string, string | null, SessionState, Does, Does]): State => ({
    ...{ name, kind, token: text, verdict, cli, sdk },
    ...(name.endsWith('refused') && { refused: true }),
    ...(name.endsWith('server') && { revoked: true }),
    ...(name.endsWith('put by') && { roleCache: true }),
  });
}

/** The rows of the table in docs/sessions.md. */
export function stateRows(): string[] {
  const kinds = { sso: 'sso-session', 'sso-legacy': 'start URL', login: '`aws login`' };
  return sessionStates().map((s) => `| ${kinds[s.kind]} | ${s.name} | ${s.verdict} | ${s.cli} | ${s.sdk} |`);
}
