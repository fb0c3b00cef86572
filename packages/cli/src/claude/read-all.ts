import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockenvError, checkSettings, type ReadSettings, readSettingsText } from '@bedrockenv/core';
import { gitTop, sameDirectory } from './git-top.ts';
import { managedFolder, type SettingsPlace, settingsPath } from './places.ts';
import { readRemembered } from './remembered.ts';
import { readAnyText } from './settings-file.ts';

/**
 * Reads every settings file of Claude Code that counts where it is started, the one that beats the others first: the
 * machine's, of which the later ones in `managed-settings.d` beat the earlier, then local, project, user, and the `env`
 * of what the client remembers.
 * @param place `dir`: where it is started
 * @returns also what is wrong with those that the client ignores, or that are to be saved otherwise
 */
export function readClientSettings(place: SettingsPlace): { files: ReadSettings[]; ignored: BedrockenvError[] } {
  const files: ReadSettings[] = [];
  const ignored: BedrockenvError[] = [];
  const managed = [...dropIns(join(managedFolder(place.env), 'managed-settings.d')), settingsPath('managed', place)];
  const own = [
    ...localDirectories(place).map((dir) => settingsPath('local', { ...place, dir })),
    settingsPath('project', place),
    settingsPath('user', place),
  ];
  const tell = (problem: BedrockenvError) => void ignored.push(problem);
  for (const read of [
    ...managed.map((path) => () => readOne(path, true, tell)),
    ...[...new Set(own)].map((path) => () => readOne(path, false, tell)),
    () => readRemembered(place),
  ]) {
    try {
      const file = read();
      if (file) files.push(file);
    } catch (error) {
      if (!(error instanceof BedrockenvError)) throw error;
      tell(error);
    }
  }
  return { files, ignored };
}

/**
 * One wrong value in a file of the machine is left out alone; with broken JSON there 2.1.330 does not start, and older
 * versions ignore the file (measured).
 */
function readOne(path: string, isManaged: boolean, tell: (problem: BedrockenvError) => void): ReadSettings | null {
  const text = readAnyText(path, tell);
  if (text === null) return null;
  try {
    const settings = readSettingsText(text, path);
    if (!isManaged) checkSettings(settings, path);
    return { path, settings };
  } catch (error) {
    if (!isManaged || text.trim() === '' || !(error instanceof BedrockenvError)) throw error;
    const message = error.message.replace(
      /^Claude Code ignores .*?: /,
      'Claude Code does not start, or ignores all of it: ',
    );
    const { code, where = path, fix = 'correct it' } = error;
    throw new BedrockenvError(code, message, { where, fix, cause: error });
  }
}

/**
 * The directories whose `.claude/settings.local.json` the client reads when it is started in `dir`, the one that beats
 * the other first: the top of the git repository, and `dir` itself (2.1.330, measured). Those in between play no part,
 * nor does a home folder that is itself a repository. Versions up to 2.1.197 read that of `dir` alone, as every version
 * does with `.claude/settings.json`.
 */
export function localDirectories({ dir, home }: Pick<SettingsPlace, 'dir' | 'home'>): string[] {
  const top = localTop({ dir, home });
  return top === null ? [dir] : [top, dir];
}

/** The top of the repository, where its settings come before those of `dir`; null: there are no others. */
export function localTop({ dir, home }: Pick<SettingsPlace, 'dir' | 'home'>): string | null {
  const top = gitTop(dir);
  return top === null || sameDirectory(top, dir) || sameDirectory(top, home) ? null : top;
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
