import { BedrockenvError, type Warning } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { catalogue, modelsFor } from './catalogue.ts';
import { bundledListing, canReach, geographyIn, type Listing } from './listing.ts';
import {
  geographyOf,
  knownRegions,
  type Prefix,
  partialSourceRegions,
  prefixes,
  prefixesFrom,
  type Routing,
} from './regions.ts';

/** Where a request starts and where it may go. */
export interface Route {
  region: string;
  routing: Routing;
  /** The bundled list, unless the account was asked. */
  listing?: Listing;
}

/**
 * The prefix that a route means.
 * @throws {BedrockenvError} `no-geography` when the region has none of its own, `routing-unreachable` when the routing
 * cannot be called from the region; both list what there is
 */
export function prefixOf({ region, routing, listing = bundledListing }: Route): Prefix {
  const prefix = routing === 'geo' ? geographyIn(region, listing) : routing;
  if (prefix === null) {
    throw new BedrockenvError(
      'no-geography',
      `${region} has no geography of its own for routing geo; ${whatThereIs(region, listing)}`,
      {
        fix: fixFor(region, listing),
      },
    );
  }
  if (!canReach(region, prefix, listing)) {
    throw new BedrockenvError(
      'routing-unreachable',
      `routing ${prefix} cannot be called from ${region}; ${whatThereIs(region, listing)}`,
      {
        fix: fixFor(region, listing),
      },
    );
  }
  return prefix;
}

/** The routings of a region with their models, as the end of an error message. */
export function whatThereIs(region: string, listing: Listing = bundledListing): string {
  const routes = prefixes
    .filter((prefix) => canReach(region, prefix, listing))
    .map((prefix) => `${prefix} (${modelNames(prefix, listing)})`);
  const there =
    routes.length > 0 ? `from there one can call ${routes.join(' or ')}` : 'no Claude model is listed there';
  const guess = knownRegions.includes(region) ? undefined : nearest(region, knownRegions);
  return guess ? `${there}; did you mean ${guess}?` : there;
}

export function modelNames(prefix: Prefix, { all }: Listing = bundledListing): string {
  return modelsFor(prefix, all)
    .map(({ name }) => name)
    .join(', ');
}

function fixFor(region: string, listing: Listing): string {
  const there = prefixesFrom(region);
  const best = geographyIn(region, listing) ?? (there.includes('global') ? 'global' : there[0]);
  if (best !== undefined) return `set routing: ${best}, if requests may be processed there, or another region`;
  return 'set region: to one that has Claude models, such as us-east-1';
}

/** What one may not expect of a route that works. */
export function routeWarnings({ region, routing, listing = bundledListing }: Route): Warning[] {
  const warnings: Warning[] = [];
  const isAsked = listing.list !== null;
  if (!knownRegions.includes(region) && !isAsked) {
    const guess = nearest(region, knownRegions);
    warnings.push({
      code: 'unknown-region',
      message: `the bundled list of ${catalogue.date} does not know the region ${region}`,
      fix: guess ? `if it is misspelt, set region: ${guess}` : '',
    });
  }
  if (routing === 'geo' && region.startsWith('ca-')) {
    warnings.push({
      code: 'geography-wider-than-country',
      message: `${region} belongs to the geography us: requests may be processed in the United States`,
      fix: 'if that is meant, set routing: us',
    });
  }
  if (!isAsked && partialSourceRegions.includes(region) && (routing === 'geo' || routing === 'eu')) {
    warnings.push({
      code: 'partial-source-region',
      message: `only some models can be called from ${region} through ${geographyOf(region)}`,
      fix: `bedrockenv models --region ${region} --refresh`,
    });
  }
  return warnings;
}
