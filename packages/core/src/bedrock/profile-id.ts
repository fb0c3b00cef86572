import type { CatalogueModel } from './catalogue.ts';
import { isTier, modelWithBase, nameMeant } from './names.ts';
import { type Prefix, prefixes } from './regions.ts';

/** An inference profile ID taken apart. */
export interface ProfileId {
  id: string;
  /** The prefix as written; it need not be one that is known. */
  prefix: string;
  /** What stands after `anthropic.`. */
  base: string;
  /** The prefix, when it is a known one. */
  known: Prefix | null;
  model: CatalogueModel | null;
  /** Whether the catalogue lists this model with this prefix. */
  listed: boolean;
}

/** `eu.anthropic.claude-sonnet-5` and alike, known or not; null for anything else. */
export function parseProfileId(id: string): ProfileId | null {
  const match = /^([a-z]{2,10}(?:-[a-z]{2,10})?)\.anthropic\.([a-z0-9][a-z0-9.:-]*)$/.exec(id);
  if (match === null) return null;
  const [, prefix, base] = match as unknown as [string, string, string];
  const known = prefixes.find((candidate) => candidate === prefix) ?? null;
  const model = modelWithBase(base) ?? null;
  return { id, prefix, base, known, model, listed: model !== null && known !== null && model.prefixes.includes(known) };
}

const arnPattern =
  /^arn:aws(?:-[a-z]+)*:bedrock:([a-z0-9-]+):\d{12}:((?:application-)?inference-profile|provisioned-model)\/([\w.:-]+)$/;

/** The ARN of something that Amazon Bedrock can invoke. */
export interface BedrockArn {
  region: string;
  kind: 'inference-profile' | 'application-inference-profile' | 'provisioned-model';
  /** What stands after the slash: an inference profile ID, or the random name of an application inference profile. */
  resource: string;
}

/**
 * An ARN that Claude Code takes as a model; null for any other text.
 * Foundation model ARNs are not among them: Claude models cannot be invoked on demand without an inference profile.
 */
export function parseArn(text: string): BedrockArn | null {
  const match = arnPattern.exec(text);
  if (match === null) return null;
  const [, region, kind, resource] = match as unknown as [string, string, BedrockArn['kind'], string];
  return { region, kind, resource };
}

/** Whether a word can mean a model without an alias of the user's: a tier, a name, an inference profile ID or an ARN. */
export function isModelWord(word: string): boolean {
  return isTier(word) || nameMeant(word) !== null || parseArn(word) !== null || parseProfileId(word) !== null;
}
