import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

/** A word that is nowhere but where it was planted. */
const secret = 'PLANTEDsecret';

const config = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
client_secret = ${secret}

[services dev]
s3 =
  endpoint_url = http://user:${secret}@127.0.0.1:9
  api_key = ${secret}

[profile corp-dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer
region = eu-central-1
proxy_password = ${secret}

[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
  aws_secret_access_key = ${secret}
aws_session_token = ${secret}
Aws_Security_Token: ${secret}

[profile process]
credential_process = API_KEY=${secret} tool --token ${secret} --password="${secret}"

[profile.sdk]
aws_secret_access_key = ${secret} # odd

[profile login]
login_session = arn:aws:iam::123456789012:user/me
`;

const commands = [
  ['profiles'],
  ['profiles', '--json'],
  ['sessions'],
  ['sessions', '--json'],
  ['status'],
  ['status', '--json'],
  ['doctor'],
  ['doctor', '--json'],
  ['login'],
  ['login', '--session', 'corp'],
  ['login', '--profile', 'login'],
  ['allow'],
  ['compile', '--dir', '.'],
];

function setUp() {
  const box = new Sandbox();
  box.write('.aws/config', config);
  box.write(
    '.aws/credentials',
    `[keys]\naws_secret_access_key = ${secret}\n[other]\naws_secret_access_key=${secret}\n`,
  );
  box.signIn(-1000, { accessToken: secret, refreshToken: secret, clientId: 'c', clientSecret: secret });
  const login = createHash('sha256').update('arn:aws:iam::123456789012:user/me').digest('hex');
  box.write(
    `.aws/login/cache/${login}.json`,
    `{"accessToken": {"secretAccessKey": "${secret}"}, "refreshToken": "${secret}"`,
  );
  box.write('.bedrockrc', 'profile: corp-dev\n');
  box.write('key', `${secret}\n`, 0o600);
  const env = { AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: secret, AWS_BEARER_TOKEN_BEDROCK: secret };
  const all = () => {
    const printed = commands.map((words) => {
      const { stdout, stderr } = box.run(words, { env: { PATH: '/usr/bin:/bin', ...env } });
      return `${words.join(' ')}\n${stdout}${stderr}`;
    });
    const kept = box.stateFiles().map((file) => `${file}\n${readFileSync(`${box.state}/${file}`, 'utf8')}`);
    return [...printed, ...kept];
  };
  return { box, all };
}

function expectNone(texts: readonly string[]): void {
  for (const text of texts) expect(text).not.toMatch(/PLANTED/);
}

describe('a secret that lies in the AWS files, the caches or the environment is in no output and no file of ours', () => {
  it('with files that are right', () => {
    const { box, all } = setUp();
    const texts = all();
    expectNone(texts);
    expect(texts.find((text) => text.startsWith('profiles --json'))).toContain('"***"');
    expect(box.stateFiles().length).toBeGreaterThan(0);
  });

  it.each([`{env: PLANTED}`, `{file: key}`, `{command: [cat, key]}`])('with an API key from %s', (source) => {
    const { box, all } = setUp();
    box.write(
      '.config/bedrockenv/config.yaml',
      `default:\n  api_key: ${source.replace('PLANTED', 'AWS_BEARER_TOKEN_BEDROCK')}\n`,
    );
    expectNone(all());
  });

  it.each([
    ['a line without a delimiter', `${config}\n${secret}\n`],
    ['a key twice', `${config}\nregion = ${secret}\nregion = ${secret}\n`],
    ['a nested block with a bad line', `${config}\ns3 =\n  ${secret}\n`],
    ['bytes that are no text', Buffer.from(`${config}\nx = ${secret}\xff\xfe\n`, 'latin1')],
  ])('with a config that the AWS CLI refuses: %s', (_, broken) => {
    const { box, all } = setUp();
    box.write('.aws/config', broken);
    const texts = all();
    expectNone(texts);
    expect(texts[0]).toMatch(/\.aws\/config:\d+: /);
  });

  it('with a user config whose YAML is broken at the key', () => {
    const { box, all } = setUp();
    box.write('.config/bedrockenv/config.yaml', 'default:\n  api_key: {env: X, file: "\n');
    expectNone(all());
  });
});

describe('a token file that cannot be read', () => {
  it('is told as what it is, and never ends in a stack trace', () => {
    const { box } = setUp();
    const file = box.signIn(-1000);
    box.write('.aws/config', box.awsConfig);
    for (const damage of ['\0\0\0', '{"accessToken": "PLANTED', '[]', '"PLANTED"', '{"accessToken": {}}']) {
      box.write(file.slice(box.home.length + 1), damage);
      const { sessions } = box.json(['sessions', '--json']);
      expect(sessions[0]).toMatchObject({ name: 'corp', state: 'missing', expiresAt: null });
      expect(box.run(['login', '--profile', 'corp-dev'])).toMatchObject({ code: 4, stdout: '' });
    }
  });

  it.skipIf(process.getuid?.() === 0)('because of its mode', () => {
    const { box } = setUp();
    chmodSync(box.signIn(3_600_000), 0);
    expect(box.json(['sessions', '--json']).sessions[0].state).toBe('missing');
    expect(box.run(['doctor'], { env: { AWS_PROFILE: 'corp-dev' } }).stdout).toMatch(
      /session-unreadable\n +the token of session corp is /,
    );
  });

  it('because it is a folder', () => {
    const { box } = setUp();
    const file = box.signIn(3_600_000);
    const name = file.slice(box.home.length + 1);
    box.write(`${name}.d/x`, '');
    rmSync(file);
    renameSync(`${file}.d`, file);
    expect(statSync(file).isDirectory()).toBe(true);
    expect(box.json(['sessions', '--json']).sessions[0].state).toBe('missing');
    expect(box.run(['doctor'], { env: { AWS_PROFILE: 'corp-dev' } }).stdout).toMatch(
      /session-unreadable\n +the token of session corp is /,
    );
  });
});

it.each(['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Apia'])(
  'times do not depend on the time zone (%s)',
  (TZ) => {
    const { box } = setUp();
    box.signIn(2 * 3_600_000 + 30_000);
    expect(box.ok(['sessions'], { env: { TZ } })).toContain('2h 0m left');
  },
);
