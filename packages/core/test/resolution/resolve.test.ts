import { describe, expect, test } from 'vitest';
import { type Inputs, resolve } from '../../src/resolution/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const awsConfig = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
[profile corp-dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = eu-central-1
[profile corp-admin]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
[profile same]
role_arn = arn:aws:iam::111122223333:role/Developer
source_profile = corp-admin
[profile "with space"]
region = eu-west-1
aws_access_key_id = A
aws_secret_access_key = B
`;

interface Given {
  file?: string;
  above?: string;
  user?: string;
  aws?: string;
  env?: Record<string, string>;
  overrides?: NonNullable<Inputs['overrides']>;
}

function resolved({ file, above, user, aws = awsConfig, env = {}, overrides }: Given) {
  const files = [
    ...(file === undefined ? [] : [{ path: '/p/a/.bedrockrc', bytes: bytes(file) }]),
    ...(above === undefined ? [] : [{ path: '/p/.bedrockrc', bytes: bytes(above) }]),
  ];
  const resolution = resolve({
    root: file === undefined ? null : '/p/a',
    directoryFiles: files,
    userConfig: { path: '/h/config.yaml', bytes: user === undefined ? null : bytes(user) },
    policy: { path: '/etc/bedrockenv/policy.yaml', bytes: null },
    aws: {
      config: { path: '/h/.aws/config', bytes: bytes(aws) },
      credentials: { path: '/h/.aws/credentials', bytes: null },
    },
    env,
    home: '/h',
    ...(overrides && { overrides }),
  });
  const variables = Object.fromEntries(resolution.variables.map(({ name, value }) => [name, value]));
  return { ...resolution, variables, codes: resolution.warnings.map(({ code }) => code) };
}

describe('the profile', () => {
  test('by name, with its session', () => {
    const { profile, session, label } = resolved({ file: 'profile: corp-dev\nmodel: claude-sonnet-5\n' });
    expect(profile).toBe('corp-dev');
    expect(session).toMatchObject({ kind: 'sso', name: 'corp' });
    expect(label).toBe('corp-dev · eu-central-1 · Sonnet 5');
  });

  test('an unknown one is an error at its line, with the nearest', () => {
    expect(() => resolved({ file: '\nprofile: corp-def\n' })).toThrow(
      expect.objectContaining({ where: '/p/a/.bedrockrc:2', fix: 'did you mean "corp-dev"?' }),
    );
  });

  test('by account and role: one, none, several', () => {
    const admin = 'profile: {account: "111122223333", role: Admin}\nregion: eu-central-1\n';
    expect(resolved({ file: admin }).profile).toBe('corp-admin');
    expect(() => resolved({ file: 'profile: {account: "111122223333", role: Nobody}\n' })).toThrow(
      expect.objectContaining({ code: 'profile-unmatched' }),
    );
    expect(() => resolved({ file: 'profile: {account: "111122223333", role: Developer}\n' })).toThrow(
      expect.objectContaining({ code: 'profile-ambiguous', message: expect.stringContaining('corp-dev, same') }),
    );
  });

  test('none: the ambient one is shown and watched, but not set', () => {
    const { profile, session, variables } = resolved({ file: 'model: opus\n', env: { AWS_PROFILE: 'corp-dev' } });
    expect(profile).toBe('corp-dev');
    expect(session?.name).toBe('corp');
    expect(variables).not.toHaveProperty('AWS_PROFILE');
    expect(variables.AWS_REGION).toBe('eu-central-1');
  });

  test('none and unknown in the environment: nothing to watch, no error', () => {
    expect(resolved({ file: 'region: eu-west-1\n', env: { AWS_PROFILE: 'gone' } }).session).toBeNull();
    expect(resolved({ file: 'region: eu-west-1\n', env: { AWS_ACCESS_KEY_ID: 'A' } }).profile).toBeNull();
  });

  test('one that only the AWS CLI sees is used, with a warning', () => {
    expect(resolved({ file: 'profile: with space\n' }).codes).toContain('profile-cli-only');
  });
});

describe('the region', () => {
  const admin = 'profile: corp-admin\n';

  test.each<[string, Given, string, string]>([
    ['its own key', { file: 'profile: corp-dev\nregion: eu-west-1\n' }, 'eu-west-1', '/p/a/.bedrockrc:2'],
    [
      "the profile's",
      { file: 'profile: corp-dev\n', env: { AWS_REGION: 'us-east-1' } },
      'eu-central-1',
      '/h/.aws/config:8',
    ],
    ['AWS_REGION', { file: admin, env: { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'x' } }, 'us-west-2', 'shell'],
    ['AWS_DEFAULT_REGION', { file: admin, env: { AWS_DEFAULT_REGION: 'eu-west-1' } }, 'eu-west-1', 'shell'],
    [
      "the ambient profile's",
      { file: 'model: opus\n', env: { AWS_PROFILE: 'corp-dev' } },
      'eu-central-1',
      '/h/.aws/config:8',
    ],
    ['nothing', { file: admin }, 'us-east-1', 'default'],
  ])('comes from %s', (_, given, value, source) => {
    const { region, codes } = resolved(given);
    expect(region).toEqual({ value, source });
    expect(codes.includes('no-region')).toBe(source === 'default');
  });
});

describe('layers', () => {
  test('nothing is set outside of projects without a `default:`', () => {
    expect(resolved({ user: 'notices: quiet\n' }).variables).toEqual({});
    expect(resolved({}).variables).toEqual({});
    expect(resolved({ user: 'default:\n  login: notify\n  routing: global\n' }).variables).toEqual({});
  });

  test('`default:` applies outside of projects too', () => {
    const { variables } = resolved({ user: 'default:\n  profile: corp-dev\n' });
    expect(variables).toMatchObject({ AWS_PROFILE: 'corp-dev', CLAUDE_CODE_USE_BEDROCK: '1' });
    expect(variables).not.toHaveProperty('BEDROCKENV_DIR');
  });

  test('`root: true` names the file above which nothing counts', () => {
    const { rootFile, variables } = resolved({ file: 'root: true\nregion: eu-west-1\n', above: 'profile: corp-dev\n' });
    expect(rootFile).toBe('/p/a/.bedrockrc');
    expect(variables).not.toHaveProperty('AWS_PROFILE');
  });

  test('`notices: quiet` leaves no status line', () => {
    expect(resolved({ file: 'profile: corp-dev\n', user: 'notices: quiet\n' }).label).toBe('');
  });

  test('a command line is above all', () => {
    const { variables } = resolved({
      file: 'profile: corp-dev\nmodel: haiku\n',
      overrides: { model: 'claude-opus-5' },
    });
    expect(variables.ANTHROPIC_MODEL).toBe('eu.anthropic.claude-opus-5');
  });
});

test('it names the ambient variables that it depends on', () => {
  const files = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'BEDROCKENV_CONFIG'];
  expect(resolved({ file: 'profile: corp-dev\nregion: eu-west-1\n' }).dependsOn).toEqual(files);
  expect(resolved({ file: 'model: opus\n' }).dependsOn).toEqual([
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    ...files,
  ]);
});

test('an API key takes the place of the profile: nothing to sign in to', () => {
  const { variables, session, label } = resolved({
    file: 'region: eu-west-1\n',
    user: 'default:\n  api_key: {env: CORP_KEY}\n  profile: corp-dev\n',
  });
  expect(variables).not.toHaveProperty('AWS_PROFILE');
  expect(variables.AWS_BEARER_TOKEN_BEDROCK).toBe('CORP_KEY');
  expect(session).toBeNull();
  expect(label).toBe('API key · eu-west-1');
});

describe('a region variable that is no region', () => {
  test.each([
    [{ AWS_REGION: 'eu west' }, 'us-east-1', ['region-malformed', 'no-region']],
    [{ AWS_REGION: 'eu-west-1 ', AWS_DEFAULT_REGION: 'eu-west-3' }, 'eu-west-3', ['region-malformed']],
    [{ AWS_REGION: 'eu-west-3', AWS_DEFAULT_REGION: 'x' }, 'eu-west-3', []],
    [{ AWS_REGION: '' }, 'us-east-1', ['no-region']],
  ])('%j: %s', (env, region, codes) => {
    const resolution = resolved({ file: 'model: opus\n', env });
    expect(resolution.region?.value).toBe(region);
    expect(resolution.codes).toEqual(codes);
  });

  test('does not matter where the directory or its profile says the region', () => {
    const env = { AWS_REGION: 'eu west' };
    expect(resolved({ file: 'region: eu-west-1\n', env }).codes).toEqual([]);
    expect(resolved({ file: 'profile: corp-dev\n', env }).codes).toEqual([]);
  });
});

describe('a region from which nothing can be called', () => {
  const whereOf = (given: Given) => {
    try {
      resolved(given);
    } catch (error) {
      return (error as { where?: string }).where ?? null;
    }
    return expect.fail('it can');
  };

  test('is named with its line, the profile’s own with that of the AWS file', () => {
    expect(whereOf({ file: 'profile: corp-dev\nregion: eu-centrl-1\n' })).toBe('/p/a/.bedrockrc:2');
    const aws = awsConfig.replace('\nregion = eu-central-1', '\nregion = sa-east-1');
    expect(whereOf({ file: 'profile: corp-dev\n', aws })).toBe('/h/.aws/config:8');
    expect(whereOf({ file: 'region: eu-central-1\n', above: 'routing: us\n' })).toBe('/p/.bedrockrc:1');
  });

  test('has no place when a variable of the shell says it', () => {
    expect(whereOf({ file: 'model: sonnet\n', env: { AWS_REGION: 'sa-east-1' } })).toBeNull();
  });
});

test('what only this shell says is no warning, which a plan would keep', () => {
  const env = { AWS_ACCESS_KEY_ID: 'A', AWS_BEARER_TOKEN_BEDROCK: 'k' };
  const { codes, conflicts, remarks } = resolved({ file: 'profile: corp-dev\nrouting: global\n', env });
  expect(codes).toEqual([]);
  expect(conflicts.map(({ code }) => code)).toEqual(['bearer-token-first', 'keys-beside-profile']);
  expect(remarks.map(({ code }) => code)).toEqual(['leaves-geography']);
});

test('a role of the environment, which the AWS CLI takes in place of the profile, is named', () => {
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token', AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/R' };
  const codes = (file: string, more = {}) =>
    resolved({ file, env: { ...env, ...more } }).conflicts.map(({ code }) => code);
  expect(codes('profile: corp-dev\n')).toEqual(['web-identity-beside-profile']);
  expect(codes('profile: corp-dev\n', { AWS_ACCESS_KEY_ID: 'A' })).toEqual(['keys-beside-profile']);
  expect(codes('region: eu-west-1\n')).toEqual([]);
});

test('keys in the environment change nothing that a plan holds, and are named', () => {
  const aws = `${awsConfig}[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = R\nregion = eu-west-1\n`;
  const plain = resolved({ file: 'model: sonnet\n', aws });
  const keyed = resolved({ file: 'model: sonnet\n', aws, env: { AWS_ACCESS_KEY_ID: 'AKIASECRET' } });
  expect(keyed.conflicts.map(({ code }) => code)).toEqual(['keys-before-default']);
  expect(JSON.stringify({ ...keyed, conflicts: [] })).toBe(JSON.stringify({ ...plain, conflicts: [] }));
  expect(plain.variables.AWS_REGION).toBe('eu-west-1');
  const named = resolved({ file: 'profile: corp-dev\n', aws, env: { AWS_ACCESS_KEY_ID: 'AKIASECRET' } });
  expect(named.conflicts.map(({ code }) => code)).toEqual(['keys-beside-profile']);
});

test.each([
  ['model: claude-sonnet-4-6\nmax_thinking_tokens: 1024\n', ['thinking-unused']],
  ['model: claude-sonnet-4-5\nmax_thinking_tokens: 1024\n', []],
  ['model: claude-sonnet-4-5\neffort: high\n', ['effort-unused']],
  ['model: claude-opus-4-5\neffort: high\n', ['effort-unused']],
  ['model: sonnet\neffort: high\n', []],
  ['effort: high\nmax_thinking_tokens: 1024\n', []],
  ['model: eu.anthropic.claude-opus-9\nmax_thinking_tokens: 1024\n', ['thinking-unused']],
])('%j: what does nothing with the model is said', (file, codes) => {
  expect(resolved({ file: `profile: corp-dev\n${file}` }).remarks.map(({ code }) => code)).toEqual(codes);
});
