import { printable } from '../display.ts';
import { BedrockenvError, type Warning } from '../errors.ts';
import { type CatalogueModel, catalogue, displayName, newestOf, profileId } from './catalogue.ts';
import { isTier, modelNamed, nearestModel } from './names.ts';
import { type BedrockArn, nameOfId, type ProfileId, parseArn, parseProfileId } from './profile-id.ts';
import { canReach, modelNames, prefixOf, type Route, routeWarnings, whatThereIs } from './routing.ts';

/** What the meaning of a model depends on. */
export interface ModelContext extends Route {
  /** The user's own aliases. One named like a tier (`sonnet`) takes its place. */
  aliases?: Readonly<Record<string, string>>;
}

export interface ResolvedModel {
  /** An inference profile ID that exists for the route, or what the user gave as an exact ID or ARN. */
  id: string;
  /** `Sonnet 5`; null when only the account knows the model. */
  name: string | null;
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
    const newest = newestOf(word, prefix);
    if (newest) return listed(newest, at);
    const message = `there is no ${word} model for ${routeText(at)}; there is ${modelNames(prefix)}`;
    throw new BedrockenvError('model-unavailable', message, { fix: 'choose one of them, or another routing' });
  }
  const arn = parseArn(word);
  if (arn) return withArn(word, arn, at);
  const id = parseProfileId(word);
  if (id) return withId(id, at);
  const named = modelNamed(word);
  if (named) return listed(named, at);
  throw unknownModel(word, at);
}

/** A model of the catalogue, with the prefix of the route. */
export function listed(model: CatalogueModel, at: ModelContext): ResolvedModel {
  const prefix = prefixOf(at);
  if (!model.prefixes.includes(prefix)) {
    const elsewhere = model.prefixes.filter((other) => canReach(at.region, other));
    const own = elsewhere.length > 0 ? ` (from ${at.region} it can be had with routing ${elsewhere.join(' or ')})` : '';
    throw new BedrockenvError(
      'model-unavailable',
      `${model.name} has no inference profile for ${routeText(at)}${own}; there is ${modelNames(prefix)}`,
      { fix: 'choose one of them, or another routing' },
    );
  }
  const warnings = [...routeWarnings(at), ...lifecycle(model)];
  return { id: profileId(model, prefix), name: displayName(model), warnings };
}

function withId(profile: ProfileId, at: ModelContext): ResolvedModel {
  const { id, known, model } = profile;
  if (known !== null && !canReach(at.region, known)) {
    const message = `${id} cannot be called from ${at.region}; ${whatThereIs(at.region)}`;
    throw new BedrockenvError('profile-unreachable', message, {
      fix: 'give a model name instead of the ID, or another region',
    });
  }
  const warnings = [...leaving(profile, at), ...(model ? lifecycle(model) : [])];
  if (!profile.listed) {
    warnings.push({
      code: 'unlisted-model',
      message: `the bundled list of ${catalogue.date} does not know ${id}; it is used as it is`,
      fix: `bedrockenv models --region ${at.region} --refresh`,
    });
  }
  return { id, name: nameOfId(id), warnings };
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
  return { id: text, name: nameOfId(text), warnings };
}

/** `global` holds every place, so only a narrower routing can be left. */
function leaving(profile: ProfileId, at: ModelContext): Warning[] {
  const warnings = routeWarnings({ ...at, routing: 'global' });
  const prefix = at.routing === 'geo' ? prefixOfOrNull(at) : at.routing;
  if (prefix === 'global' || prefix === profile.prefix) return warnings;
  const message = `${profile.id} may process requests outside of ${routeText(at)}`;
  return [
    ...warnings,
    { code: 'leaves-routing', message, fix: `if that is meant, set routing: ${profile.known ?? 'global'}` },
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
  const guess = nearestModel(word, own);
  const shown = printable(word.length > 80 ? `${word.slice(0, 80)}…` : word);
  const known = ['opus', 'sonnet', 'haiku', ...own, ...catalogue.models.map(({ name }) => name)].join(', ');
  return new BedrockenvError(
    'unknown-model',
    `${JSON.stringify(shown)} is no model, inference profile ID or ARN of an inference profile; models: ${known}`,
    { fix: guess ? `did you mean ${guess}?` : 'bedrockenv models' },
  );
}
