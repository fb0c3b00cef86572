import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeAws, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { createSandbox, type Sandbox, sampleAwsConfig } from '@bedrockenv/testkit/sandbox';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program } from './cli.ts';

const more = `
[profile process]
credential_process = echo '{"Version": 1, "AccessKeyId": "ASIAP", "SecretAccessKey": "S", "SessionToken": "T"}'

[profile broken]
credential_process = false

[profile temporary]
aws_access_key_id = ASIATEMPORARY
aws_secret_access_key = PLANTED
aws_session_token = T

[profile "my dev"]
aws_access_key_id = AKIA
aws_secret_access_key = PLANTED

[profile nothing]
region = us-east-1

[profile stranger]
sso_session = corp
sso_account_id = 999999999999
sso_role_name = Nobody
region = us-east-1
`;

describe('credentials', () => {
  let fake: FakeAws;
  let box: Sandbox;

  beforeEach(async () => {
    fake = await startFakeAws();
    box = createSandbox({ awsUrl: fake.url, awsConfig: sampleAwsConfig + more });
    box.writeToken('corp', { seconds: 3600, accessToken: 'PLANTED' });
  });
  afterEach(async () => {
    await fake.stop();
    await box.dispose();
  });

  async function run(words: readonly string[], env: Record<string, string> = {}) {
    const options = { env: { ...box.env, ...env }, extendEnv: false, reject: false, cwd: box.home } as const;
    const { exitCode, stdout, stderr } = await execa(process.execPath, [program, 'credentials', ...words], options);
    return { exitCode, stdout, stderr };
  }

  it.each(['corp-dev', 'corp-role', 'keys', 'process', 'temporary'])('of %s, with a session token', async (profile) => {
    const { exitCode, stdout, stderr } = await run(['--profile', profile]);
    expect([exitCode, stderr]).toEqual([0, '']);
    const { Credentials } = JSON.parse(stdout);
    expect(Credentials.AccessKeyId).toMatch(/^ASIA/);
    for (const name of ['SecretAccessKey', 'SessionToken']) expect(Credentials[name]).toMatch(/./);
    if (profile.startsWith('corp')) expect(Credentials.Expiration).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("the directory's profile, else that of the environment", async () => {
    expect((await run([], { AWS_PROFILE: 'process' })).stdout).toContain('ASIAP');
    expect((await run([], { AWS_DEFAULT_PROFILE: 'process' })).stdout).toContain('ASIAP');
  });

  it.each([
    ['corp-dev', /^bedrockenv: session corp needs a sign-in, .*bedrockenv login --profile corp-dev$/],
    ['corp-role', /session corp needs a sign-in/],
    ['legacy', /session https:\/\/legacy.* needs a sign-in/],
  ])('a stale session behind %s: exit code 4, and nothing on stdout', async (profile, message) => {
    box.writeToken('corp', { seconds: -60 });
    expect(await run(['--profile', profile])).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
    expect(fake.log).toEqual([]);
  });

  it('a session that the server has ended: the same', async () => {
    fake.revoke('PLANTED');
    const { exitCode, stdout, stderr } = await run(['--profile', 'corp-dev']);
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/session corp needs a sign-in/);
  });

  it('a profile that there is not: exit code 2', async () => {
    const { exitCode, stdout, stderr } = await run(['--profile', 'nobody']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/there is no AWS profile "nobody"/);
  });

  it.each([
    ['nothing', /there are no credentials/],
    ['broken', /its credential_process gives no credentials/],
    ['my dev', /does not see it/],
    ['stranger', /there are no credentials \(ForbiddenException, HTTP 403\)/],
  ])('%s: exit code 1 and the reason', async (profile, message) => {
    const { exitCode, stdout, stderr } = await run(['--profile', profile]);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expectNoSecret(stderr);
  });

  it.each(['mfa', 'chained'])('of %s, whose role wants a code: one line, and where', async (profile) => {
    const role = 'role_arn = arn:aws:iam::111122223333:role/R\nsource_profile =';
    const config = [
      ...['[profile mfa]', `${role} none`, 'mfa_serial = arn:aws:iam::111122223333:mfa/me', '[profile none]'],
      ...['region = us-east-1', '[profile chained]', `${role} mfa`],
    ];
    const path = box.write('.aws/config', config.join('\n'));
    const { exitCode, stdout, stderr } = await run(['--profile', profile]);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/needs the code of an MFA device, and nobody can be asked here; use [^\n]*$/);
    expect(stderr).toContain(`bedrockenv: ${path}:4: profile "${profile}"`);
    const kept = await run(['--no-fallback', '--profile', profile]);
    expect([kept.exitCode, JSON.parse(kept.stdout).Credentials.SecretAccessKey]).toEqual([0, 'none']);
  });

  it.each(['~/other/config', '$HOME/other/config', 'other/config'])(
    'of the file that AWS_CONFIG_FILE=%s names for the AWS CLI, its sso-sessions included',
    async (named) => {
      box.write('other/config', sampleAwsConfig.replaceAll('corp-dev', 'other-dev'));
      const { exitCode, stdout, stderr } = await run(['--profile', 'other-dev'], { AWS_CONFIG_FILE: named });
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout).Credentials.AccessKeyId).toMatch(/^ASIA/);
    },
  );

  it('of keys, in the region that Claude Code reads: without the comment behind it', async () => {
    box.write(
      '.aws/config',
      '[profile mine]\nregion = eu-west-1 # home\naws_access_key_id = A\naws_secret_access_key = S\n',
    );
    const { exitCode, stderr } = await run(['--profile', 'mine']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(fake.log.at(-1)?.headers.authorization).toContain('/eu-west-1/sts/');
  });

  it('of a process that Claude Code takes before SSO: doctor knows more than the AWS CLI', async () => {
    const sso = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = BedrockDeveloper\n';
    const session = '[sso-session corp]\nsso_start_url = https://corp\nsso_region = us-east-1\n';
    box.write('.aws/config', `${session}[profile mine]\nregion = us-east-1\n${sso}credential_process = /nonexistent\n`);
    const { exitCode, stderr } = await run(['--profile', 'mine']);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/; the AWS CLI takes other .*, so see: bedrockenv doctor$/),
    ]);
  });

  it.each(['corp-role', 'keys', 'corp-dev'])(
    'of %s, at its own endpoint, whatever profile AWS_PROFILE names',
    async (profile) => {
      const elsewhere = await startFakeAws();
      const own = sampleAwsConfig.replaceAll(/^(\[profile .*)$/gm, `$1\nendpoint_url = ${fake.url}`);
      box.write('.aws/config', `${own}[profile local]\nendpoint_url = ${elsewhere.url}\nregion = us-east-1\n`);
      delete box.env.AWS_ENDPOINT_URL;
      try {
        const { exitCode, stderr } = await run(['--profile', profile], { AWS_PROFILE: 'local' });
        expect([exitCode, stderr]).toEqual([0, '']);
        expect(elsewhere.log).toEqual([]);
      } finally {
        await elsewhere.stop();
      }
    },
  );

  it('of a process, which keeps the AWS_PROFILE of the shell: with its own it could run itself without end', async () => {
    const command = `sh -c 'echo "{\\"Version\\": 1, \\"AccessKeyId\\": \\"ASIA$AWS_PROFILE\\", \\"SecretAccessKey\\": \\"S\\", \\"SessionToken\\": \\"T\\"}"'`;
    box.write('.aws/config', `[profile mine]\nregion = us-east-1\ncredential_process = ${command}\n`);
    const { stdout } = await run(['--profile', 'mine'], { AWS_PROFILE: 'shell' });
    expect(JSON.parse(stdout).Credentials.AccessKeyId).toBe('ASIAshell');
  });

  it.each([
    ['prints an error', 'sh -c "echo PLANTED >&2; exit 3"'],
    ['prints another version', `echo '{"Version": 2}'`],
    [
      'prints what has expired',
      `echo '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "PLANTED", "Expiration": "2020-01-01T00:00:00Z"}'`,
    ],
    ['is not there', '/nonexistent/program'],
  ])('a credential_process that %s: its line, and how to see the reason', async (_, command) => {
    const path = box.write('.aws/config', `[profile mine]\ncredential_process = ${command}\n`);
    const { exitCode, stdout, stderr } = await run(['--profile', 'mine']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `bedrockenv: ${path}:2: profile "mine": its credential_process gives no credentials that can be used; ` +
        'for the reason: aws sts get-caller-identity --profile mine',
    );
    expectNoSecret(stderr);
  });

  it.each(['keys', 'corp-dev'])(
    'AWS that cannot be reached for %s: that, and nothing of the profile',
    async (profile) => {
      const nobody = 'http://127.0.0.1:1';
      const { exitCode, stdout, stderr } = await run(['--profile', profile], { AWS_ENDPOINT_URL: nobody });
      expect([exitCode, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        new RegExp(`^bedrockenv: profile "${profile}": AWS cannot be reached \\(ECONNREFUSED\\); look`),
      );
    },
  );

  it('keys that get no session token: what to use instead', async () => {
    fake.knobs.refuseSessionToken = true;
    const { exitCode, stdout, stderr } = await run(['--profile', 'keys']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /no session token for its access keys \(AccessDenied, HTTP 403\); use a profile with an sso-session/,
    );
  });

  it.each([429, 500])('AWS that answers %d: exit code 1, the reason, and no secret', async (status) => {
    fake.knobs.faults['/federation/credentials'] = { kind: 'status', status };
    const { exitCode, stdout, stderr } = await run(['--profile', 'corp-dev']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`HTTP ${status}`);
    expectNoSecret(stderr);
  });

  function expectNoSecret(output: string): void {
    const state = box.at('.local/state/bedrockenv');
    const files = statSync(state, { throwIfNoEntry: false })
      ? readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      : [];
    const all = [output, ...files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))].join('\n');
    expect(all).not.toContain('PLANTED');
  }
});
