import type { Prefix } from './regions.ts';

export const tiers = ['opus', 'sonnet', 'haiku'] as const;
export type Tier = (typeof tiers)[number];

export type ModelStatus = 'active' | 'deprecated' | 'retired';

/** One Claude model on Amazon Bedrock. */
export interface CatalogueModel {
  /** What a person types, `claude-sonnet-4-5`: the base ID without its date and version. */
  name: string;
  /** What stands after the prefix and `anthropic.`, `claude-sonnet-4-5-20250929-v1:0`. */
  base: string;
  tier: Tier;
  /** `[4, 5]`: what "newest" compares. */
  version: readonly [major: number, minor: number];
  status: ModelStatus;
  /** When Amazon Bedrock ends it, as a sentence; null while it is active. */
  retirement: string | null;
  /** The prefixes that inference profiles of this model exist for. No other one is ever made up. */
  prefixes: readonly Prefix[];
}

export interface Catalogue {
  /** Year and month of the listing, `2026-11`. */
  date: string;
  source: string;
  models: readonly CatalogueModel[];
}

function model(base: string, listed: string, ended?: [ModelStatus, string]): CatalogueModel {
  const made = modelOfBase(base, listed.split(' ') as Prefix[]) as CatalogueModel;
  return ended ? { ...made, status: ended[0], retirement: ended[1] } : made;
}

/**
 * A model by its base ID alone: `claude-sonnet-4-5-20250929-v1:0` is named `claude-sonnet-4-5`, and the version is read
 * from the name. Null for one of no tier.
 */
export function modelOfBase(base: string, prefixes: readonly Prefix[]): CatalogueModel | null {
  const name = nameOfBase(base);
  const tier = tiers.find((each) => name.includes(each));
  const [major = 0, minor = 0] = (name.match(/\d+/g) ?? []).map(Number);
  return tier ? { name, base, tier, version: [major, minor], status: 'active', retirement: null, prefixes } : null;
}

/**
 * The inference profiles that exist, as documented: the offline default. What an account really has is the answer of
 * `bedrock:ListInferenceProfiles`. A pair of model and prefix that sources disagree on is left out. Ends are those of Amazon
 * Bedrock (User Guide, "Model lifecycle" and the model cards), which differ from those of Anthropic's own API.
 */
export const catalogue: Catalogue = {
  date: '2026-11',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html',
  models: [
    model('claude-opus-5-5', 'us eu jp au global'),
    model('claude-opus-5', 'us eu jp au global'),
    model('claude-opus-4-8', 'us eu jp au us-gov global'),
    model('claude-opus-4-7', 'us eu jp au global'),
    model('claude-opus-4-6-v1', 'us eu au global'),
    model('claude-opus-4-5-20251101-v1:0', 'us eu global'),
    model('claude-opus-4-1-20250805-v1:0', 'us', ['deprecated', 'end of life on 2027-01-08']),
    model('claude-opus-4-20250514-v1:0', 'us', ['retired', 'end of life since 2026-05-31']),
    model('claude-sonnet-5-5', 'us eu global'),
    model('claude-sonnet-5', 'us eu jp au global'),
    model('claude-sonnet-4-6', 'us eu jp au global'),
    model('claude-sonnet-4-5-20250929-v1:0', 'us eu jp au us-gov global'),
    model('claude-sonnet-4-20250514-v1:0', 'us eu apac global', ['deprecated', 'end of life from 2026-10-14']),
    model('claude-3-7-sonnet-20250219-v1:0', 'us', ['retired', 'end of life since 2026-04-28']),
    model('claude-haiku-5-5', 'us eu jp au global'),
    model('claude-haiku-4-5-20251001-v1:0', 'us eu jp au global'),
    model('claude-3-5-haiku-20241022-v1:0', 'us', ['retired', 'end of life since 2026-06-19']),
  ],
};

/** The name of a model by its base ID: `claude-sonnet-4-5` for `claude-sonnet-4-5-20250929-v1:0`, listed or not. */
export function nameOfBase(base: string): string {
  return base.replace(/-v\d+(:\d+)?$/, '').replace(/-\d{8}$/, '');
}

/** How people call a model: `Sonnet 5`, `Opus 5.5`, `Haiku 4.5`. */
export function displayName(entry: CatalogueModel): string {
  const [major, minor] = entry.version;
  const tier = `${entry.tier.charAt(0).toUpperCase()}${entry.tier.slice(1)}`;
  return minor === 0 ? `${tier} ${major}` : `${tier} ${major}.${minor}`;
}

/** The inference profile ID of a listed pair, `eu.anthropic.claude-sonnet-5`. */
export function profileId(entry: CatalogueModel, prefix: Prefix): string {
  if (!entry.prefixes.includes(prefix)) throw new RangeError(`${entry.name} has no inference profile for ${prefix}`);
  return `${prefix}.anthropic.${entry.base}`;
}

/**
 * The models that have an inference profile with the prefix and are not retired, newest first within their tier.
 * Active ones come before deprecated ones, so that the first of a tier is what its alias means.
 */
export function modelsFor(prefix: Prefix, models: readonly CatalogueModel[] = catalogue.models): CatalogueModel[] {
  return models
    .filter((entry) => entry.prefixes.includes(prefix) && entry.status !== 'retired')
    .sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || byUse(a, b));
}

/** What the alias of a tier means with the prefix: its newest active model, else its newest deprecated one. */
export function newestOf(tier: Tier, prefix: Prefix): CatalogueModel | undefined {
  return modelsFor(prefix).find((entry) => entry.tier === tier);
}

function byUse(a: CatalogueModel, b: CatalogueModel): number {
  const [isOldA, isOldB] = [isOld(a), isOld(b)];
  return isOldA === isOldB ? byVersion(a, b) : isOldA ? 1 : -1;
}

/** Deprecated, or one that the bundled list does not know and that is older than a deprecated one. */
function isOld(entry: CatalogueModel): boolean {
  if (entry.status !== 'active') return true;
  return catalogue.models.some(
    ({ tier, status, version }) => tier === entry.tier && status !== 'active' && byVersion({ version }, entry) < 0,
  );
}

function byVersion(a: Pick<CatalogueModel, 'version'>, b: Pick<CatalogueModel, 'version'>): number {
  return b.version[0] - a.version[0] || b.version[1] - a.version[1];
}
