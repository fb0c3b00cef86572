import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { ioError, isAbsence, quoted } from './folder.ts';
import { type Read, readFile } from './read.ts';
import { realPath } from './torn.ts';

export const fileName = '.bedrockrc';

/** The most that a directory file may have, as its reader in core has it, which takes long to load. */
export const fileLimit = 65_536;

/** A directory file that exists, whatever it is. */
export interface Found {
  /** Its directory without symbolic links: what approvals and plans go by. */
  root: string;
  /** Its path in that directory. */
  path: string;
}

/** The directory files from `start` upwards, nearest first, by the names that the user sees (not the real ones). */
export function findUpwards(start: string): Found[] {
  const found: Found[] = [];
  for (let at = resolve(start); ; at = dirname(at)) {
    if (exists(join(at, fileName))) {
      // Below a folder that may not be looked into, its name is all there is; reading the file then says why.
      const root = realPath(at);
      found.push({ root, path: join(root, fileName) });
    }
    if (at === dirname(at)) return found;
  }
}

/** Every place above a real directory where a directory file would count, nearest first. */
export function placesAbove(root: string): Found[] {
  const places: Found[] = [];
  for (let at = root; at !== dirname(at); ) {
    at = dirname(at);
    places.push({ root: at, path: join(at, fileName) });
  }
  return places;
}

/**
 * Reads a directory file.
 * A dangling link is broken rather than absent, and so is a file with a NUL byte, which no shell can hold.
 */
export function readDirectory(path: string): Read {
  const read = readFile(path, fileLimit);
  if (read.kind === 'absent' && exists(path)) return { kind: 'broken', reason: 'a link to nowhere' };
  if (read.kind === 'file' && read.bytes.includes(0)) return { kind: 'broken', reason: 'contains a NUL byte' };
  return read;
}

/**
 * The directory file that a command's DIR means: the one in DIR, or without DIR the nearest one upwards.
 * @throws {BedrockenvError} codes `no-file`, `io`
 */
export function chosen(cwd: string, dir: string | undefined): Found {
  if (dir === undefined) {
    const [nearest] = findUpwards(cwd);
    if (nearest) return nearest;
    throw new BedrockenvError('no-file', `there is no ${fileName} here or above`, {
      where: cwd,
      fix: 'to write one: bedrockenv use <model or profile>',
    });
  }
  const root = realDirectory(resolve(cwd, dir));
  const path = join(root, fileName);
  if (exists(path)) return { root, path };
  throw new BedrockenvError('no-file', `there is no ${fileName} in ${quoted(root)}`, { fix: 'name its directory' });
}

/** A directory's real path; DIR may also name the directory file itself. @throws {BedrockenvError} */
export function realDirectory(path: string): string {
  try {
    const real = realpathSync(path);
    if (lstatSync(real).isDirectory()) return real;
    if (basename(path) === fileName) return realpathSync(dirname(path));
  } catch (error) {
    throw ioError(error, path);
  }
  throw new BedrockenvError('not-a-directory', 'is not a directory', { where: path });
}

/** Whether anything is there, be it a link to nowhere. */
export function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // Not looked at, so it may be there: reading it says why not.
    return !isAbsence(error);
  }
}
