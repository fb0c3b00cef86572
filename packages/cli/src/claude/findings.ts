import { type Finding, keySources, mergeSettings, ownershipOf } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { type Resolved, resolveLocated } from '../resolution.ts';
import { locate } from '../state/located.ts';
import { scopes, settingsPath } from './places.ts';
import { clientDirectory, readClientSettings } from './read-all.ts';
import { readSettingsFile } from './settings-file.ts';
import { wantedFor } from './wanted.ts';

/**
 * What is to say about Claude Code's settings files in a directory: those that the client ignores, keys of ours that are
 * not as they should be, and keys of others that beat what the directory says. No value of a file is told.
 * @throws {BedrockenvError} what keeps the directory from resolving
 */
export function settingsFindings(context: Context): Finding[] {
  const { home, base } = context;
  const dir = clientDirectory(context.cwd());
  const { files, ignored } = readClientSettings({ env: base, home, dir });
  const found: Finding[] = ignored.map(({ code, message, where = null, fix = '' }) => ({
    ...{ code, severity: 'error', message, where, fix },
  }));
  const { applies } = locate(context.state, context.cwd());
  const resolved = resolveLocated(context, locate(context.state, context.cwd()));
  if (resolved.clientVariables.length === 0) return found;

  const ours = new Map<string, string[]>();
  for (const scope of scopes) {
    const path = settingsPath(scope, { env: base, home, dir: applies?.root ?? dir });
    if (ignored.some(({ where }) => where?.startsWith(path))) continue;
    const drift = driftOf(context, resolved, scope, path);
    if (drift === null) continue;
    ours.set(path, drift);
    if (drift.length === 0) continue;
    found.push({
      ...{ code: 'settings-drift', severity: 'warning', where: path },
      message: `what bedrockenv wrote is not what applies here (${drift.join(', ')})`,
      fix: `bedrockenv claude-settings --scope ${scope} --write`,
    });
  }
  for (const { op, name, value } of resolved.clientVariables) {
    const [winner] = keySources(files, ['env', name]);
    if (op !== 'set' || winner === undefined || winner.value === value) continue;
    if ([...ours].some(([path, drift]) => winner.source.startsWith(`${path}:`) && drift.includes(name))) continue;
    found.push({
      ...{ code: 'settings-beat-shell', severity: 'warning', where: winner.source },
      message: `${name} of this file beats what applies here`,
      fix: `remove it there, or run: bedrockenv claude-settings --write; see: bedrockenv explain ${name}`,
    });
  }
  return found;
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
