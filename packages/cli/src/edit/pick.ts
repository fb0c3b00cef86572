import type { Aws } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { type Asker, askerFor, type Choice } from '../questions/asker.ts';
import type { Resolved } from '../resolution.ts';
import { modelChoices, profileChoices } from '../setup/offers.ts';
import { Interruption } from '../sign-in/interruption.ts';
import type { Changes } from './yaml.ts';

/** What there is to pick from, and what holds now. */
export interface Offered {
  aws: Aws;
  environments: readonly string[];
  /** What some changes would come to; null: they cannot be used, for a reason that is said when they are made. */
  preview(changes: Changes): Resolved | null;
}

/**
 * Asks for a profile (or an environment) and a model, each with what it stands for; the models are those of the region
 * that the profile leads to.
 * @returns nothing where nothing is to change
 * @throws {Interrupted} on Ctrl-C
 */
export async function pick(context: Context, offered: Offered): Promise<Changes> {
  using interruption = new Interruption();
  const asker = await askerFor(context.env, interruption.signal);
  const { aws, environments, preview } = offered;
  const now = preview({});
  const changes: Record<string, string> = {};
  const profiles: Choice<readonly [string, string]>[] = [
    ...environments.map((name) => ({
      value: ['use', name] as const,
      label: name,
      hint: 'an environment of the user config',
    })),
    ...profileChoices(aws, context).map(({ value, ...shown }) => ({ value: ['profile', value] as const, ...shown })),
  ];
  if (profiles.length > 0) {
    const chosen = await oneOrNone(asker, 'AWS profile?', profiles, now?.profile ?? undefined);
    if (chosen) changes[chosen[0]] = chosen[1];
  }
  const region = preview(changes)?.region?.value;
  if (region === undefined) return changes;
  const chosen = await oneOrNone(asker, 'Model?', modelChoices(region), now?.settings.model?.value);
  return chosen === null ? changes : { ...changes, model: chosen };
}

function oneOrNone<Value>(
  asker: Asker,
  question: string,
  choices: readonly Choice<Value>[],
  now: string | undefined,
): Promise<Value | null> {
  const keep = { value: null, label: now === undefined ? 'none' : `as it is: ${now}` };
  return asker.one<Value | null>(question, [keep, ...choices], null);
}
