import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How long one may take before it is taken for dead, and how long others wait at most, in ms. */
const stale = 2_000;
const patience = 3_000;
const interval = 3;

const idle = new Int32Array(new SharedArrayBuffer(4));

/**
 * Runs what reads plans and then replaces them, while no other process does: of two that replace the same plan, one
 * would never know of the other's, whose stamps would stay for good. It only keeps the folder tidy, so it never fails:
 * where its folder cannot be made, or somebody holds it for too long, the work is done all the same.
 */
export function inTurn<T>(state: string, work: () => T): T {
  const folder = join(state, '.turn');
  const isOurs = take(folder);
  try {
    return work();
  } finally {
    if (isOurs) free(folder);
  }
}

function take(folder: string): boolean {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    try {
      mkdirSync(folder, 0o700);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
    const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Math.abs(Date.now() - since) > stale) free(folder);
    else Atomics.wait(idle, 0, 0, interval);
  }
  return false;
}

function free(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Taken over, or something else lies there.
  }
}
