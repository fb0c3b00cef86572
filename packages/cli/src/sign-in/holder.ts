import { readFileSync, statSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { readFile } from '../state/read.ts';
import { isRunning } from '../state/running.ts';

/** Who holds a lock. */
export interface Holder {
  pid: number;
  /**
   * `elsewhere`: on another machine that shares the folder, as far as this one knows. `stopped`: alive, but suspended
   * by its user (Ctrl-Z), who may never continue it.
   */
  is: 'alive' | 'stopped' | 'gone' | 'elsewhere';
}

/** What this process writes about itself. */
export const self = (): string => `${process.pid} ${place()}\n`;

/** Who wrote that, and how it is; null when nobody did. */
export function readHolder(path: string): Holder | null {
  const read = readFile(path, 1024);
  const [, number, where] = /^(\d{1,10}) (\S+)\n$/.exec(read.kind === 'file' ? decoder.decode(read.bytes) : '') ?? [];
  if (number === undefined) return null;
  const pid = Number(number);
  if (where !== place()) return { pid, is: 'elsewhere' };
  return { pid, is: isBeforeBoot(path) || !isRunning(pid) ? 'gone' : isStopped(pid) ? 'stopped' : 'alive' };
}

const decoder = new TextDecoder();

/** Where a process id means something: this machine, and in a container with its own ids that one. */
function place(): string {
  let ids = '';
  try {
    ids = `:${statSync('/proc/self/ns/pid').ino}`;
  } catch {
    // Not Linux.
  }
  return encodeURIComponent(hostname()) + ids;
}

/** Its number may be another process's since. */
function isBeforeBoot(path: string): boolean {
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return written < Date.now() - uptime() * 1000;
}

/** The state after the name in parentheses, as Linux tells it; elsewhere it is not known. @see proc_pid_stat(5) */
function isStopped(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return /^[Tt]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
