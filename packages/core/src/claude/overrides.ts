import { parseArn } from '../bedrock/index.ts';
import type { Warning } from '../errors.ts';
import type { ResolvedModels } from './models.ts';

/** ARNs by the Anthropic ID of the model behind them: `claude-sonnet-5`, `claude-sonnet-4-5-20250929`. */
export type ModelOverrides = Readonly<Record<string, string>>;

/**
 * `modelOverrides` of Claude Code's settings. An ARN with a random name tells the client nothing, and it then asks for a
 * budget of thinking and no effort, whatever the model; with its ARN under the Anthropic ID of the model behind it, the
 * request is that model's own (measured on 2.1.330, for ARNs in variables and in settings alike).
 * @returns also what cannot be told: an ID has one ARN alone
 */
export function modelOverrides(models: ResolvedModels): { overrides: ModelOverrides; warnings: Warning[] } {
  const overrides = new Map<string, string>();
  const warnings: Warning[] = [];
  for (const { id, base } of opaque(models)) {
    if (base === null) continue;
    const name = base.replace(/-v\d+(:\d+)?$/, '');
    const other = overrides.get(name);
    if (other === undefined) overrides.set(name, id);
    if (other === undefined || other === id) continue;
    const message = `${other} and ${id} are both ${name}, of which Claude Code knows one: it does not know what the second can do`;
    warnings.push({ code: 'override-taken', message, fix: 'use one of them' });
  }
  return { overrides: Object.fromEntries(overrides), warnings };
}

/** What to know of an ARN when it is chosen: what Claude Code does not know by the shell's variables alone. */
export function overrideRemarks(models: ResolvedModels, region: string): Warning[] {
  return opaque(models).map(({ id, base }) => ({
    code: base === null ? 'arn-unknown' : 'arn-capabilities',
    message:
      base === null
        ? `only the account knows the model behind ${id}, and Claude Code not what it can do`
        : `Claude Code knows what the model behind ${id} can do by its settings alone`,
    fix:
      base === null
        ? `bedrockenv models --region ${region} --refresh`
        : 'to write them: bedrockenv claude-settings --write',
  }));
}

/** The models, each once, whose ID does not say what they are. */
function opaque({ model, opus, sonnet, haiku, small }: ResolvedModels): { id: string; base: string | null }[] {
  const arns = [model, opus, sonnet, haiku, small].filter((pin) => pin !== null);
  const distinct = new Map(arns.map(({ id, base }) => [id, { id, base }]));
  return [...distinct.values()].filter(({ id }) => (parseArn(id)?.kind ?? 'inference-profile') !== 'inference-profile');
}
