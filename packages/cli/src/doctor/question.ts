import {
  allowedEnvironment,
  type Facts,
  given,
  type Identity,
  keyPlace,
  modelVariables,
  regionOfClient,
} from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { secretOf } from '../secrets.ts';
import type { Question } from './ask.ts';
import type { Invoked } from './live.ts';

/** What Claude Code would ask here, and as whom. @throws {BedrockenvError} `api-key` */
export async function liveQuestion(
  { base, home }: Context,
  facts: Facts,
  { settings, profile, policy }: Identity,
): Promise<{ question: Question; invoked: Invoked[] }> {
  const { api_key: setting } = settings;
  const apiKey = setting ? await secretOf(keyPlace(setting.value, home), setting.value, base) : null;
  const own = allowedEnvironment(policy, base).AWS_BEARER_TOKEN_BEDROCK;
  const region = regionOfClient(facts);
  const small = given(facts, 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION')?.value;
  const invoked = modelVariables.flatMap((name) => {
    const id = given(facts, name)?.value.replace(/\[1m\]$/i, '');
    if (!id || !/anthropic\.|^arn:/.test(id)) return [];
    return [{ id, region: (name === 'ANTHROPIC_SMALL_FAST_MODEL' && small) || region }];
  });
  const question = {
    region,
    profile: apiKey || own ? null : profile,
    credentials: null,
    apiKey: apiKey ?? (own || null),
    endpoint: given(facts, 'ANTHROPIC_BEDROCK_BASE_URL')?.value ?? null,
  };
  const once = new Map(invoked.map((each) => [`${each.id} ${each.region}`, each]));
  return { question, invoked: [...once.values()] };
}
