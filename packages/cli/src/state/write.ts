import { chmodSync, lstatSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ioError, makeFolder } from './folder.ts';

/**
 * Replaces a file of the state whole (temporary file, fsync, rename; mode 0600), and creates the folders above it.
 *
 * Whatever else stands in its place is removed first. Written through a symbolic link, the link's target would be
 * replaced: `/dev/zero`, if that is what somebody put there. And root would keep another owner's file that owner's, while
 * no hook reads a plan that another user owns.
 * @throws {BedrockenvError} code `io`, with the path
 */
export function writeState(path: string, bytes: Uint8Array | string): void {
  makeFolder(dirname(path));
  try {
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there && !there.isFile()) rmSync(path, { recursive: true });
    writeFileAtomic.sync(path, bytes as Buffer, { mode: 0o600, ...owner(), ...wholeOf(bytes) });
  } catch (error) {
    throw ioError(error, path);
  }
}

/**
 * Replaces a file of the user's whole, through a symbolic link if it is one, and keeps its mode and owner.
 * @param mode of a new file
 * @throws {BedrockenvError} code `io`, with the path
 */
export function writeOwn(path: string, bytes: Uint8Array | string, mode?: number): void {
  makeFolder(dirname(path));
  try {
    writeFileAtomic.sync(path, bytes as Buffer, { ...(mode === undefined ? {} : { mode }), ...wholeOf(bytes) });
  } catch (error) {
    throw ioError(error, path);
  }
}

/** Without it the library gives a file back to the owner of the one that it replaces. */
function owner(): { chown?: { uid: number; gid: number } } {
  return process.getuid && process.getgid ? { chown: { uid: process.getuid(), gid: process.getgid() } } : {};
}

/**
 * A disk that fills up may take a part of what is written, which the library does not notice: it would put that part in
 * place of the file. So everything is in the temporary file before it writes the same once more.
 */
function wholeOf(bytes: Uint8Array | string): { tmpfileCreated: (temporary: string) => void } {
  const fill = (temporary: string) => writeFileSync(temporary, bytes, { flag: 'r+' });
  return {
    tmpfileCreated(temporary) {
      try {
        fill(temporary);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
        // It has the mode of a file that nobody may write, and gets it again at the end.
        chmodSync(temporary, 0o600);
        fill(temporary);
      }
    },
  };
}

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
