import { BedrockenvError, type Warning } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { catalogue, modelsFor } from './catalogue.ts';
import { geographyOf, knownRegions, type Prefix, partialSourceRegions, prefixesFrom, type Routing } from './regions.ts';

/** Where a request starts and where it may go. */
export interface Route {
  region: string;
  routing: Routing;
}

/**
 * The prefix that a route means.
 * @throws {BedrockenvError} `no-geography` when the region has none of its own, `routing-unreachable` when the routing
 * cannot be called from the region; both list what there is
 */
export function prefixOf({ region, routing }: Route): Prefix {
  const prefix = routing === 'geo' ? geographyOf(region) : routing;
  if (prefix === null) {
    throw new BedrockenvError(
      'no-geography',
      `${region} has no geography of its own for routing geo; ${whatThereIs(region)}`,
      {
        fix: fixFor(region),
      },
    );
  }
  if (!canReach(region, prefix)) {
    throw new BedrockenvError(
      'routing-unreachable',
      `routing ${prefix} cannot be called from ${region}; ${whatThereIs(region)}`,
      {
        fix: fixFor(region),
      },
    );
  }
  return prefix;
}

export function canReach(region: string, prefix: Prefix): boolean {
  return prefixesFrom(region).includes(prefix);
}

/** The routings of a region with their models, as the end of an error message. */
export function whatThereIs(region: string): string {
  const routes = prefixesFrom(region).map((prefix) => `${prefix} (${modelNames(prefix)})`);
  const there =
    routes.length > 0 ? `from there one can call ${routes.join(' or ')}` : 'no Claude model is listed there';
  const guess = knownRegions.includes(region) ? undefined : nearest(region, knownRegions);
  return guess ? `${there}; did you mean ${guess}?` : there;
}

export function modelNames(prefix: Prefix): string {
  return modelsFor(prefix)
    .map(({ name }) => name)
    .join(', ');
}

function fixFor(region: string): string {
  const there = prefixesFrom(region);
  const best = geographyOf(region) ?? (there.includes('global') ? 'global' : there[0]);
  if (best !== undefined) return `set routing: ${best}, if requests may be processed there, or another region`;
  return 'set region: to one that has Claude models, such as us-east-1';
}

/** What one may not expect of a route that works. */
export function routeWarnings({ region, routing }: Route): Warning[] {
  const warnings: Warning[] = [];
  if (!knownRegions.includes(region)) {
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
  if (partialSourceRegions.includes(region) && (routing === 'geo' || routing === 'eu')) {
    warnings.push({
      code: 'partial-source-region',
      message: `only some models can be called from ${region} through ${geographyOf(region)}`,
      fix: `bedrockenv models --region ${region} --refresh`,
    });
  }
  return warnings;
}
