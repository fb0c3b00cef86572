import { nearest } from '../nearest.ts';
import { type CatalogueModel, catalogue, nameOfBase, type Tier, tiers } from './catalogue.ts';

/**
 * The model that a name means. Taken: the name, the base ID whole or without its version, each with or without
 * `claude-` and `anthropic.` before it (`sonnet-5`, `claude-sonnet-4-5`, `anthropic.claude-opus-4-6-v1`).
 */
export function modelNamed(
  word: string,
  models: readonly CatalogueModel[] = catalogue.models,
): CatalogueModel | undefined {
  const bare = bareName(word);
  return models.find((entry) =>
    [entry.name, entry.base, entry.base.replace(/-v\d+(:\d+)?$/, '')].includes(`claude-${bare}`),
  );
}

function bareName(word: string): string {
  return word.replace(/^anthropic\./, '').replace(/^claude-/, '');
}

/**
 * The name of the model that a word means, as a rule compares it: `claude-sonnet-5`. Of a model that the bundled list does
 * not know, what the word itself says; null for what has not the form of a name.
 */
export function nameMeant(word: string): string | null {
  const named = modelNamed(word);
  if (named) return named.name;
  const name = nameOfBase(`claude-${bareName(word)}`);
  return /^claude-[a-z0-9.-]+$/.test(name) && /\d/.test(name) && tiers.some((tier) => name.includes(tier))
    ? name
    : null;
}

export function modelWithBase(
  base: string,
  models: readonly CatalogueModel[] = catalogue.models,
): CatalogueModel | undefined {
  return models.find((entry) => entry.base === base);
}

export function isTier(word: string): word is Tier {
  return (tiers as readonly string[]).includes(word);
}

/** What a word that is no model may have meant: the nearest name, else the alias that it begins with (`opusplan`). */
export function nearestModel(
  word: string,
  aliases: Iterable<string>,
  models: readonly CatalogueModel[] = catalogue.models,
): string | undefined {
  const names = models.flatMap(({ name }) => [name, name.replace(/^claude-/, '')]);
  return nearest(word, [...tiers, ...aliases, ...names]) ?? tiers.find((tier) => word.startsWith(tier));
}
