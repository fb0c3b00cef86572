import { parseArn } from '../bedrock/index.ts';
import { valueAt } from '../claude/index.ts';
import { keySources } from '../explain/sources.ts';
import { nearest } from '../nearest.ts';
import { askedModels, type Model, told } from './asked-models.ts';
import type { Evidence } from './entry.ts';
import { type Facts, given, usesBedrock } from './facts.ts';

/** What Claude Code takes for a model besides IDs and ARNs (2.1.330, measured). */
const clientAliases = ['sonnet', 'opus', 'haiku', 'fable', 'best', 'opusplan'];

/** Names that Claude Code does not know and so asks Amazon Bedrock for as they are; a gateway may know names of its own. */
export function unknownModels(facts: Facts): Evidence[] {
  if (given(facts, 'ANTHROPIC_BEDROCK_BASE_URL')) return [];
  return askedModels(facts).flatMap((model) => {
    const name = model.value.trim().toLowerCase();
    if (name === '' || clientAliases.includes(name) || /claude-/.test(name) || parseArn(model.value)) return [];
    const near = nearest(name, clientAliases);
    const what = 'Claude Code knows by no such name, and Amazon Bedrock neither';
    return [told(model, what, near ? `did you mean ${near}?` : 'bedrockenv models')];
  });
}

/**
 * Of `availableModels` an alias stands for every model of its tier, a model's name for its inference profiles, and an ID or
 * ARN for itself. A model that none of them stands for gives way in silence (2.1.330, measured).
 */
export function notAvailable(facts: Facts): Evidence[] {
  const entries = facts.clientFiles.flatMap(({ settings }) => {
    const list = valueAt(settings, ['availableModels']);
    return Array.isArray(list) ? [list.flatMap((each) => (typeof each === 'string' ? [each.toLowerCase()] : []))] : [];
  });
  const main = mainModel(facts);
  if (entries.length === 0 || !main) return [];
  const asked = main.value
    .trim()
    .toLowerCase()
    .replace(/\[1m\]$/, '');
  const base = asked.split('anthropic.').at(-1) as string;
  const standsFor = (entry: string) =>
    entry === asked || base.startsWith(entry.startsWith('claude-') ? entry : `claude-${entry}-`);
  if (entries.flat().some(standsFor)) return [];
  const [at] = keySources(facts.clientFiles, ['availableModels']);
  const fix = 'ask for a model that is in availableModels, or add it there';
  return [{ ...told(main, 'availableModels leaves out: Claude Code uses another', fix), where: at?.source ?? null }];
}

/** The one that is asked for by itself, and not for a tier. */
function mainModel(facts: Facts): Model | null {
  if (!usesBedrock(facts)) return null;
  const named = given(facts, 'ANTHROPIC_MODEL');
  if (named) return { name: 'ANTHROPIC_MODEL', ...named };
  const [setting] = keySources(facts.clientFiles, ['model']);
  return setting && setting.value !== '' ? { name: 'model', ...setting, by: 'settings' } : null;
}
