import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAbsence } from './folder.ts';

/** Folders in which the system itself makes and removes the places of drives. */
const drives = /^(\/|\/run|(\/run)?\/media(\/[^/]+)?|\/mnt|\/net|\/Volumes)$/;

/**
 * Whether a directory was deleted since something was noted about it, and does not merely lie on a drive that is not
 * there now: what it lay in must have changed since, which it does not when a drive is unmounted.
 * @param noted epoch in ms
 */
export function wasDeleted(directory: string, noted: number): boolean {
  for (let folder = directory; ; folder = dirname(folder)) {
    try {
      const { mtimeMs } = lstatSync(folder);
      return folder !== directory && !drives.test(folder) && mtimeMs > noted;
    } catch (error) {
      // Neither can it be told behind closed doors, nor where a whole drive of Windows is away.
      if (!isAbsence(error) || folder === dirname(folder)) return false;
    }
  }
}
