import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockenvError, type ReadSettings, readSettingsText } from '@bedrockenv/core';
import { gitTop, sameDirectory } from './git-top.ts';
import { managedFolder, type SettingsPlace, settingsPath } from './places.ts';
import { readText } from './settings-file.ts';

/**
 * Reads every settings file of Claude Code that counts where it is started, the one that beats the others first: the
 * machine's, of which the later ones in `managed-settings.d` beat the earlier, then local, project, user.
 * @param place `dir`: where it is started
 * @returns also what is wrong with those that the client ignores
 */
export function readClientSettings(place: SettingsPlace): { files: ReadSettings[]; ignored: BedrockenvError[] } {
  const files: ReadSettings[] = [];
  const ignored: BedrockenvError[] = [];
  const own = [
    settingsPath('managed', place),
    ...localDirectories(place.dir).map((dir) => settingsPath('local', { ...place, dir })),
    settingsPath('project', place),
    settingsPath('user', place),
  ];
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
 * The directories whose `.claude/settings.local.json` the client reads when it is started in `cwd`, the one that beats
 * the other first: the top of the git repository, and `cwd` itself (2.1.330, measured). Those in between play no part.
 * Versions up to 2.1.197 read that of `cwd` alone, as every version does with `.claude/settings.json`.
 */
export function localDirectories(cwd: string): string[] {
  const top = gitTop(cwd);
  return top === null || sameDirectory(top, cwd) ? [cwd] : [top, cwd];
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
