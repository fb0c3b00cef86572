import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BedrockenvError, type ReadSettings, readSettingsText } from '@bedrockenv/core';
import { exists } from '../state/directory.ts';
import { managedFolder, type SettingsPlace, settingsPath } from './places.ts';
import { readText } from './settings-file.ts';

/**
 * Reads every settings file of Claude Code that counts in a directory, the one that beats the others first: the
 * machine's, of which the later ones in `managed-settings.d` beat the earlier, then local, project, user.
 * @returns also what is wrong with those that the client ignores
 */
export function readClientSettings(place: SettingsPlace): { files: ReadSettings[]; ignored: BedrockenvError[] } {
  const files: ReadSettings[] = [];
  const ignored: BedrockenvError[] = [];
  const own = (['managed', 'local', 'project', 'user'] as const).map((scope) => settingsPath(scope, place));
  for (const path of [...dropIns(join(managedFolder(place.env), 'managed-settings.d')), ...new Set(own)]) {
    try {
      const text = readText(path);
      if (text !== null) files.push({ path, settings: readSettingsText(text, path) });
    } catch (error) {
      if (!(error instanceof BedrockenvError)) throw error;
      ignored.push(error);
    }
  }
  return { files, ignored };
}

/**
 * The directory whose `.claude` the client reads when it is started in `cwd`: that one, or if it has none, the top of its
 * git repository (2.1.330, measured; those in between play no part).
 */
export function clientDirectory(cwd: string): string {
  if (exists(join(cwd, '.claude'))) return cwd;
  for (let at = cwd; ; at = dirname(at)) {
    if (exists(join(at, '.git'))) return at;
    if (at === dirname(at)) return cwd;
  }
}

function dropIns(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    return names
      .sort()
      .reverse()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
