import { describe, expect, test } from 'vitest';
import { readAws } from '../../src/aws/index.ts';
import { readSettingsText } from '../../src/claude/index.ts';
import { diagnose, type Facts } from '../../src/doctor/index.ts';

const config = `[profile dev]
region = eu-central-1
[profile us]
region = us-west-2
`;

const pinned = {
  CLAUDE_CODE_USE_BEDROCK: '1',
  ANTHROPIC_DEFAULT_OPUS_MODEL: 'us.anthropic.claude-opus-5',
  ANTHROPIC_DEFAULT_SONNET_MODEL: 'us.anthropic.claude-sonnet-5',
  ANTHROPIC_DEFAULT_HAIKU_MODEL: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
};

/** What is found where the user's settings and the shell say this: the codes with their messages. */
function diagnosed(env: Record<string, string>, settings: object = {}): Record<string, string> {
  const awsFiles = {
    config: { path: 'config', bytes: Buffer.from(config) },
    credentials: { path: 'credentials', bytes: null },
  };
  const file = readSettingsText(JSON.stringify(settings), '/u');
  const facts: Facts = {
    ...{ env: { ...pinned, ...env }, home: '/home/me', awsFiles, aws: readAws(awsFiles), resolution: null },
    used: env.AWS_PROFILE ?? env.AWS_DEFAULT_PROFILE ?? 'default',
    clientFiles: [{ path: '/u', scope: 'user', settings: file, isTracked: false, ours: [] }],
    ...{ claude: { path: '/bin/claude', version: [2, 1, 330] }, node: null, hook: null, leastNode: 22 },
    hasProgram: () => true,
  };
  return Object.fromEntries(diagnose(facts).map(({ code, message }) => [code, message]));
}

const here = { AWS_PROFILE: 'us' };

describe('the region that models are held against', () => {
  test('is that of the profile that settings name', () => {
    expect(diagnosed({ AWS_PROFILE: 'us' })).not.toHaveProperty('model-unreachable');
    expect(diagnosed({ AWS_PROFILE: 'us' }, { env: { AWS_PROFILE: 'dev' } })['model-unreachable']).toContain(
      'eu-central-1',
    );
    expect(diagnosed({ AWS_PROFILE: 'dev' }, { env: { AWS_PROFILE: 'us' } })).not.toHaveProperty('model-unreachable');
  });

  test('is none of a profile that settings cancel, or that only the AWS CLI uses', () => {
    for (const found of [
      diagnosed({ AWS_PROFILE: 'dev' }, { env: { AWS_PROFILE: '' } }),
      diagnosed({ AWS_DEFAULT_PROFILE: 'dev' }),
    ]) {
      expect(found).not.toHaveProperty('model-unreachable');
      expect(found).toHaveProperty('no-region');
    }
  });

  test('is what Claude Code takes for one', () => {
    expect(diagnosed({ AWS_REGION: 'global' })['region-malformed']).toContain('but Claude Code sends requests there');
    expect(diagnosed({ AWS_REGION: 'us east 1' })['region-malformed']).toContain('and is passed over');
    expect(diagnosed({}, { env: { AWS_REGION: null } })['region-malformed']).toContain(
      '"null", which is no region, but',
    );
  });
});

test('a command that settings leave empty is none', () => {
  const token = { ...here, AWS_BEARER_TOKEN_BEDROCK: 'k' };
  const { AWS_PROFILE, ...withoutProfile } = token;
  const codes = (settings: object) =>
    Object.keys({ ...diagnosed(here, settings), ...diagnosed(withoutProfile, settings) });
  expect(codes({ awsCredentialExport: 'mine', awsAuthRefresh: 'mine' })).toEqual(
    expect.arrayContaining(['credential-export-first', 'auth-refresh-with-token']),
  );
  const empty = codes({ awsCredentialExport: '', awsAuthRefresh: ' ' });
  expect(empty).not.toContain('credential-export-first');
  expect(empty).not.toContain('auth-refresh-with-token');
});

describe('numbers', () => {
  test.each([
    ['5k', 'which Claude Code takes for 5'],
    ['5e3', 'which Claude Code takes for 5000, older versions for 5'],
    ['5,000', 'which Claude Code takes for 5000, older versions for 5'],
    ['5_000', 'which Claude Code takes for 5000, older versions for 5'],
    ['5000 tokens', 'which Claude Code takes for 5000'],
    ['5000.7', 'which Claude Code takes for 5000'],
    ['0x1388', 'which Claude Code passes over'],
    ['-5', 'which Claude Code passes over'],
    ['1e999', 'which Claude Code takes for nothing, older versions for 1'],
  ])('%s', (value, what) => {
    const found = diagnosed({ ...here, CLAUDE_CODE_MAX_OUTPUT_TOKENS: value });
    expect(found['number-ignored']).toBe(`CLAUDE_CODE_MAX_OUTPUT_TOKENS is "${value}", ${what}`);
  });

  test('none at all is no thinking', () => {
    const found = diagnosed({ ...here, MAX_THINKING_TOKENS: 'abc' });
    expect(found['number-ignored']).toBe('MAX_THINKING_TOKENS is "abc", with which Claude Code does not think');
  });

  test('are held against each other as they are taken', () => {
    const found = diagnosed({ ...here, CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4,000', MAX_THINKING_TOKENS: '4e3' });
    expect(found['output-below-thinking']).toContain('is 4000 and MAX_THINKING_TOKENS 4000: that leaves requests');
  });
});

describe('what one tier alone is told', () => {
  test.each(['OPUS', 'SONNET', 'HAIKU'])('DISABLE_PROMPT_CACHING_%s', (tier) => {
    expect(diagnosed({ ...here, [`DISABLE_PROMPT_CACHING_${tier}`]: '1' })).toHaveProperty('caching-disabled');
  });
});

test('an effort is known in any case, and unset is one', () => {
  for (const level of ['LOW', ' max ', 'unset', 'Auto']) {
    expect(diagnosed({ ...here, CLAUDE_CODE_EFFORT_LEVEL: level })).not.toHaveProperty('effort-unknown');
  }
  expect(diagnosed({ ...here, CLAUDE_CODE_EFFORT_LEVEL: 'minimal' })).toHaveProperty('effort-unknown');
});

test('with CLAUDE_CODE_SKIP_BEDROCK_AUTH an API key is sent all the same', () => {
  const skip = { ...here, CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' };
  expect(diagnosed(skip)).toHaveProperty('auth-skipped');
  expect(diagnosed({ ...skip, AWS_BEARER_TOKEN_BEDROCK: 'k' })).not.toHaveProperty('auth-skipped');
});

describe('the host of requests to models', () => {
  test('is none of FIPS', () => {
    expect(diagnosed({ ...here, AWS_USE_FIPS_ENDPOINT: 'true' })['fips-ignored']).toContain('FIPS endpoints');
    expect(diagnosed({ ...here, AWS_USE_FIPS_ENDPOINT: 'false' })).not.toHaveProperty('fips-ignored');
  });

  test('is none of a partition with another domain', () => {
    const found = diagnosed({ AWS_REGION: 'cn-north-1' });
    expect(found['endpoint-ignored']).toContain('hosts of cn-north-1 end in amazonaws.com.cn');
    const url = 'https://bedrock-runtime.eusc-de-east-1.amazonaws.eu';
    expect(diagnosed({ AWS_REGION: 'eusc-de-east-1' })['endpoint-ignored']).toContain('amazonaws.eu');
    const set = diagnosed({ AWS_REGION: 'eusc-de-east-1', ANTHROPIC_BEDROCK_BASE_URL: url });
    expect(set).not.toHaveProperty('endpoint-ignored');
    expect(diagnosed({ AWS_REGION: 'us-gov-west-1' })).not.toHaveProperty('endpoint-ignored');
  });
});

describe('a model', () => {
  const asked = (model: string, env = {}) => diagnosed({ ...here, ANTHROPIC_MODEL: model, ...env });

  test('that Claude Code knows by no such name', () => {
    for (const model of ['sonet', 'default', 'opus-5', 'sonnet5']) expect(asked(model)).toHaveProperty('unknown-model');
    for (const model of [
      'Opus',
      'sonnet[1m]',
      'best',
      'opusplan',
      'fable',
      'claude-sonnet-5',
      'us.anthropic.claude-opus-5',
    ]) {
      expect(asked(model)).not.toHaveProperty('unknown-model');
    }
    const gateway = { ANTHROPIC_BEDROCK_BASE_URL: 'https://gateway.example' };
    expect(asked('our-model', gateway)).not.toHaveProperty('unknown-model');
  });

  test('with a bare ID is one of the other service', () => {
    expect(asked('anthropic.claude-opus-5')).toHaveProperty('model-bare-id');
    const mantle = { CLAUDE_CODE_USE_MANTLE: '1' };
    expect(asked('anthropic.claude-opus-5', mantle)).not.toHaveProperty('model-bare-id');
  });

  test('of ANTHROPIC_DEFAULT_MODEL is asked for where nothing else names one', () => {
    const env = { ANTHROPIC_DEFAULT_MODEL: 'eu.anthropic.claude-opus-5' };
    expect(diagnosed({ ...here, ...env })['model-unreachable']).toContain('ANTHROPIC_DEFAULT_MODEL is');
    expect(diagnosed({ ...here, ...env }, { model: 'opus' })).not.toHaveProperty('model-unreachable');
  });

  test.each([
    ['sonnet', true],
    ['opus', false],
    ['claude-opus-5', false],
    ['us.anthropic.claude-opus-5', false],
    ['eu.anthropic.claude-opus-5', true],
  ])('that availableModels with %s leaves out: %s', (entry, isOut) => {
    const settings = { availableModels: [entry], model: 'us.anthropic.claude-opus-5' };
    expect('model-not-available' in diagnosed(here, settings)).toBe(isOut);
    expect('model-not-available' in diagnosed(here, { availableModels: [entry] })).toBe(false);
  });
});
