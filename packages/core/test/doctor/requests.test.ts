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
