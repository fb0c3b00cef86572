import { modelNamed } from './names.ts';
import { geographyOf, partialSourceRegions, prefixesFrom } from './regions.ts';
import type { ModelRow } from './usable.ts';

/** What one should know of a usable inference profile before choosing it: its end, where it leads, what it costs. */
export function notesOf({ name, routing }: Pick<ModelRow, 'name' | 'routing'>, region: string): string[] {
  const model = modelNamed(name);
  const notes = model?.retirement ? [model.retirement] : [];
  const where = beyond(routing, region);
  if (where) notes.push(where);
  if (partialSourceRegions.includes(region) && routing === 'eu') notes.push(`perhaps not from ${region}`);
  const hasGlobal = model?.prefixes.includes('global') && prefixesFrom(region).includes('global');
  if (model && hasGlobal && routing !== 'global' && isPricedByRouting(model.version)) {
    notes.push('about 10 % dearer than global');
  }
  return notes;
}

/** Where a prefix takes requests that its region's users may not expect; null when they stay in its own geography. */
export function beyond(prefix: string | null, region: string): string | null {
  if (prefix === 'global') return 'processed in any commercial region';
  if (prefix === 'apac') return 'processed anywhere in Asia and the Pacific';
  return prefix === 'us' && region.startsWith('ca-') && geographyOf(region) === 'us'
    ? 'processed in the United States too'
    : null;
}

/**
 * From Claude 4.5 on, geographic inference profiles cost about a tenth more than global ones (Amazon Bedrock User Guide,
 * "Global cross-Region inference": "approximately 10% savings" of Sonnet 4.5, and general of later models).
 */
function isPricedByRouting([major, minor]: readonly [number, number]): boolean {
  return major > 4 || (major === 4 && minor >= 5);
}
