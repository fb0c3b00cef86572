import { describe, expect, test } from 'vitest';
import { type Resolved, resolveModels, settingsWarnings, variables } from '../../src/claude/index.ts';
import { variableNames } from '../../src/plan/names.ts';
import { mergeLayers, readDirectoryFile, readUserConfig, type Settings } from '../../src/project/index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A directory file at /p/.bedrockrc, on a user config at /c.yaml. */
function settle(file: string, config = ''): Settings {
  return mergeLayers({
    directoryFiles: [{ path: '/p/.bedrockrc', file: readDirectoryFile(bytes(file), '/p/.bedrockrc') }],
    userConfig: { path: '/c.yaml', config: readUserConfig(bytes(config), '/c.yaml') },
  });
}

function resolveAll(settings: Settings): Resolved {
  const profile = settings.profile;
  const region = settings.region ?? { value: 'eu-central-1', source: '/home/ada/.aws/config:3' };
  return {
    region,
    profile: profile ? { name: String(profile.value), source: profile.source } : null,
    models: resolveModels(settings, region.value),
    dir: '/p',
    home: '/home/ada',
    modelRule: null,
    accountRule: null,
  };
}

/** `NAME=value`, `NAME unset` or `NAME from op value`. */
function lines(file: string, config = '', target: 'shell' | 'client' = 'shell'): string[] {
  const settings = settle(file, config);
  return variables(settings, resolveAll(settings), target).map(({ op, name, value }) => {
    if (op === 'set') return `${name}=${value}`;
    return op === 'unset' ? `${name} unset` : `${name} from ${op} ${value}`.trim();
  });
}

const pins = [
  'ANTHROPIC_DEFAULT_OPUS_MODEL=eu.anthropic.claude-opus-5-5',
  'ANTHROPIC_DEFAULT_SONNET_MODEL=eu.anthropic.claude-sonnet-5-5',
  'ANTHROPIC_DEFAULT_HAIKU_MODEL=eu.anthropic.claude-haiku-5-5',
];
const noSmallRegion = 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION unset';
const least = ['CLAUDE_CODE_USE_BEDROCK=1', 'AWS_REGION=eu-central-1', ...pins, noSmallRegion, 'BEDROCKENV_DIR=/p'];
/** What a line of YAML adds to the least there is. */
const adds = (file: string, config?: string) => lines(file, config).filter((line) => !least.includes(line));

test('region and pins always, no region of its own for background work, and nothing else that was not asked for', () =>
  expect(lines('')).toEqual(least));

test('all of a usual file, in the order of the closed list, each with its source', () => {
  const settings = settle(
    'profile: corp-dev\nregion: eu-central-1\nmodel: sonnet\nmodels:\n  sonnet: claude-sonnet-5\n',
  );
  expect(
    variables(settings, resolveAll(settings)).map(({ name, value, source }) => `${name}=${value} (${source})`),
  ).toEqual([
    'CLAUDE_CODE_USE_BEDROCK=1 (default)',
    'AWS_PROFILE=corp-dev (/p/.bedrockrc:1)',
    'AWS_REGION=eu-central-1 (/p/.bedrockrc:2)',
    'ANTHROPIC_MODEL=eu.anthropic.claude-sonnet-5 (/p/.bedrockrc:3)',
    'ANTHROPIC_DEFAULT_OPUS_MODEL=eu.anthropic.claude-opus-5-5 (default)',
    'ANTHROPIC_DEFAULT_SONNET_MODEL=eu.anthropic.claude-sonnet-5 (/p/.bedrockrc:5)',
    'ANTHROPIC_DEFAULT_HAIKU_MODEL=eu.anthropic.claude-haiku-5-5 (default)',
    'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION= (default)',
    'BEDROCKENV_DIR=/p (default)',
    'BEDROCKENV_PROFILE=corp-dev (/p/.bedrockrc:1)',
    'BEDROCKENV_MODEL=Sonnet 5 (/p/.bedrockrc:3)',
  ]);
});

describe('one key, its variables', () => {
  const arn = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc';
  test.each([
    ['prompt_caching: true', ['DISABLE_PROMPT_CACHING unset', 'ENABLE_PROMPT_CACHING_1H unset']],
    ['prompt_caching: false', ['DISABLE_PROMPT_CACHING=1', 'ENABLE_PROMPT_CACHING_1H unset']],
    ['prompt_caching: 1h', ['DISABLE_PROMPT_CACHING unset', 'ENABLE_PROMPT_CACHING_1H=1']],
    ['max_output_tokens: 4096', ['CLAUDE_CODE_MAX_OUTPUT_TOKENS=4096']],
    ['max_thinking_tokens: 0', ['MAX_THINKING_TOKENS=0']],
    ['effort: high', ['CLAUDE_CODE_EFFORT_LEVEL=high']],
    ['service_tier: flex', ['ANTHROPIC_BEDROCK_SERVICE_TIER=flex']],
    ['small_model: haiku', ['ANTHROPIC_SMALL_FAST_MODEL=eu.anthropic.claude-haiku-5-5']],
    [
      'small_model: haiku\nsmall_model_region: us-east-1',
      ['ANTHROPIC_SMALL_FAST_MODEL=us.anthropic.claude-haiku-5-5', 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION=us-east-1'],
    ],
    ['small_model_region: us-east-1', []],
    [`model: ${arn}`, [`ANTHROPIC_MODEL=${arn}`, 'BEDROCKENV_MODEL=abc']],
  ])('%s', (yaml, expected) => expect(adds(yaml)).toEqual(expected));

  test.each([
    ['api_key: {env: CORP_KEY}', ['AWS_BEARER_TOKEN_BEDROCK from env CORP_KEY']],
    ['api_key: {file: ~/key}', ['AWS_BEARER_TOKEN_BEDROCK from file /home/ada/key']],
    ['api_key: {file: /run/key}', ['AWS_BEARER_TOKEN_BEDROCK from file /run/key']],
    ['api_key: {command: [op, read, key]}', ['AWS_BEARER_TOKEN_BEDROCK from command']],
    ['api_key: {keyring: bedrock}', ['AWS_BEARER_TOKEN_BEDROCK from command']],
    ['base_url: https://bedrock.corp.example', ['ANTHROPIC_BEDROCK_BASE_URL=https://bedrock.corp.example']],
  ])('%s in the user config', (yaml, expected) => expect(adds('', `default: {${yaml}}`)).toEqual(expected));
});

test('with an API key there is no profile', () => {
  expect(adds('profile: corp', 'default: {api_key: {env: K}}')).toEqual(['AWS_BEARER_TOKEN_BEDROCK from env K']);
});

test('scope claude sets nothing in the shell, and all of it for the client', () => {
  const config = 'default: {scope: claude, profile: corp}';
  expect(lines('model: sonnet', config)).toEqual([
    noSmallRegion,
    'BEDROCKENV_DIR=/p',
    'BEDROCKENV_PROFILE=corp',
    'BEDROCKENV_MODEL=Sonnet 5.5',
  ]);
  expect(lines('prompt_caching: true', config)).toContain('DISABLE_PROMPT_CACHING unset');
  expect(lines('', config, 'client')).toEqual(expect.arrayContaining(['AWS_PROFILE=corp', 'AWS_REGION=eu-central-1']));
  expect(lines('', 'default: {scope: claude, api_key: {env: K}}').join()).not.toMatch(/\bAWS_/);
});

test('outside of projects there is no directory', () => {
  const settings = settle('');
  const names = variables(settings, { ...resolveAll(settings), dir: null }).map(({ name }) => name);
  expect(names).not.toContain('BEDROCKENV_DIR');
});

test('every variable is in the closed list, at most once and in its order, and none is set to nothing', () => {
  const everything = `profile: corp\nmodel: opus\nsmall_model: haiku\nsmall_model_region: eu-west-1\nprompt_caching: 1h
max_output_tokens: 4096\nmax_thinking_tokens: 1024\neffort: max\nservice_tier: default\n`;
  const settings = settle(everything, 'default: {base_url: "https://x", api_key: {env: K}}');
  const all = variables(settings, resolveAll(settings));
  const order = all.map(({ name }) => variableNames.indexOf(name));
  expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
  for (const { op, value } of all) if (op !== 'unset' && op !== 'command') expect(value).not.toBe('');
});

describe('models', () => {
  const models = (file: string, region: string, config = '') => resolveModels(settle(file, config), region);

  test('an alias means what it is pinned to', () => {
    const { model, sonnet } = models(
      'model: sonnet\nmodels: {sonnet: mine}',
      'us-east-1',
      'aliases: {mine: claude-sonnet-4-6}',
    );
    expect(model).toMatchObject({ id: 'us.anthropic.claude-sonnet-4-6', name: 'Sonnet 4.6' });
    expect(sonnet).toEqual(model);
  });

  test.each([
    ['model', '\nmodel: sonet', 'us-east-1', 'unknown-model', '/p/.bedrockrc:2'],
    ['a pin', 'models:\n  opus: opus-9', 'us-east-1', 'unknown-model', '/p/.bedrockrc:2'],
    ['the routing', 'routing: us', 'eu-west-1', 'routing-unreachable', '/p/.bedrockrc:1'],
    ['small_model', 'small_model: x\nmodel: opus', 'us-east-1', 'unknown-model', '/p/.bedrockrc:1'],
    ['nothing but the region', '', 'sa-east-1', 'no-geography', undefined],
  ])('an error has the place of %s', (_, file, region, code, where) => {
    expect(() => models(file, region)).toThrow(expect.objectContaining({ code, where }));
  });

  test('warnings of all of them, each once', () => {
    const { warnings } = models(
      'model: global.anthropic.claude-opus-5\nsmall_model: haiku\nsmall_model_region: us-east-1',
      'eu-west-2',
    );
    expect(warnings.map(({ code }) => code)).toEqual([
      'leaves-routing',
      'partial-source-region',
      'small-model-leaves-geography',
    ]);
  });
});

describe('settings that do not go together', () => {
  test.each([
    ['max_output_tokens: 1024\nmax_thinking_tokens: 1024', '', ['output-below-thinking']],
    ['max_output_tokens: 1025\nmax_thinking_tokens: 1024', '', []],
    ['max_output_tokens: 1\nmax_thinking_tokens: 0', '', []],
    ['profile: corp', 'default: {api_key: {env: K}}', ['profile-unused']],
    ['small_model_region: us-east-1', '', ['small-model-region-unused']],
    ['', 'default: {scope: claude, api_key: {env: K}}', ['api-key-needs-shell']],
    ['', 'default: {scope: claude, profile: corp}', []],
  ])('%j', (file, config, codes) => {
    expect(settingsWarnings(settle(file, config)).map(({ code }) => code)).toEqual(codes);
  });
});

test('a rule on accounts unsets an API key of the shell, unless the settings name one', () => {
  const rule = '/etc/bedrockenv/policy.yaml:2';
  const keyOf = (file: string, config = '') => {
    const settings = settle(file, config);
    return variables(settings, { ...resolveAll(settings), accountRule: rule }).filter(
      ({ name }) => name === 'AWS_BEARER_TOKEN_BEDROCK',
    );
  };
  expect(keyOf('model: opus')).toEqual([{ op: 'unset', name: 'AWS_BEARER_TOKEN_BEDROCK', value: '', source: rule }]);
  expect(keyOf('model: opus', 'default: {scope: claude}')).toHaveLength(1);
  expect(keyOf('model: opus', 'default: {api_key: {env: K}}')).toMatchObject([{ op: 'env', value: 'K' }]);
});
