import { type Pairs, settings } from '../machine.ts';

const project = 'profile: corp-dev\n';

export const requestPairs: Pairs = {
  'caching-forced': {
    wrong: { env: { FORCE_PROMPT_CACHING_5M: '1' }, project: `${project}prompt_caching: 1h\n` },
    healthy: { env: { FORCE_PROMPT_CACHING_5M: '1' }, project: `${project}prompt_caching: true\n` },
  },
  'caching-off': {
    wrong: { env: { DISABLE_PROMPT_CACHING: '1' } },
    healthy: { env: { DISABLE_PROMPT_CACHING: '1' }, project: `${project}prompt_caching: true\n` },
  },
  'caching-disabled': {
    wrong: { env: { DISABLE_PROMPT_CACHING_OPUS: 'yes' } },
    healthy: { env: { DISABLE_PROMPT_CACHING_OPUS: 'no' } },
  },
  'output-below-thinking': {
    wrong: { env: { MAX_THINKING_TOKENS: '4096' }, project: `${project}max_output_tokens: 4096\n` },
    healthy: { env: { MAX_THINKING_TOKENS: '1024' }, project: `${project}max_output_tokens: 4096\n` },
  },
  'number-ignored': {
    wrong: { env: { CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4k' } },
    healthy: { env: { CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096', MAX_THINKING_TOKENS: '0' } },
  },
  'switch-unclear': {
    wrong: { files: { '.claude/settings.json': settings({ env: { CLAUDE_CODE_USE_BEDROCK: 'enabled' } }) } },
    healthy: { env: { CLAUDE_CODE_USE_BEDROCK: 'false' } },
  },
  'service-tier-unknown': {
    wrong: { env: { ANTHROPIC_BEDROCK_SERVICE_TIER: 'priorty' } },
    healthy: { env: { ANTHROPIC_BEDROCK_SERVICE_TIER: 'priority' } },
  },
  'effort-unknown': {
    wrong: { env: { CLAUDE_CODE_EFFORT_LEVEL: 'hihg' } },
    healthy: { project: `${project}effort: high\n` },
  },
};
