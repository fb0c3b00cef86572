import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hook, type PlanSpec, Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

/** What a token file holds that ends in so many seconds. */
function token(
  seconds: number,
  more: object = {},
  form: (iso: string) => string = (iso) => iso.replace(/\.\d+Z$/, 'Z'),
): string {
  const at = (s: number) => form(new Date(Date.now() + s * 1000).toISOString());
  return JSON.stringify(
    { registrationExpiresAt: at(7_000_000), accessToken: 'a', expiresAt: at(seconds), ...more },
    null,
    2,
  );
}
const refresh = { refreshToken: 'r', clientId: 'c', clientSecret: 's' };

function project(kind = 'sso', spec: PlanSpec = {}): string {
  const file = join(box.home, 'token');
  const session = { kind, name: 'corp', profile: 'corp-dev', token: file, cooldown: join(box.home, 'cooldown') };
  return box.planned('a', { label: 'dev · eu', session, ...spec });
}

/** A file of `aws login`, with what both clients ask of it, but for `less`. */
function login(less: Record<string, undefined>): string {
  const keys = { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't', accountId: '1' };
  const accessToken = { ...JSON.parse(token(3630)), ...keys };
  return JSON.stringify({ accessToken, clientId: 'c', refreshToken: 'r', dpopKey: 'k', ...less });
}

test('a file of `aws login` without what both clients ask of it is no session', () => {
  const dir = project('login');
  box.write('token', login({ clientId: undefined }));
  expect(box.fish(`prompt; cd ${dir}; prompt`).err).toEqual(['bedrockenv: dev · eu · not signed in']);
});

test('the status line tells the time left, once per visit', () => {
  const dir = project();
  box.write('token', token(7 * 3600 + 12 * 60 + 30));
  const { err } = box.fish(`prompt; cd ${dir}; prompt; prompt; mkdir s; cd s; prompt; cd ~; prompt; cd ${dir}; prompt`);
  expect(err).toEqual(Array(2).fill('bedrockenv: dev · eu · session 7h 12m'));
});

test.each([
  ['42 minutes', 'sso', token(42 * 60 + 30), '42m'],
  ['milliseconds', 'sso', token(3600 + 90, {}, (iso) => iso), '1h 1m'],
  ['UTC', 'sso', token(10 * 3600 + 30, {}, (iso) => iso.replace(/\.\d+Z$/, 'UTC')), '10h 0m'],
  ['a nested token', 'login', login({}), '1h 0m'],
  ['four minutes of a legacy session', 'sso-legacy', token(270), '4m'],
])('the time left of %s', (_, kind, text, left) => {
  const dir = project(kind);
  box.write('token', text);
  expect(box.fish(`prompt; cd ${dir}; prompt`).err).toEqual([`bedrockenv: dev · eu · session ${left}`]);
});

test.each([
  ['no file', null, 'not signed in'],
  ['half a file', token(3600).slice(0, 60), 'not signed in'],
  ['no access token', token(3600, { accessToken: '' }), 'not signed in'],
  ['an expired one', token(-60), 'session expired'],
  ['an expired one that renews itself', token(-60, refresh), 'session renews itself'],
  [
    'an expired one with an expired registration',
    token(-60, { ...refresh, registrationExpiresAt: '2020-01-01T00:00:00Z' }),
    'session expired',
  ],
])('with %s', (_, text, says) => {
  const dir = project();
  if (text !== null) box.write('token', text);
  expect(box.fish(`prompt; cd ${dir}; prompt`).err).toEqual([`bedrockenv: dev · eu · ${says}`]);
});

test('the token is read again at each entering: a sign-out is seen, and a renewal', () => {
  const dir = project();
  box.write('token', token(7 * 3600 + 30));
  box.write('renewed', token(9 * 3600 + 30));
  const again = `cd ~; prompt; cd ${dir}; prompt; prompt`;
  const { err } = box.fish(`prompt; ${again}; rm ~/token; ${again}; mv ~/renewed ~/token; ${again}`);
  expect(err).toEqual(
    ['session 7h 0m', 'not signed in', 'session 9h 0m'].map((left) => `bedrockenv: dev · eu · ${left}`),
  );
});

test.each([
  ['until a token has expired, its registration does not matter', 200, '2020-01-01T00:00:00Z', '3m', []],
  ['nor that there is none', 200, undefined, '3m', []],
  ['from then on it does', -1, '2020-01-01T00:00:00Z', 'expired', ['login --hook --profile corp-dev']],
])('%s', (_, seconds, registrationExpiresAt, left, calls) => {
  const dir = project();
  box.write('token', token(seconds, { ...refresh, registrationExpiresAt }));
  const { out } = box.terminal(`prompt; cd ${dir}; prompt; prompt`);
  expect(out.filter((line) => line.includes('session'))).toEqual([`bedrockenv: dev · eu · session ${left}`]);
  expect(box.called()).toEqual(calls);
});

test('days are counted right, in leap years and at their ends', () => {
  const times = [
    '2024-02-28T23:59:59Z',
    '2024-02-29T00:00:00Z',
    '2024-03-01T08:09:08Z',
    '2000-12-31T12:30:00Z',
    '2100-02-28T00:00:00Z',
    '2100-03-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2026-11-30T10:00:00Z',
  ];
  const { out } = box.fish(
    `set -g _bedrockenv_epoch 0; for t in ${times.join(' ')}; _bedrockenv_parse_time "{\\"expiresAt\\" : \\"$t\\"}" expiresAt; echo $_bedrockenv_time; end`,
  );
  expect(out).toEqual(times.map((t) => `${Date.parse(t) / 1000}`));
});

test('the ways of a fish that has no `path` and cannot compare times', () => {
  const absent = join(box.home, 'absent');
  const dir = project('sso', { inputs: [absent], vars: [['set', 'AWS_PROFILE', 'corp']] });
  box.write('token', token(3630));
  const { out, err } = box.fish(
    `prompt; cd ${dir}; prompt; prompt; echo $AWS_PROFILE; touch ${absent}; prompt; echo "[$AWS_PROFILE]"`,
    { _bedrockenv_old: '1' },
  );
  expect(out).toEqual(['corp', '[]']);
  expect(err[0]).toBe('bedrockenv: dev · eu · session 1h 0m');
});

test("the user's own $fish_read_limit neither disturbs nor changes", () => {
  const dir = project('sso', { inputs: [join(box.home, 'config')], vars: [['set', 'AWS_PROFILE', 'corp']] });
  const bad = box.project('b', 'x', false);
  box.write('token', token(3630));
  const { out, err } = box.fish(
    `set -g fish_read_limit 10; prompt; cd ${bad}; prompt; cd ${dir}; prompt; prompt; echo $AWS_PROFILE; echo $fish_read_limit; string repeat -n 200 a | read -l x; echo $status`,
  );
  expect(out).toEqual(['corp', '10', '122']);
  expect(err).toEqual([
    `bedrockenv: ${bad}/.bedrockrc is not approved; to use it: bedrockenv allow`,
    'bedrockenv: dev · eu · session 1h 0m',
  ]);
});

test.each([
  ['a session that comes due while the shell stands there is seen at the next prompt', 'prompt'],
  ['also when the hook was loaded again meanwhile', `source ${hook}; prompt`],
])('%s', (_, meanwhile) => {
  const dir = project();
  box.write('token', token(300 + 3));
  box.terminal(`prompt; cd ${dir}; prompt; ${meanwhile}; cp calls before; sleep 4; prompt; prompt`);
  expect(existsSync(join(box.home, 'before'))).toBe(false);
  expect(box.called()).toEqual(['login --hook --profile corp-dev']);
});

test.each([
  ['-qv', "'' '?' '.*'", ['123??.*', '1234?.*', '1234?.*', '12345.*', '??.*', '^$']],
  ['-qvr', "^ . '\\\\.'", ['^123..\\.', '^1234.\\.', '^1234.\\.', '^12345\\.', '^..\\.', '^$']],
])('the time is compared with a pattern of uptimes (%s) that ends before the session is due', (how, glob, expected) => {
  const times = [
    ['12345.67', 500],
    ['12345.67', 100],
    ['12345.67', 11],
    ['12345.67', 10],
    ['45.00', 101],
    ['7.25', 500],
  ] as const;
  const lines = times.map(
    ([up, left]) =>
      `echo "${up} 1.1" >~/up; set -g _bedrockenv_minutes '^$'; set -g _bedrockenv_due ${left}; _bedrockenv_is_due; echo "$_bedrockenv_minutes"`,
  );
  const { out } = box.fish(
    `function _bedrockenv_tick; set -g _bedrockenv_age 0; end; set -g _bedrockenv_clock ~/up
    set -g _bedrockenv_glob ${how} ${glob}\n${lines.join('\n')}`,
  );
  expect(out).toEqual(expected);
});

// With this feature, which fish 4 has by default, `?` is no wildcard.
test.each(['', 'qmark-noglob'])('a prompt with a fresh session needs no closer look (fish_features=%s)', (features) => {
  const dir = project('sso', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  box.write('token', token(3630));
  const { out } = box.fish(
    `set -q _bedrockenv_old; and echo 'before 3.6 each takes it'; and exit
    prompt; cd ${dir}; prompt; prompt
    functions -c _bedrockenv_settle settle
    function _bedrockenv_settle; echo closer; settle; end
    prompt; prompt; set _bedrockenv_minutes '^$'; prompt`,
    { fish_features: features },
  );
  // A prompt where a hundred seconds of the machine's begin takes one more.
  expect(out.length).toBeLessThan(3);
  expect(out.length).toBeGreaterThan(0);
});

test('short names of the user keep their values', () => {
  const dir = project();
  const bad = box.project('b', 'x', false);
  box.write('token', token(3630));
  const names = [
    'y',
    'mo',
    'd',
    'h',
    'mi',
    'sec',
    'm',
    'up',
    'hundreds',
    'ten',
    'one',
    'dir',
    'verdict',
    'text',
    'key',
  ];
  const { out } = box.fish(
    `for n in ${names.join(' ')}; set -g $n mine; end; set -e n
    prompt; cd ${bad}; prompt; cd ${dir}; prompt; prompt; cd ~; prompt
    for n in ${names.join(' ')}; echo $n=$$n; end`,
  );
  expect(out).toEqual(names.map((name) => `${name}=mine`));
});

test('notes are printed with the status line, and quiet means quiet', () => {
  const dir = box.planned('a', { label: 'dev', notes: ['one', 'two'] });
  expect(box.fish(`prompt; cd ${dir}; prompt; prompt`).err).toEqual([
    'bedrockenv: dev',
    'bedrockenv: one',
    'bedrockenv: two',
  ]);
  expect(box.fish(`prompt; cd ${dir}; prompt`, { BEDROCKENV_QUIET: '1' }).err).not.toContain('bedrockenv: dev');
});

test('without a terminal nobody is asked to sign in', () => {
  const dir = project();
  box.fish(`prompt; cd ${dir}; prompt; prompt`);
  expect(box.called()).toEqual([]);
});

test('a stale session starts one sign-in, then waits', () => {
  const dir = project();
  const script = `prompt; cd ${dir}; prompt; prompt; cd ~; prompt; cd ${dir}; prompt`;
  box.terminal(script);
  expect(box.called()).toEqual(['login --hook --profile corp-dev']);
});

test('a sign-in that worked is announced', () => {
  const dir = project('sso', { login: 'ask' });
  box.write('fresh', token(8 * 3600 + 30));
  box.stub(`cp ${box.home}/fresh ${box.home}/token`);
  const { out } = box.terminal(`prompt; cd ${dir}; prompt; prompt`);
  expect(box.called()).toEqual(['login --hook --ask --profile corp-dev']);
  expect(out).toEqual(['bedrockenv: dev · eu · session 8h 0m']);
});

test.each([
  ['policy off', { login: 'off' }, {}],
  ['BEDROCKENV_NO_LOGIN', {}, { BEDROCKENV_NO_LOGIN: '1' }],
  ['CI', {}, { CI: 'true' }],
])('no sign-in: %s', (_, spec, env) => {
  const dir = project('sso', spec);
  box.terminal(`prompt; cd ${dir}; prompt`, env as Record<string, string>);
  expect(box.called()).toEqual([]);
});

test('another shell that was refused just now holds this one back; notify only says so', () => {
  const dir = project();
  box.write('cooldown', `${Math.floor(Date.now() / 1000) + 500}\n`);
  box.terminal(`prompt; cd ${dir}; prompt`);
  box.write('cooldown', `${Math.floor(Date.now() / 1000) - 1}\n`);
  expect(box.called()).toEqual([]);
  box.terminal(`prompt; cd ${dir}; prompt`);
  expect(box.called().length).toBe(1);
  const other = box.planned('b', {
    session: { kind: 'sso', name: 'x\u001b', profile: 'p', token: '/none', cooldown: '/none' },
    login: 'notify',
  });
  const { out } = box.terminal(`prompt; cd ${other}; prompt; prompt; prompt`);
  expect(out).toEqual(['bedrockenv: session x? is expired; sign in with: bedrockenv login']);
});
