import type { ShellDriver } from '@bedrockenv/core';
import type { Key } from './keys.ts';
import type { Process } from './processes.ts';

/** What one line did: everything it (and the hooks after it) put on the terminal, as shown; and its status. */
export interface Ran {
  output: string;
  status: number;
}

/** A real shell on a pseudo-terminal. Every wait ends in an error with the screen on it. */
export interface Shell {
  readonly driver: ShellDriver;
  readonly pid: number;
  /** Types a line and Enter, and does not wait. No control characters: quote them. */
  type(line: string): void;
  /** Types text without Enter, so that a key can follow. No control characters. */
  put(text: string): void;
  /** Types a line, waits for the next prompt. */
  run(line: string, timeoutMs?: number): Promise<Ran>;
  /** Presses a key. Follow it with `prompt()` or `waitFor()`. */
  key(name: Key): void;
  /** Waits for the first prompt after the latest input. */
  prompt(timeoutMs?: number): Promise<Ran>;
  /** Waits until what came since the latest input, as a terminal shows it, matches. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** What is on the screen now, scrolled-off lines not included. */
  screen(): Promise<string>;
  /** Every byte that the terminal received. */
  raw(): Buffer;
  resize(cols: number, rows: number): void;
  /**
   * Types `exit`, hangs up on a shell that does not go, and kills what is left of its session. Returns what
   * it had to kill: normally nothing.
   */
  close(): Promise<Process[]>;
}
