import { describe, expect, test } from 'vitest';
import { conflicts, remarks } from '../../src/claude/index.ts';
import { mergeLayers, readDirectoryFile, readUserConfig } from '../../src/project/index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function settle(file: string, config = '') {
  return mergeLayers({
    directoryFiles: [{ path: '/p/.bedrockrc', file: readDirectoryFile(bytes(file), '/p/.bedrockrc') }],
    userConfig: { path: '/c.yaml', config: readUserConfig(bytes(config), '/c.yaml') },
  });
}

type Env = Record<string, string>;
const keys = { AWS_ACCESS_KEY_ID: 'AKIASECRET', AWS_SECRET_ACCESS_KEY: 's' };
const gateway = 'default: {base_url: "https://gateway.example"}';

/** Each conflict beside a neighbour that is none. */
const table: [code: string, env: Env, file: string, config: string, healthy: Env, file: string, config: string][] = [
  ['keys-beside-profile', keys, 'profile: corp', '', {}, 'profile: corp', ''],
  ['keys-beside-profile', keys, 'profile: corp', '', { ...keys, AWS_PROFILE: 'own' }, '', ''],
  ['keys-before-default', keys, '', '', {}, '', ''],
  ['keys-before-default', keys, '', '', keys, '', 'default: {api_key: {env: K}}'],
  ['keys-beside-profile', keys, 'profile: corp', '', keys, 'profile: corp', 'default: {api_key: {env: K}}'],
  [
    'bearer-token-first',
    { AWS_BEARER_TOKEN_BEDROCK: 'k' },
    'profile: corp',
    '',
    { AWS_BEARER_TOKEN_BEDROCK: '' },
    '',
    '',
  ],
  [
    'bearer-token-first',
    { AWS_BEARER_TOKEN_BEDROCK: 'k' },
    '',
    '',
    { AWS_BEARER_TOKEN_BEDROCK: 'k' },
    '',
    'default: {api_key: {env: K}}',
  ],
  [
    'default-profile-ignored',
    { AWS_DEFAULT_PROFILE: 'x' },
    '',
    '',
    { AWS_DEFAULT_PROFILE: 'x', AWS_PROFILE: 'x' },
    '',
    '',
  ],
  ['default-profile-ignored', { AWS_DEFAULT_PROFILE: 'x' }, '', '', { AWS_DEFAULT_PROFILE: 'x' }, 'profile: corp', ''],
  ['auth-skipped', { CLAUDE_CODE_SKIP_BEDROCK_AUTH: ' On ' }, '', '', { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1 1' }, '', ''],
  ['auth-skipped', { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' }, '', '', { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '0' }, '', ''],
  [
    'auth-skipped',
    { CLAUDE_CODE_SKIP_BEDROCK_AUTH: 'true' },
    '',
    '',
    { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' },
    '',
    gateway,
  ],
  [
    'ambient-model-unreachable',
    { ANTHROPIC_MODEL: 'us.anthropic.claude-opus-5' },
    '',
    '',
    { ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-5' },
    '',
    '',
  ],
  [
    'ambient-model-unreachable',
    { ANTHROPIC_MODEL: 'us.anthropic.claude-opus-5' },
    '',
    '',
    { ANTHROPIC_MODEL: 'us.anthropic.claude-opus-5' },
    'model: opus',
    '',
  ],
  [
    'ambient-model-unreachable',
    { ANTHROPIC_SMALL_FAST_MODEL: 'jp.anthropic.claude-haiku-5-5' },
    '',
    '',
    { ANTHROPIC_SMALL_FAST_MODEL: 'haiku' },
    '',
    '',
  ],
  [
    'ambient-model-unreachable',
    { ANTHROPIC_DEFAULT_MODEL: 'us.anthropic.claude-opus-5' },
    '',
    '',
    { ANTHROPIC_DEFAULT_MODEL: 'us.anthropic.claude-opus-5', ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-5' },
    '',
    '',
  ],
  [
    'caching-disabled',
    { DISABLE_PROMPT_CACHING_SONNET: '1' },
    'prompt_caching: 1h',
    '',
    { DISABLE_PROMPT_CACHING_SONNET: '0' },
    'prompt_caching: 1h',
    '',
  ],
  [
    'auth-skipped',
    { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' },
    '',
    '',
    { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' },
    '',
    'default: {api_key: {env: K}}',
  ],
  [
    'ambient-small-model',
    { ANTHROPIC_SMALL_FAST_MODEL: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0' },
    'models: {haiku: haiku}',
    '',
    { ANTHROPIC_SMALL_FAST_MODEL: 'haiku' },
    'small_model: haiku',
    '',
  ],
  [
    'caching-forced',
    { FORCE_PROMPT_CACHING_5M: '1' },
    'prompt_caching: 1h',
    '',
    { FORCE_PROMPT_CACHING_5M: '1' },
    'prompt_caching: true',
    '',
  ],
  [
    'caching-disabled',
    { DISABLE_PROMPT_CACHING_OPUS: '1' },
    'prompt_caching: true',
    '',
    { DISABLE_PROMPT_CACHING_OPUS: '1' },
    '',
    '',
  ],
  [
    'endpoint-ignored',
    { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://x' },
    '',
    '',
    { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://x' },
    '',
    gateway,
  ],
  [
    'output-below-thinking',
    { MAX_THINKING_TOKENS: '4096' },
    'max_output_tokens: 4096',
    '',
    { MAX_THINKING_TOKENS: 'abc' },
    'max_output_tokens: 4096',
    '',
  ],
  [
    'output-below-thinking',
    { CLAUDE_CODE_MAX_OUTPUT_TOKENS: '512', MAX_THINKING_TOKENS: '1024' },
    '',
    '',
    { MAX_THINKING_TOKENS: '1024' },
    '',
    '',
  ],
];

describe('a variable of the shell that decides otherwise is named, its healthy neighbour is not', () => {
  const found = (env: Env, file: string, config: string) => {
    const settings = settle(file, config);
    const profile = settings.profile ? String(settings.profile.value) : null;
    const ambient = profile ?? env.AWS_PROFILE ?? 'default';
    return conflicts(settings, { profile, ambient, region: 'eu-west-1', ownModels: true, ownKey: true }, env);
  };
  test.each(table)('%s: %j', (code, env, file, config, healthy, healthyFile, healthyConfig) => {
    const [only, ...others] = found(env, file, config);
    expect([only?.code, others]).toEqual([code, []]);
    expect(only?.fix).not.toBe('');
    expect(only?.message).not.toMatch(/SECRET/);
    expect(found(healthy, healthyFile, healthyConfig)).toEqual([]);
  });
});

describe('what to know of a choice', () => {
  test.each([
    ['routing: global', 'eu-west-1', ['leaves-geography']],
    ['routing: apac', 'ap-northeast-1', ['leaves-geography']],
    ['routing: us', 'ca-central-1', ['leaves-geography']],
    ['routing: us', 'us-east-1', []],
    ['routing: geo', 'eu-west-1', []],
    ['service_tier: priority', 'eu-west-1', ['dearer-tier']],
    ['service_tier: flex', 'eu-west-1', []],
    ['prompt_caching: 1h', 'eu-west-1', ['dearer-caching']],
    ['prompt_caching: true', 'eu-west-1', []],
  ])('%s in %s: %j', (file, region, codes) => {
    expect(remarks(settle(file), region).map(({ code }) => code)).toEqual(codes);
  });
});
