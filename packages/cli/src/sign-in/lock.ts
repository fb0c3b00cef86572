import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { ioError, makeFolder, openState } from '../state/folder.ts';
import { remove, writeState } from '../state/write.ts';
import { type Holder, readHolder, self } from './holder.ts';

/** How often a holder says that it lives, in ms. */
const update = 2_000;

/**
 * After what silence it is taken for gone, in ms. One whose process runs on this machine is silent while the machine
 * sleeps, and goes on with its sign-in afterwards; no sign-in takes longer than that. Of one that is elsewhere, nothing
 * else is known than its silence.
 */
const silence: Record<Holder['is'], number> = { alive: 900_000, stopped: 30_000, elsewhere: 30_000, gone: 6_000 };

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
  const isStuck = watch(`${file}.lock`);
  for (let waiting = false; ; ) {
    signal.throwIfAborted();
    const patience = silence[readHolder(`${file}.pid`)?.is ?? 'elsewhere'];
    if (isStuck(patience)) remove(`${file}.lock`);
    try {
      const options = { stale: patience, update, realpath: false, onCompromised: () => {} };
      const release = await lockfile.lock(file, options);
      try {
        writeState(`${file}.pid`, self());
      } catch (error) {
        await release();
        throw error;
      }
      return async () => {
        remove(`${file}.pid`);
        await release().catch(() => {});
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw ioError(error, file);
    }
    if (!waiting) onWait(readHolder(`${file}.pid`)?.pid ?? null);
    waiting = true;
    await sleep(interval, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/**
 * A lock goes stale by the time on it. One from before the clock was set back has a time that is still to come, and would
 * be held until then; so it is watched whether its holder goes on renewing it.
 * @returns tells whether the lock has a time to come, and has had it for `patience` ms by a clock that nobody sets
 */
function watch(path: string): (patience: number) => boolean {
  let seen: number | undefined;
  let since = 0;
  return (patience) => {
    const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (time !== seen) since = performance.now();
    seen = time;
    return time !== undefined && time > Date.now() && performance.now() - since > patience;
  };
}
