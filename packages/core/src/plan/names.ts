/**
 * The closed list: every variable that a plan may set. Hooks carry the same list and refuse any other name before
 * they touch it, because a name is the one field that shells may evaluate (`${(P)n}`, `${!n}`).
 */
export const variableNames = [
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

export type VariableName = (typeof variableNames)[number];

/** Those that pin a model for each tier. */
export const tierPins = [
  'ANTHROPIC_DEFAULT_OPUS_MODEL',
  'ANTHROPIC_DEFAULT_SONNET_MODEL',
  'ANTHROPIC_DEFAULT_HAIKU_MODEL',
] as const satisfies readonly VariableName[];

/** Those that name a model. */
export const modelVariables = [
  'ANTHROPIC_MODEL',
  ...tierPins,
  'ANTHROPIC_SMALL_FAST_MODEL',
] as const satisfies readonly VariableName[];

export function isVariableName(name: string): name is VariableName {
  return (variableNames as readonly string[]).includes(name);
}

/** Is it a variable whose value, ours or the user's, lies in no plan and no record? */
export function isSecretName(name: string): boolean {
  return name === 'AWS_BEARER_TOKEN_BEDROCK';
}

/** The ambient variables that a plan may depend on: what decides the profile, the region and the files without us. */
export const ambientNames = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'BEDROCKENV_CONFIG',
] as const;

export type AmbientName = (typeof ambientNames)[number];

export function isAmbientName(name: string): name is AmbientName {
  return (ambientNames as readonly string[]).includes(name);
}
