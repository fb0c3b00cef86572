import { describe, expect, test } from 'vitest';
import { BedrockenvError, FileErrors } from '../../src/errors.ts';
import { readPolicy, rules, schemaJson } from '../../src/project/index.ts';
import { type Inputs, resolve } from '../../src/resolution/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const path = '/etc/bedrockenv/policy.yaml';

const awsConfig = `[default]
region = eu-central-1
sso_account_id = 111122223333
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = eu-central-1
[profile other]
role_arn = arn:aws:iam::999988887777:role/Admin
source_profile = dev
region = eu-central-1
[profile keys]
region = eu-central-1
aws_access_key_id = A
aws_secret_access_key = B
[profile told]
region = eu-central-1
aws_account_id = 111122223333
aws_access_key_id = A
aws_secret_access_key = B
`;

interface Given {
  policy?: string;
  file?: string;
  user?: string;
  env?: Record<string, string>;
  overrides?: NonNullable<Inputs['overrides']>;
  accountList?: Inputs['accountList'];
}

function resolved({ policy, file, user, env = {}, overrides, accountList }: Given) {
  const resolution = resolve({
    root: file === undefined ? null : '/p',
    directoryFiles: file === undefined ? [] : [{ path: '/p/.bedrockrc', bytes: bytes(file) }],
    userConfig: { path: '/h/config.yaml', bytes: user === undefined ? null : bytes(user) },
    policy: { path, bytes: policy === undefined ? null : bytes(policy) },
    aws: {
      config: { path: '/h/.aws/config', bytes: bytes(awsConfig) },
      credentials: { path: '/h/.aws/credentials', bytes: null },
    },
    env,
    home: '/h',
    ...(overrides && { overrides }),
    ...(accountList && { accountList }),
  });
  const variables = Object.fromEntries(resolution.variables.map(({ name, value }) => [name, value]));
  return { ...resolution, resolution, variables, codes: resolution.warnings.map(({ code }) => code) };
}

function errorOf(given: Given): Pick<BedrockenvError, 'code' | 'where' | 'message' | 'exitCode'> {
  try {
    resolved(given);
  } catch (error) {
    if (error instanceof BedrockenvError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const dev = 'profile: dev\n';

describe('the file', () => {
  test.each(rules.map(({ name, example }) => [name, example] as const))('%s has a valid example', (name, example) => {
    expect(readPolicy(bytes(example), path).policy).toHaveProperty(name);
  });

  test.each([
    ['', 'nothing', {}],
    ['# nothing yet\n', 'a comment', {}],
    ['require:\n', 'a block without keys', {}],
    ['require:\n  region: eu-central-1\n', 'a required key', { region: 'eu-central-1' }],
  ])('%j is valid: %s', (text, _, required) => {
    const { require } = readPolicy(bytes(text), path).policy;
    expect(Object.fromEntries(Object.entries(require).map(([key, { value }]) => [key, value]))).toEqual(required);
  });

  test.each([
    ['region: [eu-central-1]', 'misplaced-key', `${path}:1:1`],
    ['regoins: [eu-central-1]', 'unknown-key', `${path}:1:1`],
    ['\nregions: eu-central-1', 'wrong-value', `${path}:2:10`],
    ['regions: []', 'wrong-value', `${path}:1:10`],
    ['regions:', 'wrong-value', `${path}:1:9`],
    ['regions: [eu-central-1, nowhere]', 'wrong-value', `${path}:1:25`],
    ['accounts: [12]', 'wrong-value', `${path}:1:12`],
    ['routing: [geo, mars]', 'wrong-value', `${path}:1:16`],
    ['models: [sonet]', 'wrong-value', `${path}:1:10`],
    ['login: sometimes', 'wrong-value', `${path}:1:8`],
    ['require: [region]', 'not-a-mapping', `${path}:1:10`],
    ['require: {use: work}', 'misplaced-key', `${path}:1:11`],
    ['require: {aliases: {a: sonnet}}', 'misplaced-key', `${path}:1:11`],
    ['require: {region: Frankfurt}', 'wrong-value', `${path}:1:19`],
    ['login: ask\nrequire: {login: off}', 'duplicate-key', `${path}:2:11`],
    ['regions: [eu-central-1]\nregions: [us-east-1]', 'duplicate-key', `${path}:2:1`],
    ['- regions', 'not-a-mapping', `${path}:1:1`],
    ['regions: [eu-central-1', 'yaml-syntax', `${path}:1:23`],
  ])('%j is broken: %s, at %s, and nothing is set anywhere', (policy, code, where) => {
    for (const given of [{ file: dev }, { user: 'default: {region: us-east-1}' }, {}]) {
      let error: unknown;
      try {
        resolved({ ...given, policy });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(FileErrors);
      expect(error).toMatchObject({ code, where, exitCode: 1 });
    }
  });

  test('the nearest rule and the nearest model are said', () => {
    expect(() => readPolicy(bytes('regoins: []'), path)).toThrow(
      expect.objectContaining({ fix: 'did you mean regions?' }),
    );
    expect(() => readPolicy(bytes('region: [eu-central-1]'), path)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('under require') }),
    );
  });

  test('has a JSON Schema of the same rules', () => {
    const { properties, additionalProperties } = schemaJson('policy') as {
      properties: Record<string, { additionalProperties?: boolean; properties?: object; description: string }>;
      additionalProperties: boolean;
    };
    expect(additionalProperties).toBe(false);
    expect(Object.keys(properties)).toEqual([...rules.map(({ name }) => name), 'require']);
    expect(Object.keys(properties.require?.properties ?? {})).toContain('prompt_caching');
    expect(properties.require?.additionalProperties).toBe(false);
  });
});

describe('accounts', () => {
  const policy = 'accounts: ["111122223333"]\n';

  test.each(['dev', 'told'])('the profile %s is of an allowed account', (profile) => {
    expect(resolved({ policy, file: `profile: ${profile}\n` }).chosen).toBe(profile);
  });

  test.each([
    ['profile: other\n', {}, 'of account 999988887777'],
    ['profile: keys\n', {}, 'does not tell its account'],
    ['model: sonnet\n', {}, 'no profile is named'],
    ['model: sonnet\n', { AWS_PROFILE: 'other' }, 'of account 999988887777'],
    ['model: sonnet\n', { AWS_ACCESS_KEY_ID: 'AKIA' }, 'no profile is named'],
    [
      'model: arn:aws:bedrock:eu-central-1:999988887777:application-inference-profile/x\nprofile: dev\n',
      {},
      '999988887777',
    ],
  ])('%j with %j is forbidden: %s', (file, env, message) => {
    expect(errorOf({ policy, file, env })).toMatchObject({
      code: 'policy-accounts',
      where: `${path}:1`,
      exitCode: 1,
      message: expect.stringContaining(message),
    });
  });

  test('AWS_PROFILE tells it, which Claude Code takes before keys', () => {
    expect(resolved({ policy, file: 'model: sonnet\n', env: { AWS_PROFILE: 'dev' } }).variables.AWS_REGION).toBe(
      'eu-central-1',
    );
  });

  test('an API key does not', () => {
    expect(errorOf({ policy, file: dev, user: 'default: {api_key: {env: KEY}}' }).message).toContain(
      'API key (/h/config.yaml:1)',
    );
  });

  test('neither the command line nor a profile in ~/.aws is above it', () => {
    expect(errorOf({ policy, file: dev, overrides: { profile: 'other' } })).toMatchObject({
      code: 'policy-accounts',
      message: expect.stringContaining('(command line)'),
    });
  });
});

describe('regions', () => {
  const policy = '# EU only\nregions: [eu-central-1, eu-west-1]\n';

  test('those that are listed may be used', () => {
    expect(resolved({ policy, file: dev }).variables.AWS_REGION).toBe('eu-central-1');
  });

  test.each([
    ['profile: dev\nregion: us-east-1\n', {}, 'region is us-east-1 (/p/.bedrockrc:2)'],
    ['model: sonnet\n', { AWS_REGION: 'us-east-1' }, 'region is us-east-1 (shell)'],
    ['profile: dev\nsmall_model: haiku\nsmall_model_region: eu-west-3\n', {}, 'small_model_region is eu-west-3'],
    [
      'profile: dev\nmodel: arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/x\n',
      {},
      'is in us-east-1',
    ],
  ])('%j with %j is forbidden', (file, env, message) => {
    expect(errorOf({ policy, file, env })).toMatchObject({
      code: 'policy-regions',
      where: `${path}:2`,
      message: expect.stringContaining(message),
    });
  });
});

describe('routing', () => {
  test.each([
    ['routing: [geo]', 'profile: dev\n', true],
    ['routing: [eu]', 'profile: dev\n', true],
    ['routing: [global]', 'profile: dev\n', false],
    ['routing: [global]', 'profile: dev\nrouting: global\n', true],
    ['routing: [geo]', 'profile: dev\nrouting: global\n', false],
    ['routing: [eu]', 'profile: dev\nregion: us-east-1\n', false],
    ['routing: [geo]', 'profile: dev\nregion: us-east-1\n', true],
    ['routing: [geo]', 'profile: dev\nmodel: global.anthropic.claude-sonnet-5\n', false],
    ['routing: [geo]', 'profile: dev\nmodels: {haiku: global.anthropic.claude-haiku-5-5}\n', false],
    ['routing: [geo]', 'profile: dev\nsmall_model: global.anthropic.claude-haiku-5-5\n', false],
    [
      'routing: [geo]',
      'profile: dev\nmodel: arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x\n',
      false,
    ],
    [
      'routing: [geo]',
      'profile: dev\nmodel: arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-5\n',
      true,
    ],
  ])('%s with %j: %s', (policy, file, isAllowed) => {
    if (isAllowed) expect(resolved({ policy, file }).variables.ANTHROPIC_DEFAULT_HAIKU_MODEL).toBeDefined();
    else expect(errorOf({ policy, file })).toMatchObject({ code: 'policy-routing', where: `${path}:1` });
  });

  test('of an application inference profile is what the account says is behind it', () => {
    const arn = 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x';
    const list = (...regions: string[]) => ({
      ...{ account: '111122223333', region: 'eu-central-1', date: '2026-11-22T03:00:00.000Z', asker: 'profile dev' },
      profiles: [
        {
          ...{ id: 'x', arn, name: 'team', kind: 'application' as const, isActive: true },
          models: regions.map((at) => `arn:aws:bedrock:${at}::foundation-model/anthropic.claude-sonnet-5`),
        },
      ],
    });
    const given = { policy: 'routing: [geo]', file: `profile: dev\nmodel: ${arn}\n` };
    const inside = resolved({ ...given, accountList: () => list('eu-central-1', 'eu-west-1') });
    expect(inside.variables.ANTHROPIC_MODEL).toBe(arn);
    expect(inside.label).toContain('Sonnet 5');
    expect(errorOf({ ...given, accountList: () => list('eu-central-1', 'us-east-1') }).code).toBe('policy-routing');
    expect(errorOf({ ...given, accountList: () => list('') }).message).toContain('processed in global');
    expect(errorOf({ ...given, policy: 'models: [opus]', accountList: () => list('eu-central-1') }).code).toBe(
      'policy-models',
    );
    const { variables } = resolved({ ...given, policy: 'models: [sonnet]', accountList: () => list('eu-central-1') });
    expect(variables.ANTHROPIC_MODEL).toBe(arn);
  });
});

describe('models', () => {
  test('an alias means the newest that is allowed, and a tier without one is pinned to another', () => {
    const { variables, warnings } = resolved({
      policy: 'models: [claude-sonnet-4-6, claude-sonnet-4-5, haiku]\n',
      file: 'profile: dev\nmodel: sonnet\n',
    });
    expect(variables).toMatchObject({
      ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-4-6',
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'eu.anthropic.claude-sonnet-4-6',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'eu.anthropic.claude-sonnet-4-6',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'eu.anthropic.claude-haiku-5-5',
    });
    expect(warnings.map(({ message }) => message)).toEqual([
      'the policy allows no opus model: opus is pinned to claude-sonnet-4-6',
    ]);
  });

  test.each([
    ['models: [sonnet]', 'model: opus', false],
    ['models: [sonnet]', 'model: claude-opus-5', false],
    ['models: [sonnet]', 'model: sonnet-5', true],
    ['models: [sonnet]', 'models: {opus: claude-opus-5}', false],
    ['models: [sonnet]', 'small_model: haiku', false],
    ['models: [claude-sonnet-5]', 'model: eu.anthropic.claude-sonnet-5', true],
    ['models: [eu.anthropic.claude-sonnet-5]', 'model: claude-sonnet-5', true],
    ['models: [eu.anthropic.claude-sonnet-5]', 'model: claude-sonnet-5\nrouting: global', false],
    ['models: [claude-opus-6, sonnet]', 'model: eu.anthropic.claude-opus-6-20270101-v1:0', true],
    ['models: [sonnet]', 'model: arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x', false],
    [
      'models: [sonnet, arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x]',
      'model: arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x',
      true,
    ],
  ])('%s with %j: %s', (policy, file, isAllowed) => {
    const given = { policy, file: `profile: dev\n${file}\n` };
    if (isAllowed) expect(resolved(given).variables.ANTHROPIC_MODEL).toBeDefined();
    else expect(errorOf(given)).toMatchObject({ code: 'policy-models', where: `${path}:1`, exitCode: 1 });
  });

  test.each([
    ['models: [sonnet]', 1],
    ['accounts: ["111122223333"]\nrouting: [geo]', 2],
  ])("with %j a model of the shell's own is not used either", (policy, line) => {
    const env = { ANTHROPIC_MODEL: 'global.anthropic.claude-opus-5', ANTHROPIC_SMALL_FAST_MODEL: 'x' };
    const { variables, resolution } = resolved({ policy, file: dev, env });
    const unset = resolution.variables.filter(({ op, name }) => op === 'unset' && name.startsWith('ANTHROPIC_'));
    expect(unset.map(({ name, source }) => `${name} ${source}`)).toEqual([
      `ANTHROPIC_MODEL ${path}:${line}`,
      `ANTHROPIC_SMALL_FAST_MODEL ${path}:${line}`,
      'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION default',
    ]);
    expect(resolution.conflicts).toEqual([]);
    expect(variables.ANTHROPIC_MODEL).toBe('');
    expect(resolved({ policy: 'regions: [eu-central-1]', file: dev, env }).variables.ANTHROPIC_MODEL).toBeUndefined();
  });

  test('an alias of the user is no way around it', () => {
    const user = 'aliases: {sonnet: claude-opus-5}\n';
    expect(errorOf({ policy: 'models: [sonnet]', file: 'profile: dev\nmodel: sonnet\n', user }).code).toBe(
      'policy-models',
    );
  });
});

describe('login and require', () => {
  test("login is the policy's, whatever the user says", () => {
    const { login, settings } = resolved({ policy: 'login: notify\n', file: dev, user: 'default: {login: off}' });
    expect([login, settings.login]).toEqual(['notify', { value: 'notify', source: `${path}:1` }]);
  });

  test('a required key is set, with the policy as its source', () => {
    const { variables, settings } = resolved({
      policy: 'require:\n  prompt_caching: false\n  max_output_tokens: 4096\n',
      file: dev,
    });
    expect(variables).toMatchObject({ DISABLE_PROMPT_CACHING: '1', CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096' });
    expect(settings.max_output_tokens?.source).toBe(`${path}:3`);
  });

  test('the same value may be asked for as well; another one is an error that names both places', () => {
    const policy = 'require:\n  region: eu-west-1\n';
    expect(resolved({ policy, file: 'profile: dev\nregion: eu-west-1\n' }).variables.AWS_REGION).toBe('eu-west-1');
    expect(resolved({ policy, file: dev }).variables.AWS_REGION).toBe('eu-west-1');
    expect(errorOf({ policy, file: 'profile: dev\nregion: us-east-1\n' })).toMatchObject({
      code: 'policy-require',
      where: `${path}:2`,
      message: "region: the organisation's policy requires eu-west-1, but us-east-1 is asked for (/p/.bedrockrc:2)",
    });
    expect(errorOf({ policy, file: dev, overrides: { region: 'us-east-1' } }).message).toContain('(command line)');
  });

  test('of models each tier by itself', () => {
    const policy = 'require: {models: {opus: claude-opus-4-8}}\n';
    const { variables } = resolved({ policy, file: 'profile: dev\nmodels: {sonnet: claude-sonnet-4-6}\n' });
    expect(variables).toMatchObject({
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'eu.anthropic.claude-opus-4-8',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'eu.anthropic.claude-sonnet-4-6',
    });
    expect(errorOf({ policy, file: 'profile: dev\nmodels: {opus: claude-opus-5}\n' }).message).toContain('models.opus');
  });

  test('a value that may be a secret place is not shown', () => {
    const { message } = errorOf({
      policy: 'require: {base_url: "https://gateway.corp.example/key1"}\n',
      file: dev,
      user: 'default: {base_url: "https://other.example/key2"}',
    });
    expect(message).not.toMatch(/key[12]/);
  });

  test('it puts no directory on Amazon Bedrock by itself', () => {
    expect(resolved({ policy: 'require: {region: eu-west-1}\nlogin: off\n' }).variables).toEqual({});
  });
});
