import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../drivers/find-program.ts';

/** Counts the processes that a shell starts. */
export interface ProcessCounter {
  /** Goes before the shell's own command (`ShellOptions.under`). */
  readonly under: readonly string[];
  /** The forks and program starts since the last call, one line each, as strace writes them. */
  taken(): string[];
  dispose(): void;
}

let count = 0;

/** Why no process can be counted here, or undefined. */
export function straceMissing(): string | undefined {
  return findProgram('strace') ? undefined : 'strace is not installed';
}

/**
 * A counter over strace, which follows the shell and all of its children from their start. strace writes a line before
 * it lets the call return, so whatever a shell did before its prompt appeared is in the file by then. The tracer is a
 * process of a session of its own (`-DDD`): no Ctrl-C of the terminal reaches it, and the shell has its usual parent.
 */
export function countProcesses(): ProcessCounter {
  count += 1;
  const file = join(tmpdir(), `testkit-strace-${process.pid}-${count}`);
  const calls = 'trace=fork,vfork,clone,clone3,execve,execveat';
  let read = 0;
  return {
    under: ['strace', '-DDD', '-f', '-qqq', '-e', calls, '-e', 'signal=none', '-o', file],
    taken() {
      const text = readFileSync(file, 'utf8');
      const fresh = text.slice(read);
      read = text.length;
      // "<unfinished ...>" and "resumed" are two halves of one call.
      const started = /(fork|clone3?|execve(at)?)\(/;
      // fish colours its command line on threads.
      return fresh.split('\n').filter((line) => started.test(line) && !line.includes('CLONE_THREAD'));
    },
    dispose: () => rmSync(file, { force: true }),
  };
}
