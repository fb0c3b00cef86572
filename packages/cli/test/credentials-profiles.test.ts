import { type FakeAws, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Options, type Result, Sandbox } from './cli.ts';

const hour = 3_600_000;

/** As `box.run`, while the fake answers. */
function run(box: Sandbox, words: readonly string[], options: Options): Promise<Result> {
  const child = box.start(words, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const result: Result = { code: null, stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => (result.stdout += text));
  child.stderr?.on('data', (text) => (result.stderr += text));
  return new Promise((done) => child.once('close', (code) => done({ ...result, code })));
}

describe('credentials of every kind of profile', () => {
  let fake: FakeAws;
  let box: Sandbox;
  let env: Record<string, string>;

  beforeEach(async () => {
    fake = await startFakeAws({
      accounts: [
        { id: '123456789012', name: 'dev', roles: ['Developer'] },
        { id: '210987654321', name: 'prod', roles: ['Deploy'] },
      ],
    });
    box = new Sandbox();
    env = { AWS_ENDPOINT_URL: fake.url };
  });
  afterEach(() => fake.stop());

  /** Who the printed credentials are, by what the fake gave out. */
  const printed = (stdout: string) => JSON.parse(stdout).Credentials;

  it('prints the nested form with a session token, for SSO, for a role on top of it, and for lasting keys', async () => {
    box.signIn(hour);
    for (const profile of ['corp-dev', 'corp-role', 'keys']) {
      const { code, stdout, stderr } = await run(box, ['credentials', '--profile', profile], { env });
      expect([profile, code, stderr]).toEqual([profile, 0, '']);
      expect(printed(stdout)).toEqual({
        AccessKeyId: expect.stringMatching(/^ASIA/),
        SecretAccessKey: expect.any(String),
        SessionToken: expect.any(String),
        Expiration: expect.stringMatching(/^20/),
      });
    }
    const asked = fake.log.map(({ path, body }) => new URLSearchParams(body).get('Action') ?? path);
    expect(asked).toEqual(['/federation/credentials', '/federation/credentials', 'AssumeRole', 'GetSessionToken']);
  });

  it("are the directory's without --profile, and keys in the environment do not get in the way", async () => {
    box.signIn(hour);
    const dir = box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', 'p']);
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAMINE', AWS_SECRET_ACCESS_KEY: 'mine', AWS_PROFILE: 'keys' };
    const { code, stdout } = await run(box, ['credentials'], { cwd: dir, env: { ...env, ...keys } });
    expect([code, printed(stdout).AccessKeyId]).toEqual([0, expect.stringMatching(/^ASIA/)]);
    expect(fake.log.at(-1)?.query.get('role_name')).toBe('Developer');
  });

  it('needs a sign-in first: exit code 4, with the command; nothing is asked of anybody', async () => {
    box.signIn(-hour);
    const { code, stdout, stderr } = await run(box, ['credentials', '--profile', 'corp-role'], { env });
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain('bedrockenv login --profile corp-dev');
    expect(fake.log).toEqual([]);
  });

  it('are ones that AWS refuses, with --no-fallback, and never none', async () => {
    box.signIn(-hour);
    const words = ['credentials', '--no-fallback', '--profile'];
    for (const [profile, why] of Object.entries({ 'corp-dev': 'needs a sign-in', nobody: 'nobody' })) {
      const { code, stdout, stderr } = await run(box, [...words, profile], { env });
      expect([code, stderr]).toEqual([0, expect.stringContaining(why)]);
      expect(printed(stdout)).toMatchObject({ AccessKeyId: 'BEDROCKENVSIGNINNEEDED', SessionToken: 'none' });
      expect(Date.parse(printed(stdout).Expiration)).toBeLessThanOrEqual(Date.now());
    }
  });
});
