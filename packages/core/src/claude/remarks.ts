import { beyond, geographyOf } from '../bedrock/index.ts';
import type { Warning } from '../errors.ts';
import type { Settings } from '../project/index.ts';

/**
 * What one should know of a choice before it is used: that requests leave the geography, that something costs more. It
 * is what was asked for, so it is said when it is chosen, and not each time that a shell enters the directory.
 */
export function remarks(settings: Settings, region: string): Warning[] {
  const found: Warning[] = [];
  const { value: routing, source } = settings.routing;
  const where = beyond(routing, region);
  if (where !== null && source !== 'default') {
    const geography = geographyOf(region);
    const fix = geography ? `to stay in ${geography}: routing: geo` : '';
    found.push({ code: 'leaves-geography', message: `routing ${routing}: requests may be ${where}`, fix });
  }
  if (settings.service_tier?.value === 'priority') {
    const message = 'service_tier priority: each token costs more than with default';
    found.push({ code: 'dearer-tier', message, fix: '' });
  }
  if (settings.prompt_caching.value === '1h') {
    const message = 'prompt_caching 1h: writing to the cache costs 2 times the price of input, instead of 1.25 times';
    found.push({ code: 'dearer-caching', message, fix: '' });
  }
  return found;
}
