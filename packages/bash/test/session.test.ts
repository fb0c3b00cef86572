import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

/** What a token file holds that ends in so many seconds, as the AWS CLI writes it. */
function token(seconds: number, more: object = {}): string {
  const at = (s: number) => new Date(Date.now() + s * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  return JSON.stringify({
    startUrl: 'https://corp.awsapps.com/start',
    accessToken: 'secret-access',
    expiresAt: at(seconds),
    clientId: 'id',
    clientSecret: 'secret-client',
    registrationExpiresAt: at(7_000_000),
    refreshToken: 'secret-refresh',
    ...more,
  });
}

function project(name: string, kind = 'sso'): string {
  const session = {
    ...{ kind, name: 'corp', profile: 'corp-dev', token: join(box.home, 'token'), login: 'auto' },
    cooldown: join(box.home, 'cooldown'),
  };
  return box.project(name, { label: 'L', session, variables: [['set', 'AWS_PROFILE', 'x']] });
}

describe('the token is read again at each entering', () => {
  it('so that a renewal, a sign-out and another look of the file are seen', () => {
    project('p');
    const looks = {
      renewed: token(9 * 3600 + 30),
      refused: token(9 * 3600 + 30, { accessToken: '' }),
      torn: token(3600).slice(0, 90),
      bare: token(2 * 3600 + 30, { clientId: undefined, clientSecret: undefined, refreshToken: undefined }),
      expired: token(-60),
      over: token(-60, { registrationExpiresAt: '2020-01-01T00:00:00Z' }),
    };
    box.write(`${box.home}/token`, token(7 * 3600 + 30));
    for (const [name, text] of Object.entries(looks)) box.write(`${box.home}/${name}`, text);
    const again = ['cd ..', 'cd p'];
    const changes = Object.keys(looks).map((name) => ['cd ..', `cp ${name} token`, 'cd p', ...again]);
    const { out, errors } = box.run(['cd p', ...again, ...changes.flat(), 'cd ..', 'rm token', 'cd p']);
    const twice = (left: string) => [left, left];
    expect(errors).toEqual(
      [
        ...twice('session 7h 0m'),
        ...twice('session 9h 0m'),
        ...twice('not signed in'),
        ...twice('not signed in'),
        ...twice('session 2h 0m'),
        ...twice('session renews itself'),
        ...twice('session expired'),
        'not signed in',
      ].map((left) => `bedrockenv: L · ${left}`),
    );
    expect(out).toEqual([]);
  });

  it('and of what is kept nothing is secret', () => {
    project('p');
    box.write(`${box.home}/token`, token(7 * 3600 + 30));
    const { out } = box.run(['cd p', 'cd ..', 'cd p', 'declare -p | grep -c expir', 'declare -p | grep secret-']);
    expect(out).toEqual([expect.stringMatching(/^[1-9]/)]);
  });
});

// The AWS clients renew a token in its last five minutes whatever its registration says, and an expired one only while
// that lasts. A legacy token and one without a refresh token they use to the end, or ask for at five minutes.
const none = { refreshToken: undefined };
const over = { registrationExpiresAt: '2020-01-01T00:00:00Z' };
// What both clients ask of a file of `aws login`, however fresh it is.
const keys = { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't', accountId: '1' };
const login = { dpopKey: 'k', ...keys };
it.each([
  ['sso', 400, none, 'good'],
  ['sso', 200, {}, 'good'],
  ['sso', 200, over, 'good'],
  ['sso', 200, { registrationExpiresAt: undefined }, 'good'],
  ['sso', 200, { clientSecret: undefined }, 'stale'],
  ['sso', 200, none, 'stale'],
  ['sso', -1, {}, 'good'],
  ['sso', -1, over, 'stale'],
  ['sso-legacy', 200, {}, 'good'],
  ['sso-legacy', -1, {}, 'stale'],
  ['login', 400, login, 'good'],
  ['login', 400, {}, 'stale'],
  ['login', 400, { ...login, dpopKey: '' }, 'stale'],
  ['login', 400, { ...login, clientId: undefined }, 'stale'],
  ['login', -1, { ...login, ...over }, 'good'],
  ['login', -1, { ...login, ...none }, 'stale'],
])('a token of kind %s with %s seconds left and %o is %s', (kind, seconds, more, expected) => {
  project('p', kind);
  box.write(`${box.home}/token`, token(seconds, more));
  const ask = `ask() { local IFS=$'\\x1f' now; printf -v now '%(%s)T' -1; if _bedrockenv_stale; then echo stale; else echo good; fi; }`;
  expect(box.run(['cd p', ask, 'ask', 'cd ..', 'cd p', 'ask']).out).toEqual([expected, expected]);
});
