import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { ioError, makeFolder, openState } from '../state/folder.ts';
import { readFile } from '../state/read.ts';
import { remove, writeState } from '../state/write.ts';

/** How often a holder says that it lives, and after what silence it is taken for gone, in ms. */
const update = 2_000;
const stale = 30_000;

/** The same for a holder whose process is gone on this machine: it may live on another one that shares the folder. */
const staleWithoutProcess = 6_000;

/** How often a waiter looks again, in ms. */
const interval = 150;

/**
 * Takes the one lock of a session, of all shells of this user. Waits as long as another holds it.
 * @param key of the session
 * @param onWait called once, with the holder's process id when it is known
 * @param signal ends the waiting; the promise is then rejected with its reason
 * @returns gives the lock back
 */
export async function lock(
  state: string,
  key: string,
  onWait: (holder: number | null) => void,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  openState(state);
  const folder = join(state, 'locks');
  const file = join(folder, key);
  makeFolder(folder);
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    throw ioError(error, file);
  }
  for (let waiting = false; ; ) {
    signal.throwIfAborted();
    try {
      const patience = isGone(holder(`${file}.pid`)) ? staleWithoutProcess : stale;
      const options = { stale: patience, update, realpath: false, onCompromised: () => {} };
      const release = await lockfile.lock(file, options);
      writeState(`${file}.pid`, `${process.pid}\n`);
      return async () => {
        remove(`${file}.pid`);
        await release().catch(() => {});
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw ioError(error, file);
    }
    if (!waiting) onWait(holder(`${file}.pid`));
    waiting = true;
    await sleep(interval, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function holder(path: string): number | null {
  const read = readFile(path, 64);
  const pid = read.kind === 'file' ? Number(new TextDecoder().decode(read.bytes).trim()) : Number.NaN;
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

function isGone(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
