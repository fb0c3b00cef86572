import { spawnSync } from 'node:child_process';

const level = '50';

/**
 * On a machine that others use too, the kernel takes the processor away in the middle of an event. Under the first-in
 * first-out scheduling class nothing ordinary does. It needs root (or CAP_SYS_NICE) and Linux' chrt(1).
 */
export const undisturbed = spawnSync('chrt', ['-f', level, 'true']).status === 0;

/** What goes before the command of a shell that is measured. */
export const under: readonly string[] = undisturbed ? ['chrt', '-f', level] : [];

/** Runs `work` with this process in that class, and so with all that it starts: chrt itself would be measured too. */
export function undisturbedWhile<T>(work: () => T): T {
  if (!undisturbed) return work();
  spawnSync('chrt', ['-f', '-p', level, String(process.pid)]);
  try {
    return work();
  } finally {
    spawnSync('chrt', ['-o', '-p', '0', String(process.pid)]);
  }
}
