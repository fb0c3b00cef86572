import { nearest } from '../nearest.ts';
import { type CatalogueModel, catalogue, type Tier, tiers } from './catalogue.ts';

/**
 * The model that a name means. Taken: the name, the base ID whole or without its version, each with or without
 * `claude-` and `anthropic.` before it (`sonnet-5`, `claude-sonnet-4-5`, `anthropic.claude-opus-4-6-v1`).
 */
export function modelNamed(word: string): CatalogueModel | undefined {
  const bare = word.replace(/^anthropic\./, '').replace(/^claude-/, '');
  return catalogue.models.find((entry) =>
    [entry.name, entry.base, entry.base.replace(/-v\d+(:\d+)?$/, '')].includes(`claude-${bare}`),
  );
}

export function modelWithBase(base: string): CatalogueModel | undefined {
  return catalogue.models.find((entry) => entry.base === base);
}

export function isTier(word: string): word is Tier {
  return (tiers as readonly string[]).includes(word);
}

/** What a word that is no model may have meant: the nearest name, else the alias that it begins with (`opusplan`). */
export function nearestModel(word: string, aliases: Iterable<string>): string | undefined {
  const names = catalogue.models.flatMap(({ name }) => [name, name.replace(/^claude-/, '')]);
  return nearest(word, [...tiers, ...aliases, ...names]) ?? tiers.find((tier) => word.startsWith(tier));
}
