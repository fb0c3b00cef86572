import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';
import { Terminal } from './terminal.ts';

/** A stand-in for `aws`: writes down how it was run, and then does as FAKE_AWS says. */
const fakeAws = `#!/bin/sh
if [ "$1" = --version ]; then echo "aws-cli/\${FAKE_VERSION:-2.36.12} Python/3.13 Linux"; exit; fi
echo "$*|\${AWS_PROFILE-unset}" >> "$HOME/aws.log"
sign_in() {
  mkdir -p "$HOME/.aws/sso/cache"
  echo "{\\"accessToken\\":\\"t\\",\\"expiresAt\\":\\"2099-01-01T00:00:00Z\\"}" > "$HOME/.aws/sso/cache/$TOKEN"
}
case \${FAKE_AWS-ok} in
  ok) sleep 0.3; sign_in ;;
  fail) echo "sorry" >&2; exit 1 ;;
  lie) exit 0 ;;
  unknown) echo "usage: aws" >&2; exit 2 ;;
  hang) echo waiting; sleep 30 & wait $! ;;
  slow) sleep 1.5; sign_in ;;
esac
`;

const token = 'ee0bfd2552fbd840c02cc48b6e823320543c450f.json';

function setUp() {
  const box = new Sandbox();
  box.write('bin/aws', fakeAws, 0o755);
  const env = {
    PATH: `${box.path('bin')}:${process.env.PATH}`,
    TOKEN: token,
    BEDROCKENV_LOGIN_FLOW: 'browser',
    AWS_PROFILE: 'corp-dev',
  };
  const terminal = (words: readonly string[], more: Record<string, string | undefined> = {}) =>
    new Terminal(words, { cwd: box.home, env: box.environment({ ...env, ...more }) });
  const log = () =>
    existsSync(box.path('aws.log')) ? readFileSync(box.path('aws.log'), 'utf8').trim().split('\n') : [];
  const cooldowns = () => box.stateFiles().filter((file) => file.startsWith('cooldown/'));
  return { box, env, terminal, log, cooldowns };
}

describe('login without a need', () => {
  it('does nothing while the session is good', () => {
    const { box, env, log } = setUp();
    box.signIn(3_600_000);
    expect(box.run(['login'], { env })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('59m left'),
    });
    expect(box.run(['login', '--hook'], { env })).toEqual({ code: 0, stdout: '', stderr: '' });
    const registrationExpiresAt = new Date(Date.now() + 86_400_000).toISOString();
    box.signIn(-1000, { refreshToken: 'r', clientId: 'c', clientSecret: 's', registrationExpiresAt });
    // A shell takes its word; a person hears that the server, which is not there, did not renew it.
    expect(box.run(['login', '--hook'], { env })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(box.run(['login'], { env })).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(
        /^bedrockenv: session corp could not be renewed \(ECONNREFUSED\)\n.*login --profile/,
      ),
    });
    expect(box.run(['login', '--profile', 'keys'], { env })).toMatchObject({ code: 0 });
    expect(log()).toEqual([]);
  });

  it('says what a profile without a session has, or lacks', () => {
    const box = new Sandbox();
    const path = box.write(
      '.aws/config',
      '[profile keys]\naws_access_key_id=A\naws_secret_access_key=B\n[profile bare]\nregion=eu-west-1\n' +
        '[profile role]\nrole_arn=arn:aws:iam::123456789012:role/R\nsource_profile=bare\n' +
        '[profile half]\nsso_session=corp\n[sso-session corp]\nsso_start_url=https://x\nsso_region=eu-west-1\n',
    );
    const said = (profile: string) => box.run(['login', '--profile', profile]);
    expect(said('keys')).toMatchObject({
      code: 0,
      stderr: 'bedrockenv: profile keys has credentials of its own; there is nothing to sign in to\n',
    });
    expect(said('bare')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^bedrockenv: profile bare names no /),
    });
    expect(said('role')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /:8: profile "role": no setting of "bare", whose credentials its role is assumed with/,
      ),
    });
    expect(said('half')).toMatchObject({
      code: 1,
      stderr:
        `bedrockenv: ${path}:9: profile half: its SSO settings lack sso_account_id and sso_role_name; ` +
        'aws configure sso --profile half\n',
    });
    expect(box.run(['login', '--hook', '--profile', 'half'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('a hook signs nobody in for a profile that keys in the environment replace', () => {
    const box = new Sandbox();
    box.write('.aws/config', box.awsConfig.replace('[profile corp-dev]', '[default]'));
    const cwd = box.project('p', 'model: sonnet\n');
    box.ok(['allow', 'p']);
    const words = ['login', '--hook', '--profile', 'default'];
    const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
    expect(box.run(words, { cwd }).code).toBe(4);
    expect(box.run(words, { cwd, env: keys })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(box.run(words, { cwd, env: { ...keys, AWS_PROFILE: 'default' } }).code).toBe(4);
  });

  it('never signs in without a terminal or under CI: one line, exit code 4', async () => {
    const { box, env, terminal, log } = setUp();
    const { code, stdout, stderr } = box.run(['login'], { env });
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^bedrockenv: .*bedrockenv login --profile corp-dev\n$/);
    const underCi = terminal(['login'], { CI: 'true' });
    expect(await underCi.ended).toBe(4);
    expect(underCi.out).toContain('session corp needs a sign-in, and none is begun with CI set; in a terminal:');
    // Nor does `credentials`, wherever it runs.
    const credentials = terminal(['credentials']);
    expect(await credentials.ended).toBe(4);
    expect(credentials.out).toContain('session corp needs a sign-in, and this command begins none; in a terminal:');
    expect(log()).toEqual([]);
  });

  it('says what is wrong with what it was given', () => {
    const { box, env } = setUp();
    expect(box.run(['login', '--profile', 'corp-dve'], { env }).stderr).toContain('did you mean "corp-dev"?');
    expect(box.run(['login', '--session', 'crop'], { env })).toMatchObject({ code: 2 });
    expect(box.run(['login'], { env: { ...env, BEDROCKENV_LOGIN_FLOW: 'devise' } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean device?'),
    });
    box.write(
      '.aws/config',
      '[profile a]\nrole_arn=x\nsource_profile=b\n[profile b]\nrole_arn=x\nsource_profile=a\n[profile c]\nrole_arn=x\nsource_profile=none\n',
    );
    expect(box.run(['login', '--profile', 'a'], { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cycle'),
    });
    expect(box.run(['login', '--profile', 'c'], { env })).toMatchObject({ code: 1 });
  });
});

describe('login', () => {
  it('runs aws sso login in the foreground and says how long the session lasts', async () => {
    const { terminal, log, cooldowns } = setUp();
    const one = terminal(['login']);
    expect(await one.ended).toBe(0);
    expect(log()).toEqual(['sso login --profile corp-dev|corp-dev']);
    expect(one.out).toMatch(/bedrockenv: signed in to corp, \d+h \d+m left\r\n$/);
    expect(cooldowns()).toEqual([]);
  });

  it('that fails names the command for the same session again', async () => {
    const { terminal } = setUp();
    const env = { FAKE_AWS: 'fail', AWS_PROFILE: 'missing' };
    for (const [words, again] of [
      [['login', '--profile', 'corp-role'], 'bedrockenv login --profile corp-dev'],
      [['login', '--session', 'corp'], 'bedrockenv login --session corp'],
      [['login', '--hook', '--profile', 'corp-role'], null],
    ] as const) {
      const one = terminal(words, env);
      // After the others the hook has a pause to keep.
      expect(await one.ended).toBe(again === null ? 4 : 1);
      if (again !== null) expect(one.out).toMatch(new RegExp(`to try again: ${again}\r\n$`));
    }
  });

  it("signs in to what the profile's roles depend on, and to a session by its name", async () => {
    const { box, terminal, log } = setUp();
    expect(await terminal(['login', '--profile', 'corp-role']).ended).toBe(0);
    box.signIn(-1000);
    expect(await terminal(['login', '--session', 'corp'], { AWS_PROFILE: 'missing' }).ended).toBe(0);
    expect(log()).toEqual(['sso login --profile corp-dev|corp-dev', 'sso login --sso-session corp|unset']);
  });

  it("takes the directory's profile before AWS_PROFILE, and runs aws in the environment without bedrockenv", async () => {
    const { box, terminal, log } = setUp();
    box.write('.bedrockrc', 'profile: corp-dev\n');
    box.ok(['allow']);
    const state = ['1', 'g', box.home, 'AWS_PROFILE', '=corp-dev', 'x', 'keys'].join('\x1f');
    expect(await terminal(['login'], { BEDROCKENV_STATE: state }).ended).toBe(0);
    expect(log()).toEqual(['sso login --profile corp-dev|keys']);
  });

  it('cools down after a failure: shells wait, a person need not', async () => {
    const { box, terminal, log, cooldowns } = setUp();
    const failed = terminal(['login', '--hook'], { FAKE_AWS: 'fail' });
    expect(await failed.ended).toBe(1);
    expect(failed.out).toContain('the sign-in to corp failed: exit code 1');
    expect(cooldowns()).toHaveLength(1);
    const until = Number(readFileSync(join(box.state, cooldowns()[0] as string), 'utf8'));
    expect(Math.abs(until - 600 - Date.now() / 1000)).toBeLessThan(10);
    expect(await terminal(['login', '--hook']).ended).toBe(4);
    expect(log()).toHaveLength(1);
    expect(await terminal(['login']).ended).toBe(0);
    expect(log()).toHaveLength(2);
    expect(cooldowns()).toEqual([]);
  });

  it('does not take the word of an aws that left no token', async () => {
    const { terminal, cooldowns } = setUp();
    const one = terminal(['login'], { FAKE_AWS: 'lie' });
    expect(await one.ended).toBe(1);
    expect(one.out).toContain('no usable token');
    expect(cooldowns()).toHaveLength(1);
  });

  it('ends at Ctrl-C with 130, aws with it, and cools down', async () => {
    const { terminal, cooldowns } = setUp();
    const one = terminal(['login', '--hook'], { FAKE_AWS: 'hang' });
    await one.shows('waiting');
    const before = Date.now();
    one.type('\x03');
    expect(await one.ended).toBe(130);
    expect(Date.now() - before).toBeLessThan(4000);
    expect(cooldowns()).toHaveLength(1);
  });

  it('signs in once for many shells; the others say whom they wait for', async () => {
    const { terminal, log } = setUp();
    const shells = Array.from({ length: 6 }, () => terminal(['login', '--hook'], { FAKE_AWS: 'slow' }));
    expect(await Promise.all(shells.map(({ ended }) => ended))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(log()).toHaveLength(1);
    const waiters = shells.filter(({ out }) =>
      /^bedrockenv: waiting for the sign-in of (pid \d+|another shell)\r\n$/.test(out),
    );
    expect(waiters).toHaveLength(5);
  });

  it('a shell that waits can be interrupted, and does not try again what has just failed', async () => {
    const { terminal, log } = setUp();
    const first = terminal(['login'], { FAKE_AWS: 'hang' });
    await first.shows('waiting');
    const second = terminal(['login', '--hook']);
    const third = terminal(['login', '--hook']);
    await Promise.all([
      second.shows(/waiting for the sign-in of pid \d+/),
      third.shows(/waiting for the sign-in of pid \d+/),
    ]);
    second.type('\x03');
    expect(await second.ended).toBe(130);
    first.type('\x03');
    expect(await first.ended).toBe(130);
    expect(await third.ended).toBe(4);
    expect(log()).toHaveLength(1);
  });

  it('takes over from a sign-in that was killed', async () => {
    const { terminal, log } = setUp();
    const first = terminal(['login'], { FAKE_AWS: 'hang' });
    await first.shows('waiting');
    first.kill();
    expect(await terminal(['login']).ended).toBe(0);
    expect(log()).toHaveLength(2);
  });

  it('asks first when it is told to', async () => {
    const { terminal, log, cooldowns } = setUp();
    const no = terminal(['login', '--hook', '--ask']);
    await no.shows('[Y/n]');
    no.type('n\r');
    expect(await no.ended).toBe(4);
    expect(cooldowns()).toHaveLength(1);
    const stop = terminal(['login', '--ask']);
    await stop.shows('[Y/n]');
    stop.type('\x03');
    expect(await stop.ended).toBe(130);
    expect(log()).toEqual([]);
    const yes = terminal(['login', '--ask']);
    await yes.shows('[Y/n]');
    yes.type('\r');
    expect(await yes.ended).toBe(0);
    expect(log()).toHaveLength(1);
  });

  it('uses the device flow where a browser here is of no use, as far as this aws knows it', async () => {
    const { box, terminal, log } = setUp();
    const remote = { BEDROCKENV_LOGIN_FLOW: undefined, SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' };
    for (const FAKE_VERSION of ['2.36.12', '2.22.0', '2.17.3']) {
      expect(await terminal(['login'], { ...remote, FAKE_VERSION }).ended).toBe(0);
      box.signIn(-1000);
    }
    expect(await terminal(['login'], { ...remote, BEDROCKENV_LOGIN_FLOW: 'browser' }).ended).toBe(0);
    expect(log().map((line) => line.replace('sso login --profile corp-dev', '').split('|')[0]?.trim())).toEqual([
      '--use-device-code --no-browser',
      '--use-device-code --no-browser',
      '--no-browser',
      '',
    ]);
  });

  it('remembers on this host the flow that the user chose and that worked, until told to decide by itself', async () => {
    const { box, terminal, log } = setUp();
    const remote = { BEDROCKENV_LOGIN_FLOW: undefined, SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' };
    const runs: [words: string[], env: object, code: number][] = [
      [['--flow', 'browser'], { FAKE_AWS: 'fail' }, 1],
      [[], {}, 0],
      [['--flow', 'browser'], {}, 0],
      [[], {}, 0],
      [[], { BEDROCKENV_LOGIN_FLOW: 'device' }, 0],
      [['--flow', 'auto'], {}, 0],
      [[], {}, 0],
    ];
    for (const [words, env, code] of runs) {
      expect(await terminal(['login', ...words], { ...remote, ...env }).ended).toBe(code);
      box.signIn(-1000);
    }
    const flows = log().map((line) => (line.includes('--use-device-code') ? 'device' : 'browser'));
    expect(flows).toEqual(['browser', 'device', 'browser', 'browser', 'device', 'device', 'device']);
  });

  it('says that an AWS CLI of version 1 cannot sign in', async () => {
    const { terminal } = setUp();
    const one = terminal(['login'], { FAKE_AWS: 'unknown', FAKE_VERSION: '1.45.11' });
    expect(await one.ended).toBe(1);
    expect(one.out).toContain('the aws on PATH is version 1.45, which has no aws sso login; it needs 2: ');
  });

  it('--no-tty signs in without a terminal too, by the device flow', () => {
    const { box, env, log } = setUp();
    expect(box.run(['login', '--no-tty'], { env: { ...env, CI: 'true' } })).toMatchObject({ code: 0 });
    expect(log()).toEqual(['sso login --profile corp-dev --use-device-code --no-browser|corp-dev']);
  });

  it('where the state cannot be written names the cause and the next command', async () => {
    const { box, terminal, log } = setUp();
    box.write('.local/state/bedrockenv/locks', 'in the way');
    chmodSync(box.state, 0o700);
    const one = terminal(['login', '--hook']);
    expect(await one.ended).toBe(1);
    expect(one.out).toMatch(
      /^bedrockenv: \S+locks\S*: .*; mend that and run: bedrockenv login, or .*aws sso login\r\n$/,
    );
    expect(log()).toEqual([]);
  });

  it('without aws on PATH says how to install it', async () => {
    const { terminal } = setUp();
    const one = terminal(['login'], { PATH: '/nowhere' });
    expect(await one.ended).toBe(1);
    expect(one.out).toMatch(/there is no aws on PATH; install it: /);
  });
});

describe('login where nothing says what to sign in to', () => {
  it('asks which of several sessions, on a terminal alone', async () => {
    const { box, env, terminal, log } = setUp();
    const { code, stderr } = box.run(['login'], { env: { ...env, AWS_PROFILE: undefined } });
    expect([code, stderr]).toEqual([1, expect.stringContaining('default')]);
    const asked = terminal(['login'], { AWS_PROFILE: undefined, TERM: 'dumb' });
    await asked.shows(/Sign in to which session\?\r\n {2}1 {2}corp \(not signed in, corp-dev, corp-role\)/);
    asked.type('1\r');
    expect(await asked.ended, asked.out).toBe(0);
    expect(log()).toEqual(['sso login --sso-session corp|unset']);
  });

  it('Ctrl-C there is exit code 130, and nothing is run', async () => {
    const { terminal, log } = setUp();
    const asked = terminal(['login'], { AWS_PROFILE: undefined, TERM: 'xterm' });
    await asked.shows('Sign in to which session?');
    asked.type('\x03');
    expect(await asked.ended).toBe(130);
    expect(log()).toEqual([]);
  });
});
