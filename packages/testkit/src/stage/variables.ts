/** The closed list of variables that a plan may set, and what bedrockenv says about itself. */
export const managedVariables = [
  'CLAUDE_CODE_USE_BEDROCK',
  'AWS_PROFILE',
  'AWS_REGION',
  'ANTHROPIC_MODEL',
  'ANTHROPIC_DEFAULT_OPUS_MODEL',
  'ANTHROPIC_DEFAULT_SONNET_MODEL',
  'ANTHROPIC_DEFAULT_HAIKU_MODEL',
  'ANTHROPIC_SMALL_FAST_MODEL',
  'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION',
  'DISABLE_PROMPT_CACHING',
  'ENABLE_PROMPT_CACHING_1H',
  'CLAUDE_CODE_MAX_OUTPUT_TOKENS',
  'MAX_THINKING_TOKENS',
  'CLAUDE_CODE_EFFORT_LEVEL',
  'ANTHROPIC_BEDROCK_SERVICE_TIER',
  'AWS_BEARER_TOKEN_BEDROCK',
  'ANTHROPIC_BEDROCK_BASE_URL',
  'BEDROCKENV_DIR',
  'BEDROCKENV_PROFILE',
  'BEDROCKENV_MODEL',
] as const;

/** What a scenario expects of a variable: exported with this value, unset (null), or set without being exported. */
export type Expected = string | null | { local: string };
