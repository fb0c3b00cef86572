import { appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exists } from './directory.ts';
import { ioError } from './folder.ts';
import { readFile } from './read.ts';

/** The list's name in the state folder. */
export const foldersName = 'made-folders';

const listPath = (state: string) => join(state, foldersName);

/** The folders of a path that are not there, the outer before the inner. */
export function missingFolders(path: string): string[] {
  if (exists(path) || path === dirname(path)) return [];
  return [...missingFolders(dirname(path)), path];
}

/** Remembers folders outside of the state folder that are about to be made, for `uninstall`. */
export function rememberFolders(state: string, folders: readonly string[]): void {
  const known = new Set(rememberedFolders(state));
  const lines = folders.filter((folder) => !known.has(folder)).map((folder) => `${JSON.stringify(folder)}\n`);
  if (lines.length === 0) return;
  try {
    appendFileSync(listPath(state), lines.join(''), { mode: 0o600 });
  } catch (error) {
    throw ioError(error, listPath(state));
  }
}

/** All of them. A line that an interruption cut off is passed over. */
export function rememberedFolders(state: string): string[] {
  const read = readFile(listPath(state), 1 << 20);
  if (read.kind !== 'file') return [];
  return new TextDecoder()
    .decode(read.bytes)
    .split('\n')
    .flatMap((line) => {
      try {
        const folder: unknown = JSON.parse(line);
        return typeof folder === 'string' ? [folder] : [];
      } catch {
        return [];
      }
    });
}
