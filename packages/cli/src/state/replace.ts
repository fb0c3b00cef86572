import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { realPath, temporaryFor } from './torn.ts';

/**
 * Replaces a file whole: a temporary file beside it, fsync, rename. Whoever is killed leaves one or the other, and beside
 * it at most the temporary file.
 *
 * Of our own, because no library's temporary file says whose it is, so that the next command could remove it; and
 * write-file-atomic takes a part of the bytes for all of them where a disk fills up.
 * @param mode of the file; undefined: that of the file that is there, else 0666 without the umask's bits
 * @returns the path without symbolic links
 */
export function replaceFile(path: string, bytes: Uint8Array, mode?: number): string {
  const real = realPath(path);
  const there = mode === undefined ? statSync(real, { throwIfNoEntry: false }) : undefined;
  const temporary = temporaryFor(real);
  let fd: number | undefined = openSync(temporary, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    if (there && process.geteuid) {
      tolerate(fchownSync, fd, there.uid, there.gid);
      // A group's file stays the group's even so, or who shares it could not write it any more.
      tolerate(fchownSync, fd, -1, there.gid);
    }
    tolerate(fchmodSync, fd, mode ?? (there ? there.mode & 0o7777 : 0o666 & ~process.umask()));
    fsyncSync(fd);
    closeSync(fd);
    fd = undefined;
    renameSync(temporary, real);
    return real;
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Another's file stays another's where the system allows that: root alone may give files away, and not on every disk. */
function tolerate<T extends unknown[]>(change: (...given: T) => void, ...given: T): void {
  try {
    change(...given);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isRoot = process.getuid?.() === 0;
    if (code !== 'ENOSYS' && (isRoot || !['EINVAL', 'EPERM'].includes(code))) throw error;
  }
}
