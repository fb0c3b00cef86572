import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awsCli, awsCliVersion } from '../src/aws-cli/index.ts';
import { type FakeAws, startFakeAws } from '../src/fake-aws/index.ts';
import { processesOf } from '../src/pty/index.ts';
import { createSandbox, type Sandbox, sampleSessions } from '../src/sandbox/index.ts';
import { run } from './run.ts';

const supported = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(supported)('the official AWS CLI against the fake AWS', () => {
  let fake: FakeAws;
  let sandbox: Sandbox;
  let cli: string;

  beforeEach(async () => {
    cli = await awsCli();
    fake = await startFakeAws();
    sandbox = createSandbox({ awsUrl: fake.url, aws: cli });
  }, 60_000);
  afterEach(async () => {
    await fake.stop();
    await expect.poll(() => processesOf({ home: sandbox.home }), { timeout: 5000 }).toEqual([]);
    await sandbox.dispose();
  });

  const aws = (...args: string[]) => run(cli, args, sandbox.env);
  const token = (): Record<string, string> => JSON.parse(readFileSync(sandbox.tokenFile(sampleSessions.corp), 'utf8'));

  test('it is the pinned one, executable, found again the second time', async () => {
    expect((await aws('--version')).stdout).toMatch(`aws-cli/${awsCliVersion} `);
    expect(statSync(cli).mode & 0o111).toBe(0o111);
    expect(await awsCli()).toBe(cli);
  });

  test('sso login with PKCE: browser, loopback redirect, verifier, token file with a refresh token', async () => {
    const result = await aws('sso', 'login', '--profile', 'corp-dev');
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(fake.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /client/register',
      'GET /authorize',
      'POST /token',
    ]);
    expect(fake.log.at(-1)?.body).toContain('codeVerifier');
    expect(fake.counters).toEqual({ logins: 1, tokens: 1, refreshes: 0 });
    expect(token()).toMatchObject({ startUrl: 'https://corp.awsapps.com/start', region: 'eu-central-1' });
    expect(Object.keys(token())).toContain('refreshToken');
    expect(Date.parse(token().expiresAt ?? '') - Date.now()).toBeGreaterThan(28_000_000);
  });

  test('sso login with a device code, approved by time alone', async () => {
    fake.knobs.approveAfterMs = 500;
    const result = await aws('sso', 'login', '--sso-session', 'corp', '--use-device-code', '--no-browser');
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/[0-9A-F]{4}-[0-9A-F]{4}/);
    expect(fake.log.filter(({ path }) => path === '/token').length).toBeGreaterThan(1);
    expect(fake.log.some(({ path }) => path === '/device')).toBe(false);
    expect(existsSync(sandbox.tokenFile(sampleSessions.corp))).toBe(true);
  });

  test('sso login with a device code, approved in the browser; a legacy profile gets no refresh token', async () => {
    expect((await aws('sso', 'login', '--profile', 'legacy', '--use-device-code')).status).toBe(0);
    expect(fake.log.some(({ path }) => path === '/device')).toBe(true);
    const text = readFileSync(sandbox.tokenFile(sampleSessions.legacy), 'utf8');
    expect(JSON.parse(text)).not.toHaveProperty('refreshToken');
  });

  test('a user who denies', async () => {
    fake.knobs.denySignIn = true;
    const result = await aws('sso', 'login', '--profile', 'corp-dev');
    expect(result.status).not.toBe(0);
    expect(existsSync(sandbox.tokenFile(sampleSessions.corp))).toBe(false);
    const device = await aws('sso', 'login', '--profile', 'corp-dev', '--use-device-code');
    expect(device.status).not.toBe(0);
    expect(fake.counters.tokens).toBe(0);
  });

  test('export-credentials and get-caller-identity with a token written by hand', async () => {
    sandbox.writeToken(sampleSessions.corp, { seconds: 3600 });
    const exported = await aws('configure', 'export-credentials', '--profile', 'corp-dev');
    expect(exported.stderr).toBe('');
    expect(JSON.parse(exported.stdout)).toMatchObject({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIA/) });
    const who = async (profile: string) =>
      JSON.parse((await aws('sts', 'get-caller-identity', '--profile', profile)).stdout);
    expect(await who('corp-dev')).toMatchObject({
      Account: '111122223333',
      Arn: expect.stringContaining('AWSReservedSSO_BedrockDeveloper_'),
    });
    expect(await who('corp-role')).toMatchObject({
      Account: '444455556666',
      Arn: expect.stringMatching(/assumed-role\/Deploy\//),
    });
    expect(await who('keys')).toMatchObject({ Account: '111122223333' });
  });

  test('an expired token is refreshed, refused, or has to be replaced by a sign-in', async () => {
    sandbox.writeToken(sampleSessions.corp, { seconds: -60, refreshable: true });
    expect((await aws('configure', 'export-credentials', '--profile', 'corp-dev')).status).toBe(0);
    expect(fake.counters).toEqual({ logins: 0, tokens: 1, refreshes: 1 });

    fake.knobs.refuseRefresh = true;
    sandbox.writeToken(sampleSessions.corp, { seconds: -60, refreshable: true });
    expect((await aws('configure', 'export-credentials', '--profile', 'corp-prod')).status).toBe(255);

    sandbox.writeToken(sampleSessions.corp, { seconds: -60 });
    const tokens = fake.log.filter(({ path }) => path === '/token').length;
    expect((await aws('configure', 'export-credentials', '--profile', 'corp-prod')).status).toBe(255);
    expect(fake.log.filter(({ path }) => path === '/token').length).toBe(tokens);
  });

  test('a token that the portal refuses', async () => {
    sandbox.writeToken(sampleSessions.corp, { seconds: 3600, accessToken: 'revoked' });
    fake.revoke('revoked');
    const result = await aws('configure', 'export-credentials', '--profile', 'corp-dev');
    expect(result.status).not.toBe(0);
    expect(result.stderr).toMatch(/UnauthorizedException|expired or is otherwise invalid/);
  });

  test('accounts, roles and inference profiles, over several pages', async () => {
    fake.knobs.pageSize = 1;
    sandbox.writeToken(sampleSessions.corp, { seconds: 3600, accessToken: 'hand' });
    const accounts = await aws('sso', 'list-accounts', '--access-token', 'hand', '--region', 'eu-central-1');
    expect(JSON.parse(accounts.stdout).accountList).toHaveLength(2);
    const listed = await aws('bedrock', 'list-inference-profiles', '--profile', 'corp-dev');
    const ids = JSON.parse(listed.stdout).inferenceProfileSummaries.map(
      (p: { inferenceProfileId: string }) => p.inferenceProfileId,
    );
    expect(ids).toContain('eu.anthropic.claude-sonnet-5');
    expect(ids).toContain('global.anthropic.claude-opus-5');
    expect(ids.every((id: string) => /^(eu|global)\./.test(id))).toBe(true);
    expect(fake.log.filter(({ path }) => path === '/inference-profiles')).toHaveLength(ids.length);
  });
});
