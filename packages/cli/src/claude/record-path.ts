import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { ioError, isAbsence, quoted } from '../state/folder.ts';
import { below } from '../state/places.ts';

/** Where it is kept what we did to a settings file. @throws {BedrockenvError} as {@link realPlace} */
export function recordPath(state: string, path: string): string {
  return join(state, 'settings', below(realPlace(path)));
}

/**
 * The path without symbolic links of a file that may not be there yet, nor its folders.
 * @throws {BedrockenvError} `settings-broken` for a link to nowhere, `io`
 */
export function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!isAbsence(error)) throw ioError(error, path);
  }
  if (isLink(path)) {
    const message = `is a link to nowhere (${readlinkSync(path)})`;
    throw new BedrockenvError('settings-broken', message, { where: path, fix: `rm ${quoted(path)}` });
  }
  return dirname(path) === path ? path : join(realPlace(dirname(path)), basename(path));
}

/** Also where a part of the path is no folder, about which lstat throws. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch (error) {
    if (isAbsence(error)) return false;
    throw ioError(error, path);
  }
}
