import { type Pairs, pinned, settings } from '../machine.ts';

const tokyo = {
  ...pinned,
  AWS_REGION: 'ap-northeast-1',
  ANTHROPIC_DEFAULT_OPUS_MODEL: 'jp.anthropic.claude-opus-5-5',
  ANTHROPIC_DEFAULT_SONNET_MODEL: 'jp.anthropic.claude-sonnet-5',
  ANTHROPIC_DEFAULT_HAIKU_MODEL: 'jp.anthropic.claude-haiku-5-5',
};
const config = (text: string) => ({ '.config/bedrockenv/config.yaml': `default: {${text}}\n` });

export const modelPairs: Pairs = {
  'model-bare-id': {
    wrong: { env: { ...pinned, ANTHROPIC_MODEL: 'anthropic.claude-sonnet-4-5-20250929-v1:0' } },
    healthy: { env: { ...pinned, ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0' } },
  },
  'model-unreachable': {
    wrong: { env: pinned, files: { '.claude/settings.json': settings({ model: 'us.anthropic.claude-opus-5' }) } },
    healthy: { env: pinned, files: { '.claude/settings.json': settings({ model: 'eu.anthropic.claude-opus-5' }) } },
  },
  'apac-prefix': {
    wrong: { env: { ...tokyo, ANTHROPIC_DEFAULT_HAIKU_MODEL: undefined } },
    healthy: { env: tokyo },
  },
  'unlisted-model': {
    wrong: { env: { ...pinned, ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-9' } },
    healthy: { env: { ...pinned, ANTHROPIC_MODEL: 'sonnet' } },
  },
  'model-retired': {
    wrong: {
      env: { ...pinned, ANTHROPIC_MODEL: 'us.anthropic.claude-3-7-sonnet-20250219-v1:0', AWS_REGION: 'us-east-1' },
    },
    healthy: { env: pinned },
  },
  'model-deprecated': {
    wrong: { env: { ...pinned, ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-4-20250514-v1:0' } },
    healthy: { env: { ...pinned, ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-4-6' } },
  },
  'arn-region': {
    wrong: {
      env: {
        ...pinned,
        ANTHROPIC_MODEL: 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc123',
      },
    },
    healthy: {
      env: {
        ...pinned,
        ANTHROPIC_MODEL: 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123',
      },
    },
  },
  'model-leaves-geography': {
    wrong: { env: { ...pinned, ANTHROPIC_MODEL: 'global.anthropic.claude-opus-5' } },
    healthy: { env: pinned, project: 'profile: corp-dev\nrouting: global\nmodel: opus\n' },
  },
  'tiers-unpinned': {
    wrong: { env: { ...pinned, ANTHROPIC_DEFAULT_OPUS_MODEL: undefined } },
    healthy: { env: { ANTHROPIC_DEFAULT_SONNET_MODEL: 'eu.anthropic.claude-sonnet-5-5' } },
  },
  'small-model-first': {
    wrong: { env: { ...pinned, ANTHROPIC_SMALL_FAST_MODEL: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0' } },
    healthy: { env: { ...pinned, ANTHROPIC_SMALL_FAST_MODEL: pinned.ANTHROPIC_DEFAULT_HAIKU_MODEL } },
  },
  'small-model-region': {
    wrong: { env: { ...pinned, ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION: 'us-west-2' } },
    healthy: { env: { ...pinned, ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION: 'eu-central-1' } },
  },
  'small-model-region-unused': {
    wrong: { env: { ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION: 'us-west-2' } },
    healthy: { project: 'profile: corp-dev\nsmall_model: haiku\nsmall_model_region: eu-west-1\n' },
  },
  'region-prefix-ignored': {
    wrong: { env: { ...pinned, ANTHROPIC_BEDROCK_REGION_PREFIX: 'eu' }, claude: '2.1.197' },
    healthy: { env: { ...pinned, ANTHROPIC_BEDROCK_REGION_PREFIX: 'eu' } },
  },
  'unknown-region': {
    wrong: { project: 'region: eu-central-9\nrouting: global\n' },
    healthy: { project: 'region: eu-central-1\n' },
  },
  'no-region': {
    wrong: { env: { AWS_PROFILE: undefined }, project: 'model: sonnet\n' },
    healthy: { env: { AWS_PROFILE: undefined, AWS_REGION: 'us-east-1' }, project: 'model: sonnet\n' },
  },
  'geography-wider-than-country': {
    wrong: { project: 'region: ca-central-1\n' },
    healthy: { project: 'region: ca-central-1\nrouting: us\n' },
  },
  'partial-source-region': {
    wrong: { project: 'region: eu-west-2\n' },
    healthy: { project: 'region: eu-west-1\n' },
  },
  'leaves-routing': {
    wrong: { project: 'region: eu-west-1\nmodel: global.anthropic.claude-opus-5\n' },
    healthy: { project: 'region: eu-west-1\nrouting: global\nmodel: global.anthropic.claude-opus-5\n' },
  },
  'context-suffix': {
    wrong: { project: 'region: eu-west-1\nmodel: sonnet[1m]\n' },
    healthy: { project: 'region: eu-west-1\nmodel: sonnet\n' },
  },
  'tier-unavailable': {
    wrong: { project: 'region: us-gov-west-1\n' },
    healthy: { project: 'region: us-west-2\n' },
  },
  'model-not-available': {
    wrong: {
      project: 'profile: corp-dev\nmodel: opus\n',
      files: { '.claude/settings.json': settings({ availableModels: ['sonnet'] }) },
    },
    healthy: {
      project: 'profile: corp-dev\nmodel: sonnet\n',
      files: { '.claude/settings.json': settings({ availableModels: ['sonnet'] }) },
    },
  },
  'unknown-model': {
    wrong: { files: config('model: sonet, region: eu-west-1') },
    healthy: { files: config('model: sonnet') },
  },
  'model-unavailable': {
    wrong: { project: 'region: us-gov-west-1\nmodel: haiku\n' },
    healthy: { project: 'region: us-gov-west-1\nmodel: opus\n' },
  },
  'profile-unreachable': {
    wrong: { project: 'region: eu-west-1\nmodel: us.anthropic.claude-opus-5\n' },
    healthy: { project: 'region: us-east-1\nmodel: us.anthropic.claude-opus-5\n' },
  },
  'no-geography': {
    wrong: { project: 'region: sa-east-1\n' },
    healthy: { project: 'region: sa-east-1\nrouting: global\n' },
  },
  'routing-unreachable': {
    wrong: { project: 'region: eu-west-1\nrouting: jp\n' },
    healthy: { project: 'region: ap-northeast-1\nrouting: jp\n' },
  },
};
