import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import { type FakeAws, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { createSandbox, type Sandbox } from '@bedrockenv/testkit/sandbox';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from './cli.ts';
import { type Does, type State, sessionStates, stateRows } from './session-states.ts';

const startUrl = 'https://x/start';
const loginSession = 'arn:aws:iam::111122223333:user/me';
const awsConfig = `[sso-session corp]
sso_start_url = ${startUrl}
sso_region = us-east-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = BedrockDeveloper
region = us-east-1
[profile sso-legacy]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = BedrockDeveloper
region = us-east-1
[profile login]
login_session = ${loginSession}
region = us-east-1
`;

/** What Claude Code does, in a process of its own. */
const askTheSdk = `
require('@aws-sdk/credential-providers').fromIni({ profile: process.argv[1] })().catch(() => process.exit(1));
`;

it('the documentation shows the table', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/sessions.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| (sso-session|start URL|`aws login`) /.test(line) && line.split(' | ').length === 5);
  expect(rows).toEqual(stateRows());
});

const supported = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(supported)('each state of a session, with what the real AWS CLI and the SDK make of it', () => {
  let cli: string;
  let fake: FakeAws;
  let box: Sandbox;

  beforeAll(async () => {
    cli = await awsCli();
    fake = await startFakeAws();
    box = createSandbox({ awsUrl: fake.url, aws: cli, awsConfig, awsCredentials: null });
  }, 60_000);
  afterAll(async () => {
    await fake.stop();
    await box.dispose();
  });

  it.each(sessionStates().map((state, at) => ({ ...state, at })))('$kind: $name', async ({ at }) => {
    // Made anew, as the minutes of the table may have gone by since.
    const state = sessionStates()[at] as State;
    await arrange(state);
    const listed = await execa(process.execPath, [program, 'sessions', '--json'], { env: box.env, extendEnv: false });
    const name = { sso: 'corp', 'sso-legacy': startUrl, login: loginSession }[state.kind];
    const found = JSON.parse(listed.stdout).sessions.find((session: { name: string }) => session.name === name);
    expect(found.state).toBe(state.verdict);
    expect(listed.stdout + listed.stderr).not.toContain('SECRET');
    expect(fake.log).toEqual([]);

    const words = ['configure', 'export-credentials', '--profile', state.kind];
    const { exitCode } = await execa(cli, words, { env: box.env, extendEnv: false, reject: false });
    expect(did(state, exitCode === 0)).toBe(state.cli);

    await arrange(state);
    const sdk = ['-e', askTheSdk, state.kind];
    const asked = await execa(process.execPath, sdk, {
      cwd: import.meta.dirname,
      env: box.env,
      extendEnv: false,
      reject: false,
    });
    expect(did(state, asked.exitCode === 0)).toBe(state.sdk);
  });

  /** The token file as the state says, and nothing else in the caches but what it says. */
  async function arrange({ kind, token, refused, revoked, roleCache }: State): Promise<void> {
    rmSync(box.at('.aws/cli'), { recursive: true, force: true });
    rmSync(box.at('.aws/sso'), { recursive: true, force: true });
    rmSync(box.at('.aws/login'), { recursive: true, force: true });
    fake.knobs.refuseRefresh = refused ?? false;
    if (roleCache) {
      const good = box.writeToken('corp', { seconds: 3600 });
      await execa(cli, ['configure', 'export-credentials', '--profile', kind], { env: box.env, extendEnv: false });
      rmSync(good);
    }
    const file = {
      sso: box.tokenFile('corp'),
      'sso-legacy': box.tokenFile(startUrl),
      login: box.at('.aws/login/cache', `${createHash('sha256').update(loginSession).digest('hex')}.json`),
    }[kind];
    mkdirSync(dirname(file), { recursive: true });
    const text = revoked ? token?.replace('"SECRET"', '"REVOKED"') : token;
    fake.revoke('REVOKED');
    if (text) writeFileSync(file, text);
    fake.log.length = 0;
  }

  function did({ kind, refused }: State, worked: boolean): Does {
    const asked = fake.log.some(({ path }) => path === '/token' || path === '/v1/token');
    const used = asked || fake.log.some(({ path }) => path === '/federation/credentials');
    if (!worked) return 'fails';
    if (!used && kind !== 'login') return 'uses the role’s';
    return asked ? (refused ? 'uses the old one' : 'refreshes') : 'uses';
  }
});
