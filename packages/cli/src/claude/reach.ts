import { keySources, mergeSettings, ownershipOf, type Warning } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import type { Resolved } from '../resolution.ts';
import { quoted } from '../state/folder.ts';
import { sameDirectory } from './git-top.ts';
import { settingsPath } from './places.ts';
import { localDirectories, localTop, readClientSettings } from './read-all.ts';
import { readSettingsFile } from './settings-file.ts';
import { wantedFor } from './wanted.ts';

/**
 * With `scope: claude` all depends on the settings file that Claude Code finds where it is started. What keeps it from
 * finding the project's there, or from using it.
 * @param root the project's directory; null outside of projects
 * @param cwd where the client would be started
 * @throws {BedrockenvError} a settings file that cannot be read
 */
export function reachWarnings(context: Context, resolved: Resolved, root: string | null, cwd: string): Warning[] {
  const { scope, api_key: apiKey } = resolved.settings;
  if (scope.value !== 'claude' || apiKey || resolved.clientVariables.length === 0) return [];
  if (root === null) return outside(context, resolved);
  if (!localDirectories({ ...place(context), dir: cwd }).some((dir) => sameDirectory(dir, root))) {
    return [
      {
        code: 'settings-out-of-reach',
        message: `Claude Code started here does not read ${settingsPath('local', { ...place(context), dir: root })}`,
        fix: `start it in the project's own directory: cd ${quoted(root)}`,
      },
    ];
  }
  return beaten(context, resolved, root);
}

/** The file of the repository's top beats that of a project below it, key by key. */
function beaten(context: Context, resolved: Resolved, root: string): Warning[] {
  const top = localTop({ ...place(context), dir: root });
  if (top === null) return [];
  const file = settingsPath('local', { ...place(context), dir: top });
  const [read] = readClientSettings({ ...place(context), dir: top }).files.filter(({ path }) => path === file);
  if (!read) return [];
  const { keys } = wantedFor(resolved, 'local', context.base);
  const others = keys.filter(({ path, value, alternatives = [] }) =>
    keySources([read], path).some(({ value: found }) => ![value, ...alternatives].includes(found)),
  );
  if (others.length === 0) return [];
  return [
    {
      code: 'settings-beaten',
      message: `Claude Code takes ${others.map(({ path }) => path.at(-1)).join(', ')} from ${file} instead`,
      fix: 'remove them there',
    },
  ];
}

/** Nothing is written outside of projects unless the user says so. */
function outside(context: Context, resolved: Resolved): Warning[] {
  const file = readSettingsFile(context.state, settingsPath('user', { ...place(context), dir: '' }));
  const { keys } = wantedFor(resolved, 'user', context.base);
  if (mergeSettings(file.text, ownershipOf(file.record, file.text), keys, file.path).changes.length === 0) return [];
  return [
    {
      code: 'settings-not-written',
      message: 'outside of projects scope: claude sets nothing by itself',
      fix: 'bedrockenv claude-settings --scope user --write',
    },
  ];
}

const place = ({ base, home }: Context) => ({ env: base, home });
