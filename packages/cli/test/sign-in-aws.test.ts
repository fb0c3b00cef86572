import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import { type FakeAws, type Fault, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { createSandbox, type Sandbox, sampleAwsConfig } from '@bedrockenv/testkit/sandbox';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program } from './cli.ts';
import { Terminal } from './terminal.ts';

const loginProfile = `
[profile mine]
login_session = arn:aws:iam::111122223333:user/me
region = us-east-1

[profile conflict]
sso_session = corp
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = BedrockDeveloper
`;

const supported = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(supported)('login with the real AWS CLI', () => {
  let fake: FakeAws;
  let box: Sandbox;

  beforeEach(async () => {
    fake = await startFakeAws();
    const awsConfig = sampleAwsConfig + loginProfile;
    box = createSandbox({ awsUrl: fake.url, aws: await awsCli(), awsConfig });
  }, 60_000);
  afterEach(async () => {
    await fake.stop();
    await box.dispose();
  });

  const login = (words: readonly string[] = [], env: object = {}) =>
    new Terminal(['login', ...words], { cwd: box.home, env: { ...box.env, AWS_PROFILE: 'corp-dev', ...env } });

  const flows = [
    ['corp-dev', 'browser', '/authorize'],
    ['corp-dev', 'device', '/device_authorization'],
    ['corp-role', 'browser', '/authorize'],
    // Of a legacy session the AWS CLI asks with a code in any case, and opens the page itself.
    ['legacy', 'browser', '/device'],
    ['legacy', 'device', '/device_authorization'],
    ['conflict', 'browser', '/authorize'],
    ['mine', 'browser', '/v1/authorize'],
  ] as const;

  it.each(flows)('%s by %s', async (profile, flow, path) => {
    if (flow === 'device') fake.knobs.approveAfterMs = 300;
    const one = login(['--profile', profile], { BEDROCKENV_LOGIN_FLOW: flow });
    expect(await one.ended, one.out).toBe(0);
    expect(one.out).toMatch(/bedrockenv: signed in to .*, \d+[hm].* left\r\n$/);
    expect(fake.counters.logins).toBe(1);
    expect(fake.log.map((request) => request.path)).toContain(path);
    const again = login(['--profile', profile]);
    expect(await again.ended).toBe(0);
    expect(fake.counters.logins).toBe(1);
    expectNoSecrets(one.out + again.out);
  });

  it('a session that can renew itself does, silently, without a terminal too, once for all', async () => {
    box.writeToken('corp', { seconds: -60, refreshable: true });
    const runs = await Promise.all([1, 2, 3, 4].map(() => execa(process.execPath, [program, 'login'], options())));
    for (const { exitCode, stderr, stdout } of runs) {
      expect([exitCode, stdout]).toEqual([0, '']);
      expect(stderr.split('\n').at(-1)).toMatch(/^bedrockenv: session corp: 7h 59m left; there is nothing to do$/);
    }
    expect(fake.counters).toEqual({ logins: 0, tokens: 1, refreshes: 1 });
  });

  it('one that the server does not renew: a sign-in, or exit code 4 where there is nobody', async () => {
    box.writeToken('corp', { seconds: 200, refreshable: true });
    fake.knobs.refuseRefresh = true;
    const { exitCode, stderr } = await execa(process.execPath, [program, 'login'], options());
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/could not be renewed \(InvalidGrantException, HTTP 400\)\n.* needs a sign-in/);
    expect(fake.counters.logins).toBe(0);
    const one = login([], { BEDROCKENV_LOGIN_FLOW: 'browser' });
    expect(await one.ended, one.out).toBe(0);
    expect(fake.counters.logins).toBe(1);
  });

  it.each([
    ['500', { kind: 'status', status: 500 }, 'InternalServerException, HTTP 500'],
    ['429', { kind: 'status', status: 429 }, 'TooManyRequestsException, HTTP 429'],
    ['garbage', { kind: 'garbage' }, 'SyntaxError, HTTP 200'],
    ['silence', { kind: 'hang', ms: Number.POSITIVE_INFINITY }, 'ETIMEDOUT'],
  ] as [string, Fault, string][])('a server that answers a renewal with %s is named', async (_, fault, reason) => {
    box.writeToken('corp', { seconds: -60, refreshable: true });
    fake.knobs.faults['/token'] = fault;
    const { exitCode, stderr } = await execa(process.execPath, [program, 'login'], options());
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining(`could not be renewed (${reason})`)]);
  });

  it("asks at the endpoint of the session's profile, whatever profile AWS_PROFILE names", async () => {
    const elsewhere = await startFakeAws();
    const own = sampleAwsConfig.replaceAll(/^(\[profile .*)$/gm, `$1\nendpoint_url = ${fake.url}`);
    box.write('.aws/config', `${own}[profile local]\nendpoint_url = ${elsewhere.url}\n`);
    box.writeToken('corp', { seconds: -60, refreshable: true });
    const env = { ...box.env, AWS_PROFILE: 'local' };
    delete (env as Record<string, string>).AWS_ENDPOINT_URL;
    const words = [program, 'login', '--session', 'corp'];
    const { exitCode, stderr } = await execa(process.execPath, words, { ...options(), env });
    await elsewhere.stop();
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('7h 59m left')]);
    expect([fake.counters.refreshes, elsewhere.log]).toEqual([1, []]);
  });

  it('the session of aws login renews itself too', async () => {
    expect(await login(['--profile', 'mine'], { BEDROCKENV_LOGIN_FLOW: 'browser' }).ended).toBe(0);
    const folder = box.at('.aws/login/cache');
    const file = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/"expiresAt": "[^"]*"/, '"expiresAt": "2026-01-01T00:00:00Z"'),
    );
    const { exitCode, stderr } = await execa(process.execPath, [program, 'login', '--profile', 'mine'], options());
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('14m left')]);
    expect(fake.counters).toMatchObject({ logins: 1, refreshes: 1 });
  });

  const options = () =>
    ({ env: { ...box.env, AWS_PROFILE: 'corp-dev' }, extendEnv: false, reject: false, stdin: 'ignore' }) as const;

  const faults: [string, string, Fault][] = [
    ['401', '/client/register', { kind: 'status', status: 401 }],
    ['429', '/client/register', { kind: 'status', status: 429 }],
    ['500', '/token', { kind: 'status', status: 500 }],
    ['garbage', '/token', { kind: 'garbage' }],
    ['garbage at once', '/client/register', { kind: 'garbage' }],
  ];

  it.each(faults)('a portal that answers %s (%s): the cause, the next command, a pause', async (_, path, fault) => {
    fake.knobs.faults[path] = fault;
    const one = login(['--hook'], { BEDROCKENV_LOGIN_FLOW: 'browser', AWS_MAX_ATTEMPTS: '1' });
    expect(await one.ended, one.out).toBe(1);
    expect(one.out).toMatch(/aws: \[ERROR\]|Error|error/);
    expect(one.out).toMatch(/bedrockenv: the sign-in to corp failed: .*; to try again: bedrockenv login\r\n$/);
    expect(stateFiles().filter((file) => file.startsWith('cooldown/'))).toHaveLength(1);
    const { length } = fake.log;
    expect(await login(['--hook']).ended).toBe(4);
    expect(fake.log).toHaveLength(length);
    expectNoSecrets(one.out);
  });

  it.each(['/client/register', '/token'])('a portal that says nothing (%s): Ctrl-C ends it at once', async (path) => {
    fake.knobs.faults[path] = { kind: 'hang', ms: Number.POSITIVE_INFINITY };
    const one = login(['--hook'], { BEDROCKENV_LOGIN_FLOW: 'browser' });
    await expect.poll(() => fake.log.some((request) => request.path === path), { timeout: 20_000 }).toBe(true);
    const before = Date.now();
    one.type('\x03');
    expect(await one.ended).toBe(130);
    expect(Date.now() - before).toBeLessThan(6000);
  });

  it('closing the terminal ends it', async () => {
    fake.knobs.approveAfterMs = Number.POSITIVE_INFINITY;
    const one = login(['--hook'], { BEDROCKENV_LOGIN_FLOW: 'browser' });
    await expect.poll(() => fake.counters.logins, { timeout: 20_000 }).toBe(1);
    one.kill('SIGHUP');
    await one.ended;
    fake.knobs.approveAfterMs = null;
    expect(await login([], { BEDROCKENV_LOGIN_FLOW: 'browser' }).ended).toBe(0);
  });

  const stateFiles = () => {
    const state = box.at('.local/state/bedrockenv');
    if (!statSync(state, { throwIfNoEntry: false })) return [];
    const entries = readdirSync(state, { recursive: true, withFileTypes: true });
    return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name).slice(state.length + 1));
  };

  /** Whatever the fake gave out or the caches hold is in no output and in no file of ours. */
  function expectNoSecrets(output: string): void {
    const caches = readdirSync(box.at('.aws'), { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile() && e.name.endsWith('.json'))
      .map((e) => readFileSync(join(e.parentPath, e.name), 'utf8'));
    const secrets = caches.flatMap((text) => text.match(/\b(access|refresh|secret|session)-[0-9a-f]{24}\b/g) ?? []);
    const ours = stateFiles().map((file) => readFileSync(box.at('.local/state/bedrockenv', file), 'utf8'));
    for (const secret of secrets) expect([output, ...ours].join('\n')).not.toContain(secret);
  }
});
