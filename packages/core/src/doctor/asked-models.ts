import { parseArn } from '../bedrock/index.ts';
import { keySources } from '../explain/sources.ts';
import { modelVariables } from '../plan/names.ts';
import type { Evidence } from './entry.ts';
import { type Facts, type Given, given, place, regionOfClient, usesBedrock } from './facts.ts';
import { shown } from './shown.ts';

export const smallRegion = 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION';

/** A model that something asks for, and the name of what does. */
export interface Model extends Given {
  name: string;
}

/** Each place that asks for a model, where Claude Code uses Amazon Bedrock. */
export function askedModels(facts: Facts): Model[] {
  if (!usesBedrock(facts)) return [];
  const named = modelVariables.flatMap((name) => {
    const found = given(facts, name);
    return found ? [{ name, ...found, value: found.value.replace(/\[1m\]$/i, '') }] : [];
  });
  const [setting] = keySources(facts.clientFiles, ['model']);
  const isUsed = setting && !named.some(({ name, value }) => name === 'ANTHROPIC_MODEL' || value === setting.value);
  const own: Model[] = isUsed ? [{ name: 'model', ...setting, by: 'settings' }] : [];
  // One model in several variables is one thing to say.
  const preset = given(facts, 'ANTHROPIC_DEFAULT_MODEL');
  if (preset && !setting && !given(facts, 'ANTHROPIC_MODEL')) own.push({ name: 'ANTHROPIC_DEFAULT_MODEL', ...preset });
  const all = [...named, ...own];
  const key = (model: Model) => `${model.by} ${regionFor(facts, model)} ${model.value}`;
  return all.filter((model, at) => all.findIndex((other) => key(other) === key(model)) === at);
}

/** Of an inference profile that is named by its ARN too. */
export function idOf({ value }: Given): string {
  return parseArn(value)?.resource ?? value;
}

/** Where requests to the model go. */
export function regionFor(facts: Facts, { name }: Model): string {
  const own = name === 'ANTHROPIC_SMALL_FAST_MODEL' ? given(facts, smallRegion)?.value : undefined;
  return own ?? regionOfClient(facts);
}

export function told(model: Model, what: string, fix: string): Evidence {
  return { message: `${model.name} is ${shown(model.value)}, which ${what}`, fix, where: place(model) };
}
