import type { Warning } from '../errors.ts';
import { type Tier, tiers } from './catalogue.ts';
import { bundledListing, chosenOf } from './listing.ts';
import { listed, type ModelContext, type ResolvedModel, resolveModel } from './resolve.ts';
import { prefixOf } from './routing.ts';

/** What the user pinned the tiers to, in any form that {@link resolveModel} takes. */
export type Pins = Readonly<Partial<Record<Tier, string>>>;

export type Pin = Omit<ResolvedModel, 'warnings'>;

/** Which tier stands in for one that has no model: the next one up, then down. */
const standIns: Readonly<Record<Tier, readonly Tier[]>> = {
  opus: ['sonnet', 'haiku'],
  sonnet: ['opus', 'haiku'],
  haiku: ['sonnet', 'opus'],
};

/**
 * What the alias of a tier is pinned to, so that Claude Code never has to guess an ID: the user's pin, else the user's alias
 * of that name, else the newest active model.
 * @throws {BedrockenvError} as {@link resolveModel}, for a pin that the user wrote and for a route with no models
 */
export function resolvePin(tier: Tier, at: ModelContext, pins: Pins): ResolvedModel {
  const wanted = pins[tier];
  if (wanted !== undefined) return resolveModel(wanted, at);
  if (Object.hasOwn(at.aliases ?? {}, tier)) return resolveModel(tier, at);
  const prefix = prefixOf(at);
  const listing = at.listing ?? bundledListing;
  if (chosenOf(tier, prefix, listing, at.allows)) return resolveModel(tier, at);
  const standIn = standIns[tier]
    .map((other) => chosenOf(other, prefix, listing, at.allows))
    .find((model) => model !== undefined);
  if (standIn === undefined) return resolveModel(tier, at);
  const resolved = listed(standIn, at);
  const isThere = chosenOf(tier, prefix, listing) !== undefined;
  const why = isThere ? `the policy allows no ${tier} model` : `there is no ${tier} model for routing ${prefix}`;
  const warning = {
    code: 'tier-unavailable',
    message: `${why}: ${tier} is pinned to ${standIn.name}${dearer(tier, standIn.tier)}`,
    fix: '',
  };
  return { ...resolved, warnings: [warning, ...resolved.warnings] };
}

/** Tiers are listed from the dearest on. */
function dearer(tier: Tier, standIn: Tier): string {
  return tiers.indexOf(standIn) < tiers.indexOf(tier) ? ', which costs more' : '';
}

/** The same warning said of several models is said once. */
export function distinct(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [`${warning.code}\0${warning.message}`, warning])).values()];
}

export function pin({ warnings: _, ...resolved }: ResolvedModel): Pin {
  return resolved;
}
