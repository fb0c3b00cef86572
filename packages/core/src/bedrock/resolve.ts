import { printable } from '../display.ts';
import { BedrockenvError, type Warning } from '../errors.ts';
import { listedProfile } from './account-list.ts';
import { modelBehind, routingOf } from './account-models.ts';
import { type CatalogueModel, catalogue, displayName, profileId } from './catalogue.ts';
import { bundledListing, canReach, chosenOf, isListed, type Listing } from './listing.ts';
import { isTier, modelNamed, modelWithBase, nearestModel } from './names.ts';
import { type BedrockArn, type ProfileId, parseArn, parseProfileId } from './profile-id.ts';
import { isPrefix, type Prefix } from './regions.ts';
import { modelNames, prefixOf, type Route, routeWarnings, whatThereIs } from './routing.ts';

/** What the meaning of a model depends on. */
export interface ModelContext extends Route {
  /** The user's own aliases. One named like a tier (`sonnet`) takes its place. */
  aliases?: Readonly<Record<string, string>>;
  /** What an organisation allows: the alias of a tier means the newest of those. */
  allows?: ((model: CatalogueModel, prefix: Prefix) => boolean) | undefined;
}

export interface ResolvedModel {
  /** An inference profile ID that exists for the route, or what the user gave as an exact ID or ARN. */
  id: string;
  /** `Sonnet 5`; null when only the account knows the model. */
  name: string | null;
  /** What stands after `anthropic.` in the ID, or of the model behind an ARN; null when only the account knows it. */
  base: string | null;
  /** Where requests may be processed: a prefix, or one region; null when only the account knows it. */
  routing: string | null;
  warnings: Warning[];
}

/**
 * The exact inference profile that a wish means: an alias (`sonnet`, or the user's own), a model name
 * (`claude-sonnet-5`, `sonnet-5`), an inference profile ID, or an ARN.
 * Only listed pairs of model and prefix are ever composed; an ID written out is taken as it is, with a warning where
 * the bundled list does not know it or where it leaves the routing.
 * @throws {BedrockenvError} `unknown-model`, `model-unavailable`, `profile-unreachable`, `no-geography`,
 * `routing-unreachable`: each says what there is
 */
export function resolveModel(want: string, at: ModelContext): ResolvedModel {
  const word = want.replace(/\[1m\]$/i, '');
  const aliases = at.aliases ?? {};
  const meant = Object.hasOwn(aliases, word) ? (aliases[word] as string).replace(/\[1m\]$/i, '') : word;
  const resolved = resolveWord(meant, at);
  if (word === want) return resolved;
  const warning = {
    code: 'context-suffix',
    message: `[1m] is no part of an inference profile ID and is left out of ${printable(want)}`,
    fix: 'choose the long context inside Claude Code with /model',
  };
  return { ...resolved, warnings: [warning, ...resolved.warnings] };
}

function resolveWord(word: string, at: ModelContext): ResolvedModel {
  if (isTier(word)) {
    const prefix = prefixOf(at);
    const newest = chosenOf(word, prefix, listingAt(at), at.allows) ?? chosenOf(word, prefix, listingAt(at));
    if (newest) return listed(newest, at);
    const message = `there is no ${word} model for ${routeText(at)}; there is ${modelNames(prefix, at.listing)}`;
    throw new BedrockenvError('model-unavailable', message, { fix: 'choose one of them, or another routing' });
  }
  const arn = parseArn(word);
  if (arn) return withArn(word, arn, at);
  const id = parseProfileId(word);
  if (id) return withId(id, at);
  const named = modelNamed(word, listingAt(at).all);
  if (named) return listed(named, at);
  throw unknownModel(word, at);
}

const listingAt = ({ listing = bundledListing }: Route): Listing => listing;

/** A model of a list, with the prefix of the route. */
export function listed({ base }: CatalogueModel, at: ModelContext): ResolvedModel {
  const listing = listingAt(at);
  const model = modelWithBase(base, listing.all) as CatalogueModel;
  const prefix = prefixOf(at);
  if (!model.prefixes.includes(prefix)) {
    const elsewhere = model.prefixes.filter((other) => canReach(at.region, other, listing));
    const own = elsewhere.length > 0 ? ` (from ${at.region} it can be had with routing ${elsewhere.join(' or ')})` : '';
    throw new BedrockenvError(
      'model-unavailable',
      `${model.name} has no inference profile for ${routeText(at)}${own}; there is ${modelNames(prefix, listing)}`,
      { fix: 'choose one of them, or another routing' },
    );
  }
  const id = profileId(model, prefix);
  const missing = isListed(listing, model, prefix) ? [] : [unlisted(id, at)];
  const warnings = [...routeWarnings(at), ...lifecycle(model), ...missing];
  return { id, name: displayName(model), base, routing: prefix, warnings };
}

function withId(profile: ProfileId, at: ModelContext): ResolvedModel {
  const { id, known, base, prefix } = profile;
  const { list, all } = listingAt(at);
  const model = modelWithBase(base, all);
  if (known !== null && !canReach(at.region, known, at.listing)) {
    const message = `${id} cannot be called from ${at.region}; ${whatThereIs(at.region, at.listing)}`;
    throw new BedrockenvError('profile-unreachable', message, {
      fix: 'give a model name instead of the ID, or another region',
    });
  }
  const warnings = [...leaving(profile, at), ...(model ? lifecycle(model) : [])];
  const isThere = list === null ? profile.listed : listedProfile(list, id)?.isActive;
  if (!isThere) warnings.push(unlisted(id, at));
  return { id, name: model ? displayName(model) : null, base, routing: prefix, warnings };
}

function withArn(text: string, arn: BedrockArn, at: ModelContext): ResolvedModel {
  const profile = parseProfileId(arn.resource);
  const warnings = profile ? leaving(profile, at) : [];
  if (arn.region !== at.region) {
    warnings.push({
      code: 'arn-region',
      message: `${text} is in ${arn.region}, but the region is ${at.region}: Amazon Bedrock will not find it there`,
      fix: `set region: ${arn.region}`,
    });
  }
  const { list, all } = listingAt(at);
  const isAsked = list !== null && list.region === arn.region && list.account === text.split(':')[4];
  const behind = isAsked ? listedProfile(list, text) : undefined;
  if (isAsked && !behind?.isActive && arn.kind !== 'provisioned-model') warnings.push(unlisted(text, at));
  const model = profile ? modelWithBase(profile.base, all) : behind && modelBehind(behind);
  if (model) warnings.push(...lifecycle(model));
  const own = arn.kind === 'provisioned-model' ? arn.region : null;
  const routing = profile?.prefix ?? (behind && routingOf(behind.models, at.region)) ?? own;
  if (!profile && routing !== null && routing !== at.region)
    warnings.push(...leaving({ id: text, prefix: routing }, at));
  const base = profile?.base ?? model?.base ?? null;
  return { id: text, name: model ? displayName(model) : null, base, routing, warnings };
}

/** What is used although no list has it. */
function unlisted(id: string, at: ModelContext): Warning {
  const { list } = listingAt(at);
  const whose = list
    ? `what account ${list.account} answered on ${list.date.slice(0, 10)} for ${list.region}`
    : `the bundled list of ${catalogue.date}`;
  return {
    code: 'unlisted-model',
    message: list ? `${whose} has no ${id}; it is used as it is` : `${whose} does not know ${id}; it is used as it is`,
    fix: `bedrockenv models --region ${at.region} --refresh`,
  };
}

/** `global` holds every place, so only a narrower routing can be left. */
function leaving(profile: { id: string; prefix: string }, at: ModelContext): Warning[] {
  const warnings = routeWarnings({ ...at, routing: 'global' });
  const prefix = at.routing === 'geo' ? prefixOfOrNull(at) : at.routing;
  if (prefix === 'global' || prefix === profile.prefix) return warnings;
  const message = `${profile.id} may process requests outside of ${routeText(at)}`;
  return [
    ...warnings,
    {
      code: 'leaves-routing',
      message,
      fix: `if that is meant, set routing: ${isPrefix(profile.prefix) ? profile.prefix : 'global'}`,
    },
  ];
}

function prefixOfOrNull(at: Route): string | null {
  try {
    return prefixOf(at);
  } catch {
    return null;
  }
}

function lifecycle(model: CatalogueModel): Warning[] {
  if (model.status === 'active') return [];
  return [
    {
      code: `model-${model.status}`,
      message: `${model.name} is ${model.status} on Amazon Bedrock: ${model.retirement}`,
      fix: `model: ${model.tier}`,
    },
  ];
}

/** `eu (routing geo, eu-central-1)`. */
function routeText(at: Route): string {
  const prefix = at.routing === 'geo' ? prefixOfOrNull(at) : at.routing;
  return prefix === null ? `the geography of ${at.region}` : `${prefix} (routing ${at.routing}, ${at.region})`;
}

function unknownModel(word: string, at: ModelContext): BedrockenvError {
  const own = Object.keys(at.aliases ?? {});
  const guess = nearestModel(word, own, listingAt(at).all);
  const shown = printable(word.length > 80 ? `${word.slice(0, 80)}…` : word);
  const known = ['opus', 'sonnet', 'haiku', ...own, ...listingAt(at).all.map(({ name }) => name)].join(', ');
  return new BedrockenvError(
    'unknown-model',
    `${JSON.stringify(shown)} is no model, inference profile ID or ARN of an inference profile; models: ${known}`,
    { fix: guess ? `did you mean ${guess}?` : 'bedrockenv models' },
  );
}
