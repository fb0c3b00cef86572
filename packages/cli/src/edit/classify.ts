import { catalogue, isTier, modelNamed, nearest, parseArn, parseProfileId, printable } from '@bedrockenv/core';
import { usage } from '../usage.ts';

/** The names that there are on this machine. */
export interface Known {
  profiles: readonly string[];
  environments: readonly string[];
  /** The user's own names for models. */
  aliases: readonly string[];
}

export type Kind = 'model' | 'profile' | 'use';

/**
 * What a word names: a model, an AWS profile, or (`use`) an environment. What exists decides.
 * @throws {BedrockenvError} `usage`, exit code 2: when it names several things, or none
 */
export function classify(word: string, { profiles, environments, aliases }: Known): Kind {
  const kinds: Kind[] = [
    ...(isModel(word, aliases) ? (['model'] as const) : []),
    ...(profiles.includes(word) ? (['profile'] as const) : []),
    ...(environments.includes(word) ? (['use'] as const) : []),
  ];
  const [only] = kinds;
  const shown = printable(word);
  if (only && kinds.length === 1) return only;
  if (only) {
    const names = { model: 'a model', profile: 'an AWS profile', use: 'an environment' };
    const fix = kinds.includes('profile')
      ? `for the profile: bedrockenv use --profile ${shown}`
      : 'write it with bedrockenv edit';
    throw usage('use', `${shown} is ${kinds.map((kind) => names[kind]).join(' and ')}`, fix);
  }
  const models = ['opus', 'sonnet', 'haiku', ...aliases, ...catalogue.models.map(({ name }) => name)];
  const near = nearest(word, [...profiles, ...environments, ...models]);
  const message = `${shown} is no model, AWS profile or environment`;
  throw usage('use', message, near ? `did you mean ${near}?` : 'for the profiles: bedrockenv profiles');
}

function isModel(word: string, aliases: readonly string[]): boolean {
  const name = word.replace(/\[1m\]$/i, '');
  return aliases.includes(name) || isTier(name) || Boolean(modelNamed(name) || parseArn(name) || parseProfileId(name));
}
