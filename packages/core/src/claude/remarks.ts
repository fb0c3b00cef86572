import { beyond, geographyOf, modelOfBase } from '../bedrock/index.ts';
import type { Warning } from '../errors.ts';
import type { Settings } from '../project/index.ts';
import type { ResolvedModels } from './models.ts';

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

/**
 * Settings that do nothing with the chosen model. From 4.6 on models think adaptively: Claude Code (2.1.330, measured with
 * each model of the catalogue since 4.5) sends them the effort and no budget; to older ones a budget and no effort.
 */
export function thinkingRemarks(settings: Settings, { model }: Pick<ResolvedModels, 'model'>): Warning[] {
  const [major, minor] = (model?.base && modelOfBase(model.base, [])?.version) || [0, 0];
  if (major === 0) return [];
  const isAdaptive = major > 4 || (major === 4 && minor >= 6);
  const { max_thinking_tokens: budget, effort } = settings;
  const name = model?.name ?? model?.id;
  const found: Warning[] = [];
  if (budget && isAdaptive) {
    const message = `max_thinking_tokens (${budget.source}) does nothing with ${name}, which thinks as much as it needs`;
    found.push({ code: 'thinking-unused', message, fix: 'use effort: instead' });
  }
  if (effort && !isAdaptive) {
    const message = `effort (${effort.source}) does nothing with ${name}`;
    found.push({ code: 'effort-unused', message, fix: 'use max_thinking_tokens: instead' });
  }
  return found;
}
