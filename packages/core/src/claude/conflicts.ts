import { parseArn, parseProfileId, prefixesFrom } from '../bedrock/index.ts';
import { printable } from '../display.ts';
import type { Env } from '../env.ts';
import type { Warning } from '../errors.ts';
import type { Settings } from '../project/index.ts';
import { isOn, whole } from './reading.ts';

/** What a directory comes to, as far as the shell's own variables can get in its way. */
export interface Chosen {
  /** The profile that the settings name. */
  profile: string | null;
  /** The profile that is used where none is named. */
  ambient: string | null;
  region: string;
  /** Whether models that the shell names are used where the settings name none. */
  ownModels: boolean;
  /** Whether an API key of the shell is used where the settings name none. */
  ownKey: boolean;
}

/**
 * Variables of the shell that decide otherwise than the directory does, each with who goes by what. No plan holds them:
 * they are true of one shell at one time. What Claude Code does is measured on 2.1.330.
 */
export function conflicts(settings: Settings, chosen: Chosen, env: Env): Warning[] {
  return [...credentials(settings, chosen, env), ...models(settings, chosen, env), ...requests(settings, env)];
}

function credentials(
  { api_key: apiKey, base_url: gateway }: Settings,
  { profile, ambient, ownKey }: Chosen,
  env: Env,
): Warning[] {
  const found: Warning[] = [];
  const instead = profile === null ? 'any other credentials' : `the profile ${printable(profile)}`;
  if (env.AWS_BEARER_TOKEN_BEDROCK && !apiKey && ownKey) {
    found.push({
      code: 'bearer-token-first',
      message: `AWS_BEARER_TOKEN_BEDROCK is set, so Claude Code uses that API key instead of ${instead}`,
      fix: 'unset AWS_BEARER_TOKEN_BEDROCK',
    });
  }
  if (env.AWS_ACCESS_KEY_ID && profile !== null && !apiKey) {
    found.push({
      code: 'keys-beside-profile',
      message: `AWS_ACCESS_KEY_ID is set: Claude Code uses ${instead}, the AWS CLI uses the keys`,
      fix: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
    });
  }
  if (env.AWS_ACCESS_KEY_ID && profile === null && ambient !== null && !env.AWS_PROFILE && !apiKey) {
    found.push({
      code: 'keys-before-default',
      message: `AWS_ACCESS_KEY_ID is set: these keys are used instead of the profile ${printable(ambient)}`,
      fix: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN, or set profile:',
    });
  }
  const other = env.AWS_DEFAULT_PROFILE;
  if (other && other !== 'default' && profile === null && !env.AWS_PROFILE && !env.AWS_ACCESS_KEY_ID && !apiKey) {
    found.push({
      code: 'default-profile-ignored',
      message: `AWS_DEFAULT_PROFILE is ${printable(other)}: the AWS CLI uses it, Claude Code does not`,
      fix: 'set profile: or AWS_PROFILE',
    });
  }
  const hasKey = Boolean(apiKey || (env.AWS_BEARER_TOKEN_BEDROCK && ownKey));
  if (isOn(env.CLAUDE_CODE_SKIP_BEDROCK_AUTH) && !hasKey && !gateway && !env.ANTHROPIC_BEDROCK_BASE_URL) {
    found.push({
      code: 'auth-skipped',
      message: 'CLAUDE_CODE_SKIP_BEDROCK_AUTH is set, so Claude Code signs no request, which only a gateway takes',
      fix: 'unset CLAUDE_CODE_SKIP_BEDROCK_AUTH',
    });
  }
  return found;
}

function models(settings: Settings, { region, ownModels }: Chosen, env: Env): Warning[] {
  const found: Warning[] = [];
  if (!ownModels) return found;
  const ambient = [
    { name: 'ANTHROPIC_MODEL', key: 'model', at: region },
    { name: 'ANTHROPIC_SMALL_FAST_MODEL', key: 'small_model', at: region },
    ...(env.ANTHROPIC_MODEL ? [] : [{ name: 'ANTHROPIC_DEFAULT_MODEL', key: 'model', at: region } as const]),
  ] as const;
  for (const { name, key, at } of ambient) {
    const value = env[name];
    const prefix = value && parseProfileId(parseArn(value)?.resource ?? value)?.known;
    if (settings[key] || !prefix || prefixesFrom(at).includes(prefix)) continue;
    found.push({
      code: 'ambient-model-unreachable',
      message: `${name} is ${printable(value)}, which cannot be called from ${at}`,
      fix: `set ${key}:, or unset ${name}`,
    });
  }
  const small = env.ANTHROPIC_SMALL_FAST_MODEL;
  if (
    small &&
    !settings.small_model &&
    settings.models?.value.haiku &&
    !found.some(({ fix }) => fix.includes('SMALL'))
  ) {
    found.push({
      code: 'ambient-small-model',
      message: `ANTHROPIC_SMALL_FAST_MODEL is ${printable(small)}, which comes before the haiku of models`,
      fix: 'set small_model:, or unset ANTHROPIC_SMALL_FAST_MODEL',
    });
  }
  return found;
}

function requests(settings: Settings, env: Env): Warning[] {
  const found: Warning[] = [];
  const { value: caching, source } = settings.prompt_caching;
  if (caching === '1h' && isOn(env.FORCE_PROMPT_CACHING_5M)) {
    found.push({
      code: 'caching-forced',
      message: `FORCE_PROMPT_CACHING_5M is set, so prompt_caching: 1h (${source}) has no effect`,
      fix: 'unset FORCE_PROMPT_CACHING_5M',
    });
  }
  for (const tier of ['Opus', 'Sonnet', 'Haiku']) {
    const name = `DISABLE_PROMPT_CACHING_${tier.toUpperCase()}`;
    if (caching === false || source === 'default' || !isOn(env[name])) continue;
    found.push({
      code: 'caching-disabled',
      message: `${name} is set, so prompt_caching (${source}) has no effect on ${tier}`,
      fix: `unset ${name}`,
    });
  }
  if (env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME && !settings.base_url && !env.ANTHROPIC_BEDROCK_BASE_URL) {
    found.push({
      code: 'endpoint-ignored',
      message: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME is set, but Claude Code does not go by it',
      fix: 'set base_url: in the user config',
    });
  }
  const output = settings.max_output_tokens?.value ?? whole(env.CLAUDE_CODE_MAX_OUTPUT_TOKENS);
  const thinking = settings.max_thinking_tokens?.value ?? whole(env.MAX_THINKING_TOKENS);
  const isMixed = !(settings.max_output_tokens && settings.max_thinking_tokens);
  if (isMixed && output > 0 && thinking >= output) {
    found.push({
      code: 'output-below-thinking',
      message: `CLAUDE_CODE_MAX_OUTPUT_TOKENS is ${output} and MAX_THINKING_TOKENS ${thinking}: that leaves requests that think no room for an answer`,
      fix: `set max_output_tokens: ${thinking + 1024} or more`,
    });
  }
  return found;
}
