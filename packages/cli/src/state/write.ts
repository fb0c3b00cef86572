import { lstatSync, rmSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { ioError, makeFolder } from './folder.ts';
import { replaceFile } from './replace.ts';
import { removeTorn } from './torn.ts';

/**
 * Replaces a file of the state whole (temporary file, fsync, rename; mode 0600), and creates the folders above it.
 *
 * Whatever else stands in its place is removed first. Written through a symbolic link, the link's target would be
 * replaced: `/dev/zero`, if that is what somebody put there. And the file is always this user's, while no hook reads a
 * plan that another user owns.
 * @throws {BedrockenvError} code `io`, with the path
 */
export function writeState(path: string, bytes: Uint8Array | string): void {
  makeFolder(dirname(path));
  try {
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there && !there.isFile()) rmSync(path, { recursive: true });
    replaceFile(path, encoded(bytes), 0o600);
  } catch (error) {
    throw ioError(error, path);
  }
}

/**
 * Replaces a file of the user's whole, through a symbolic link if it is one, and keeps its mode and owner. What killed
 * commands left beside it goes.
 * @param mode of a new file
 * @throws {BedrockenvError} code `io`, with the path
 */
export function writeOwn(path: string, bytes: Uint8Array | string, mode?: number): void {
  makeFolder(dirname(path));
  try {
    removeTorn(replaceFile(path, encoded(bytes), mode));
  } catch (error) {
    throw ioError(error, path);
  }
}

const encoded = (bytes: Uint8Array | string) => (typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);

/** Removes a file or a folder with all that is in it; that it is not there is no error. */
export function remove(path: string): void {
  try {
    const there = lstatSync(path, { throwIfNoEntry: false });
    // Of a link to nowhere, rmSync thinks that it is gone already.
    if (there?.isSymbolicLink()) unlinkSync(path);
    else if (there) rmSync(path, { recursive: true, force: true });
  } catch (error) {
    throw ioError(error, path);
  }
}
