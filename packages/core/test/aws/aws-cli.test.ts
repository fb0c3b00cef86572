import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import { startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { afterAll, describe, expect, it } from 'vitest';
import { type Aws, kindOf, readAws, viewFindings } from '../../src/aws/index.ts';
import { aws } from './files.ts';

const supported = process.platform === 'linux' && process.arch === 'x64';
const cli = supported ? await awsCli() : '';
const home = mkdtempSync(join(tmpdir(), 'bedrockenv-oracle-'));
const fake = await startFakeAws();
afterAll(async () => {
  await fake.stop();
  rmSync(home, { recursive: true, force: true });
});

const folder = fileURLToPath(new URL('../corpus/aws-config/', import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ini'))
  .map((name) => name.slice(0, -'.ini'.length));

// One call takes 0.7 s, so only some files are asked for their profiles and for one value, others on each run; with
// BEDROCKENV_CORPUS=all every file is.
const seed = Number(process.env.BEDROCKENV_SEED ?? Math.floor(Math.random() * 2 ** 31));
const asked = process.env.BEDROCKENV_CORPUS === 'all' ? names : names.filter((_, at) => (at + seed) % 6 === 0);
console.log(`corpus files for the AWS CLI: seed ${seed}, ${asked.length} of ${names.length}`);

describe.runIf(supported)('the corpus, as the real AWS CLI reads it', () => {
  it.concurrent.each(asked)('%s', async (name) => {
    const config = join(folder, `${name}.ini`);
    const credentials = join(folder, `${name}.credentials`);
    const env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
    let ours: Aws;
    try {
      ours = readAws({ config: read(config), credentials: read(credentials) });
    } catch {
      expect((await run(['configure', 'list-profiles'], env)).code).not.toBe(0);
      return;
    }
    const listed = await run(['configure', 'list-profiles'], env);
    expect(listed).toMatchObject({
      code: 0,
      stdout: ours
        .profileNames()
        .map((line) => `${line}\n`)
        .join(''),
    });
    const profile = ours.profileNames().at(-1);
    const found = Object.entries(ours.profile(profile ?? '') ?? {}).find(([key, value]) => value && isPlain(key));
    if (profile === undefined || found === undefined) return;
    const [key, value] = found;
    if (typeof value !== 'string') return;
    expect((await run(['configure', 'get', key, '--profile', profile], env)).stdout).toBe(`${value}\n`);
  });
});

/** `configure get` splits keys at dots, and looks the rest up in lower case. */
const isPlain = (key: string) => /^[a-z_]\w*$/.test(key);

const keys = 'aws_access_key_id = AKIAFAKEFAKEFAKEFAKE\naws_secret_access_key = x\n';
const sso = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Dev\n';
const process_ = `credential_process = echo '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "S"}'\n`;
const role = 'role_arn = arn:aws:iam::444455556666:role/Deploy\n';
const source = `source_profile = b\n[profile b]\n${keys}`;

// The name that `aws configure list` has for the source of a profile's keys.
const types = {
  static: /config-file|shared-credentials-file/,
  process: /custom-process/,
  'assume-role': /assume-role(?!-with)/,
  none: /None/,
};

describe.runIf(supported)('the source of credentials, as the real AWS CLI chooses it', () => {
  it.concurrent.each([
    ['keys', keys, undefined],
    ['keys of the credentials file', 'region = r\n', keys],
    ['a process', process_, undefined],
    ['a process and keys', process_ + keys, undefined],
    ['a process and keys of the credentials file', process_, keys],
    ['a role', role + source, undefined],
    ['a role and keys', keys + role + source, undefined],
    ['nothing', 'region = r\n', undefined],
    ['an sso-session alone', 'sso_session = corp\n', undefined],
  ])('%s', async (name, config, credentials) => {
    const files = aws(`[profile a]\n${config}`, credentials && `[a]\n${credentials}`);
    const env = write(name, `[profile a]\n${config}`, credentials && `[a]\n${credentials}`);
    const { stdout } = await run(['configure', 'list', '--profile', 'a'], env);
    const kind = kindOf(files, 'a') as keyof typeof types;
    expect(stdout.split('\n').find((line) => line.includes('access_key'))).toMatch(types[kind]);
  });

  it.concurrent.each([
    ['SSO before keys', sso + keys, undefined, 'sso'],
    ['SSO before keys of the credentials file', sso, keys, 'sso'],
    ['SSO before a process', sso + process_, undefined, 'sso'],
    ['login before a process', `login_session = l\n${process_}`, undefined, 'login'],
    ['a role without a source', role + keys, undefined, 'static'],
    ['web identity before a role', `web_identity_token_file = /nowhere\n${role}${source}`, undefined, 'web-identity'],
  ])('%s: it fails there, and goes no further', async (name, config, credentials, kind) => {
    const files = aws(`[profile a]\n${config}`, credentials && `[a]\n${credentials}`);
    expect(kindOf(files, 'a')).toBe(kind);
    const session = '[sso-session corp]\nsso_start_url = https://x\nsso_region = us-east-1\n';
    const env = write(name, `${session}[profile a]\n${config}`, credentials && `[a]\n${credentials}`);
    const { code, stderr } = await run(['configure', 'export-credentials', '--profile', 'a'], env);
    expect(code).not.toBe(0);
    const reasons = { sso: /SSO/, login: /login/, 'web-identity': /nowhere/, static: /missing: source_profile/ };
    expect(stderr).toMatch(reasons[kind as keyof typeof reasons]);
    // Its own kind is what the SDK uses; that the AWS CLI refuses it is a finding.
    if (kind === 'static') expect(viewFindings(files, 'a').map(({ code }) => code)).toEqual(['role-without-source']);
  });
});

/** Files of a test's own, which the environment names; a HOME too, as the CLI puts credentials of roles by. */
function write(name: string, config: string, credentials = ''): Record<string, string> {
  const at = mkdtempSync(join(home, `${name.replaceAll(' ', '-')}-`));
  writeFileSync(join(at, 'config'), config);
  writeFileSync(join(at, 'credentials'), credentials);
  return { HOME: at, AWS_CONFIG_FILE: join(at, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(at, 'credentials') };
}

function read(path: string) {
  return { path, bytes: existsSync(path) ? readFileSync(path) : null };
}

/** Two at a time: each is a whole Python. */
let running: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];

async function run(words: string[], more: Record<string, string>) {
  const [before, other] = running as [Promise<unknown>, Promise<unknown>];
  const env = { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', AWS_PAGER: '', AWS_ENDPOINT_URL: fake.url };
  const result = before.then(
    () =>
      new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
        const options = { env: { ...env, AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1', ...more } };
        execFile(cli, words, options, (error, stdout, stderr) => {
          done({ code: error ? Number(error.code) : 0, stdout, stderr });
        });
      }),
  );
  running = [other, result];
  return result;
}
