import { type Finding, mergeSettings, ownershipOf } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import type { Resolved } from '../resolution.ts';
import { scopes, settingsPath } from './places.ts';
import { reachWarnings } from './reach.ts';
import { readSettingsFile } from './settings-file.ts';
import { wantedFor } from './wanted.ts';

/**
 * The settings files in which keys of ours are not as they should be.
 * @param root the real directory of the project; null outside of projects
 * @param ignored the files that Claude Code ignores anyway
 */
export function driftFindings(
  context: Context,
  resolved: Resolved,
  root: string | null,
  ignored: readonly Finding[],
): Finding[] {
  if (resolved.clientVariables.length === 0) return [];
  const dir = root ?? context.cwd();
  return scopes.flatMap((scope): Finding[] => {
    const path = settingsPath(scope, { env: context.base, home: context.home, dir });
    if (ignored.some(({ where }) => where?.startsWith(path))) return [];
    const drift = driftOf(context, resolved, scope, path);
    if (drift === null || drift.length === 0) return [];
    return [
      {
        ...{ code: 'settings-drift', severity: 'warning', where: path },
        message: `what bedrockenv wrote is not what applies here (${drift.join(', ')})`,
        fix: `bedrockenv claude-settings --scope ${scope} --write`,
      },
    ];
  });
}

/** With `scope: claude`, what keeps Claude Code from the settings of the project. */
export function reachFindings(context: Context, resolved: Resolved, root: string | null): Finding[] {
  if (resolved.clientVariables.length === 0) return [];
  return reachWarnings(context, resolved, root, context.cwd()).map((warning) => ({
    ...warning,
    severity: 'warning',
    where: null,
  }));
}

/** The names of the keys that bedrockenv wrote into a settings file. */
export function recordedKeys(state: string, path: string): string[] {
  const { states } = readSettingsFile(state, path).record;
  return [...new Set(states.flatMap(({ keys }) => keys.map((key) => key.path.at(-1) as string)))];
}

/** The names of keys that differ in a file that we wrote; null: we wrote nothing there. */
function driftOf(
  { state, base }: Context,
  resolved: Resolved,
  scope: (typeof scopes)[number],
  path: string,
): string[] | null {
  const file = readSettingsFile(state, path);
  if (file.record.states.length === 0) return null;
  const { keys } = wantedFor(resolved, scope, base);
  const { changes } = mergeSettings(file.text, ownershipOf(file.record, file.text), keys, path);
  return changes.map(({ path: key }) => key.at(-1) as string);
}
