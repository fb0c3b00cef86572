import { BedrockenvError, type WantedKey, type Warning } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { problemLine, say } from '../output/messages.ts';
import type { Resolved } from '../resolution.ts';
import { exists } from '../state/directory.ts';
import { isByPolicy } from '../state/gather.ts';
import { userConfigPath } from '../state/places.ts';
import { readFile } from '../state/read.ts';
import { settingsPath } from './places.ts';
import { recordPath } from './record-path.ts';

/**
 * Prepares what `scope: claude` asks for in a project, before anything is approved: see `prepareSync`. Where neither that
 * scope nor a trace of it is, nothing is loaded for it.
 * @throws {BedrockenvError} a settings file that must not be touched
 */
export async function prepareScope(context: Context, root: string, resolved: Resolved): Promise<Prepared> {
  if (resolved.settings.scope.value !== 'claude' && !hasTrace(context, root))
    return { apply() {}, keys: [], warnings: [] };
  const { prepareSync } = await import('./sync.ts');
  const { reachWarnings } = await import('./reach.ts');
  const apply = prepareSync(context, root, resolved);
  return { apply, keys: await scopedKeys(context, resolved), warnings: reachWarnings(context, resolved, root, root) };
}

/** What `scope: claude` has Claude Code's settings say; nothing with another scope. */
export async function scopedKeys({ base }: Context, resolved: Resolved): Promise<readonly WantedKey[]> {
  const { scope, api_key: apiKey } = resolved.settings;
  if (scope.value !== 'claude' || apiKey || resolved.clientVariables.length === 0) return [];
  return (await import('./wanted.ts')).wantedFor(resolved, 'local', base).keys;
}

interface Prepared {
  /** Writes the settings, or takes them back. */
  apply: () => void;
  keys: readonly WantedKey[];
  /** What will keep Claude Code from using them. */
  warnings: Warning[];
}

/** After a change of what a project's settings are made from. A problem is said, and keeps no shell from its plan. */
export async function syncScope(context: Context, root: string): Promise<void> {
  if (!mayBeScoped(context) && !hasTrace(context, root)) return;
  try {
    (await import('./sync.ts')).syncSettings(context, root);
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    // What was allowed when it was written is not to be used any longer.
    if (isByPolicy(error, context.base)) await leaveScope(context, root);
    // What keeps a directory from being used at all is a note of its plan.
    if (error.code.startsWith('settings-') || error.code === 'io') say(problemLine(error));
  }
}

/** When a project is not to be used any more. */
export async function leaveScope(context: Context, root: string): Promise<void> {
  if (hasTrace(context, root)) (await import('./sync.ts')).takeBack(context, root);
}

/** Only the user config can say `scope`. */
function mayBeScoped({ base, home }: Context): boolean {
  const read = readFile(userConfigPath({ env: base, home }), 1 << 20);
  return read.kind === 'file' && new TextDecoder().decode(read.bytes).includes('scope');
}

/** Whether there is a record of the project's file. Of one that leads nowhere there is none. */
function hasTrace({ state, base, home }: Context, root: string): boolean {
  try {
    return exists(recordPath(state, settingsPath('local', { env: base, home, dir: root })));
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    return false;
  }
}
