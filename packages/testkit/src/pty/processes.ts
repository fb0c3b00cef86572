import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process and its command line. */
export interface Process {
  pid: number;
  command: string;
}

/** Which processes: those of the session that a process led, or those whose HOME is a folder (daemons included). */
export type Whose = { session: number } | { home: string };

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** The processes of a session or a HOME. Linux only; elsewhere the list is empty. A zombie is no process any more. */
export function processesOf(whose: Whose): Process[] {
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids.flatMap((pid) => {
    // pid (name) state ppid pgrp session …; the name may hold anything, so count from the last parenthesis.
    const [state, , , session] = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
    if (state === undefined || state === 'Z' || state === 'X') return [];
    const theirs =
      'session' in whose
        ? Number(session) === whose.session
        : `\0${read(`/proc/${pid}/environ`)}`.includes(`\0HOME=${whose.home}\0`);
    return theirs ? [{ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }] : [];
  });
}

/** Waits until the processes are gone, at most `ms`; kills those that are left, and returns them. */
export async function reap(whose: Whose, ms: number): Promise<Process[]> {
  const end = Date.now() + ms;
  let left = processesOf(whose);
  while (left.length > 0 && Date.now() < end) {
    await wait(20);
    left = processesOf(whose);
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone meanwhile
    }
  }
  return left;
}
