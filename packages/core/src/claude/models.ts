import {
  bundledListing,
  distinct,
  geographyOf,
  isTier,
  type Listing,
  type ModelContext,
  type Pin,
  pin,
  type ResolvedModel,
  resolveModel,
  resolvePin,
  type Tier,
} from '../bedrock/index.ts';
import { BedrockenvError, type Warning } from '../errors.ts';
import { allowedModels, checkModel } from '../policy/index.ts';
import type { PolicyFile, Setting, Settings } from '../project/index.ts';

/** What decides the meaning of a model besides the settings. */
export interface ModelRules {
  policy: PolicyFile | null;
  /** What models are looked up in, for a region. */
  listing(region: string): Listing;
}

const noRules: ModelRules = { policy: null, listing: () => bundledListing };

/** Every model of a directory as an exact ID. */
export interface ResolvedModels {
  /** Null when no model is chosen. */
  model: Pin | null;
  opus: Pin;
  sonnet: Pin;
  haiku: Pin;
  /** Null when no small model is chosen. */
  small: Pin | null;
  warnings: Warning[];
}

/**
 * The models of the settings for a region. An alias of a tier (`model: sonnet`) means what `models:` pins it to.
 * @throws {BedrockenvError} as `resolveModel`, with the place of the setting that asked for it; `policy-models`,
 * `policy-routing`, `policy-accounts`, `policy-regions`, with the place of the rule
 */
export function resolveModels(settings: Settings, region: string, rules: ModelRules = noRules): ResolvedModels {
  const at = contextOf(settings, region, rules);
  const tier = (name: Tier): ResolvedModel => {
    const source = settings.models?.sources?.[name] ?? settings.routing.source;
    return ruled(
      placed(source, () => resolvePin(name, at, settings.models?.value ?? {})),
      source,
      at,
      rules,
    );
  };
  const pins = { opus: tier('opus'), sonnet: tier('sonnet'), haiku: tier('haiku') };
  const model = settings.model ? resolveWish(settings, settings.model, region, rules) : null;
  const smallRegion = settings.small_model_region?.value ?? region;
  const small = settings.small_model ? resolveWish(settings, settings.small_model, smallRegion, rules) : null;
  const every = [model, ...Object.values(pins), small].filter((one) => one !== null);
  return {
    model: model && pin(model),
    opus: pin(pins.opus),
    sonnet: pin(pins.sonnet),
    haiku: pin(pins.haiku),
    small: small && pin(small),
    warnings: distinct([...every.flatMap(({ warnings }) => warnings), ...smallRegionWarnings(settings, region)]),
  };
}

/**
 * One model that somebody asks for, as the settings mean it: their aliases, pins and routing.
 * @throws {BedrockenvError} as {@link resolveModels}
 */
export function resolveWish(
  settings: Settings,
  wish: Setting<string>,
  region: string,
  rules: ModelRules = noRules,
): ResolvedModel {
  const at = contextOf(settings, region, rules);
  const resolved = placed(wish.source, () => {
    const pinned = isTier(wish.value) ? settings.models?.value[wish.value] : undefined;
    return resolveModel(pinned ?? wish.value, at);
  });
  return ruled(resolved, wish.source, at, rules);
}

function contextOf(settings: Settings, region: string, { policy, listing }: ModelRules): ModelContext {
  return {
    region,
    routing: settings.routing.value,
    aliases: settings.aliases?.value ?? {},
    listing: listing(region),
    allows: allowedModels(policy),
  };
}

function ruled(resolved: ResolvedModel, source: string, at: ModelContext, { policy }: ModelRules): ResolvedModel {
  checkModel(policy, { ...resolved, source }, at);
  return resolved;
}

function smallRegionWarnings(settings: Settings, region: string): Warning[] {
  const other = settings.small_model_region?.value;
  if (other === undefined || !settings.small_model) return [];
  if (settings.routing.value !== 'geo' || geographyOf(other) === geographyOf(region)) return [];
  const message = `requests of small_model go to ${other}, outside of the geography of ${region}`;
  return [{ code: 'small-model-leaves-geography', message, fix: `set small_model_region: ${region}` }];
}

/** Adds the place of a setting to an error that has none. @param source `path:line`, `shell` or `default` */
export function placed<T>(source: string, resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof BedrockenvError) || error.where !== undefined || !source.includes(':')) throw error;
    const { code, message, fix, exitCode } = error;
    throw new BedrockenvError(code, message, {
      where: source,
      exitCode,
      cause: error,
      ...(fix !== undefined && { fix }),
    });
  }
}
