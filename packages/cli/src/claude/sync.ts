import { ownershipOf, undoSettings } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { say } from '../output/messages.ts';
import { type Resolved, resolveGathered } from '../resolution.ts';
import { gather, readOwn } from '../state/gather.ts';
import { ignoreInGit, unignoreInGit } from './git-ignore.ts';
import { settingsPath } from './places.ts';
import { mergeInto, readSettingsFile, type SettingsFile, writeSettingsFile } from './settings-file.ts';
import { wantedFor } from './wanted.ts';

/**
 * Brings a project's `.claude/settings.local.json` in line with its scope: with `scope: claude` Claude Code gets the
 * project's identity there, which the shell does not get; with `scope: shell` what was written for the other is taken
 * back.
 * @returns what does it, once all that may be wrong with the file was found
 * @throws {BedrockenvError} a settings file that must not be touched; nothing was written
 */
export function prepareSync(context: Context, root: string, resolved: Resolved): () => void {
  const file = localFile(context, root);
  const { scope, api_key: apiKey } = resolved.settings;
  // With an API key the settings would lack the credentials, and Claude Code would go by the user's own.
  if (scope.value !== 'claude' || apiKey) return () => void takeBackFile(context, file);
  const { keys } = wantedFor(resolved, 'local', context.base);
  const merged = mergeInto(file, keys, 'local');
  if (merged.changes.length === 0) return () => {};
  return () => {
    const automatic = file.record.automatic || file.record.states.length === 0;
    writeSettingsFile(context.state, file, merged, { automatic });
    keepOutOfGit(context, file);
    say(`${file.path}: Claude Code gets this directory's identity there`);
  };
}

/** As {@link prepareSync}, for what applies in a directory with its files as they are. */
export function syncSettings(context: Context, root: string): void {
  const { state, base, home } = context;
  prepareSync(context, root, resolveGathered(context, gather({ state, env: base, home }, readOwn(root)), root))();
}

/** Takes back what `scope: claude` wrote for a project. What was written by command stays. */
export function takeBack(context: Context, root: string): void {
  takeBackFile(context, localFile(context, root));
}

/** Adds a file to what git ignores here, and remembers that. */
export function keepOutOfGit(context: Context, { path }: SettingsFile): void {
  const file = readSettingsFile(context.state, path);
  if (file.record.states.length === 0) return;
  const ignored = file.record.ignored ?? ignoreInGit(file.real, context.base);
  if (ignored === file.record.ignored) return;
  writeSettingsFile(
    context.state,
    file,
    { text: file.text, ownership: ownershipOf(file.record, file.text) },
    { ignored },
  );
}

function takeBackFile({ state }: Context, file: SettingsFile): void {
  const { text, record, path } = file;
  if (!record.automatic) return;
  writeSettingsFile(state, file, { text: undoSettings(text, ownershipOf(record, text), path), ownership: null });
  unignoreInGit(record.ignored);
  say(`${path}: what was set for Claude Code is taken back`);
}

function localFile({ state, base, home }: Context, root: string): SettingsFile {
  return readSettingsFile(state, settingsPath('local', { env: base, home, dir: root }));
}
