import { resolve } from 'node:path';
import type { ApiKeySource, Plan, PlanVariable } from '@bedrockenv/core';
import type { Context } from './context.ts';
import type { Assignments } from './output/formats.ts';
import type { Overrides } from './resolution.ts';
import { exists, realDirectory } from './state/directory.ts';
import type { DirenvWords } from './state/direnv.ts';
import { type Located, locate } from './state/located.ts';
import { userConfigPath } from './state/places.ts';
import { freshPlan } from './state/plans.ts';

/**
 * What a directory does to an environment: a value or null for each variable.
 * From the compiled plan while it is fresh, without reading YAML; else resolved here and now.
 * @param want `dir`: another directory than the current one; overrides for this once
 * @throws {BedrockenvError} exit code 3 when its file is not approved, 1 when it is broken or does not resolve
 */
export async function environmentAt(
  context: Context,
  { dir, ...overrides }: { dir: string | undefined } & Overrides,
): Promise<Assignments> {
  const start = dir === undefined ? context.cwd() : realDirectory(resolve(context.cwd(), dir));
  const located = locate(context.state, start);
  if (located.blocked) throw located.blocked;
  const asItIs = overrides.profile === undefined && overrides.model === undefined;
  if (asItIs && !located.applies && !exists(userConfigPath({ env: context.base, home: context.home }))) return {};
  const plan = asItIs ? planFor(context, located) : null;
  if (plan) return assignments(plan.variables, undefined, context);

  const { resolveLocated } = await import('./resolution.ts');
  const { variables, settings } = resolveLocated(context, located, overrides);
  return assignments(variables, settings.api_key?.value, context);
}

/**
 * What `use bedrock` with words does to an environment.
 * @throws {BedrockenvError} exit code 2 for a wrong word, 1 when they do not resolve
 */
export async function environmentOfWords(context: Context, words: DirenvWords): Promise<Assignments> {
  const { base, home, state } = context;
  const [{ resolveWords }, { gather }] = await Promise.all([import('./resolution.ts'), import('./state/gather.ts')]);
  const { variables, settings } = resolveWords(context, gather({ state, env: base, home }, null), words);
  return assignments(variables, settings.api_key?.value, context);
}

/**
 * A fresh plan that says everything. One without variables may stand for an error, and one with a key that a command
 * prints does not say which: both are resolved again.
 */
function planFor({ state, base }: Context, { applies }: Located): Plan | null {
  const text = applies ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(applies.bytes) : '';
  const plan = freshPlan(state, applies?.root ?? '', text, base);
  if (plan === null || plan.variables.length === 0) return null;
  return plan.variables.some(({ op }) => op === 'command') ? null : plan;
}

async function assignments(
  variables: readonly Pick<PlanVariable, 'op' | 'name' | 'value'>[],
  key: ApiKeySource | undefined,
  { base }: Context,
): Promise<Assignments> {
  const all: Record<string, string | null> = {};
  for (const variable of variables) {
    if (variable.op === 'set') all[variable.name] = variable.value;
    else if (variable.op === 'unset') all[variable.name] = null;
    else all[variable.name] = await (await import('./secrets.ts')).secretOf(variable, key, base);
  }
  return all;
}
