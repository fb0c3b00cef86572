import type { FakeAws } from '../fake-aws/index.ts';
import type { Ran, Shell, ShellDriver, ShellOptions, VariableState } from '../pty/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import type { Loading } from './installation.ts';
import type { Expected } from './variables.ts';

/** What a program printed and how it ended. */
export interface Result {
  stdout: string;
  stderr: string;
  status: number | null;
}

export interface StartOptions extends Pick<ShellOptions, 'cwd' | 'env' | 'under' | 'cols' | 'rows'> {
  /** The user's own rc lines before and after the one that loads the hook. */
  before?: string;
  after?: string;
  /** `file` unless given. */
  loading?: Loading;
}

/** Where a scenario plays: one shell's driver, a HOME with a fresh `corp` session, an AWS, the CLI. */
export interface Stage {
  readonly driver: ShellDriver;
  readonly sandbox: Sandbox;
  readonly fake: FakeAws;
  /** The path of the CLI; `bedrockenv` on the sandbox's PATH runs it too. */
  readonly cli: string;
  /** The latest shell that `start` started. */
  readonly shell: Shell;
  /** Starts a shell with the hook in its rc file (and in those of the other shells, for nesting). */
  start(options?: StartOptions): Promise<Shell>;
  /** Types a line into the latest shell. */
  run(line: string, timeoutMs?: number): Promise<Ran>;
  /** Types nothing: the next prompt. */
  prompt(): Promise<Ran>;
  /** Types `cd DIR`. */
  cd(dir: string): Promise<Ran>;
  /** Writes `.bedrockrc` into a directory below HOME (made if need be) and approves it; returns the directory. */
  project(path: string, text: string, options?: { allow?: boolean }): Promise<string>;
  /** Runs the CLI outside of any shell. */
  bedrockenv(...args: string[]): Promise<Result>;
  /** The state folder's path, or one below it. */
  state(...parts: string[]): string;
  /** All managed variables and BEDROCKENV_STATE, of the latest shell. */
  vars(): Promise<Record<string, VariableState>>;
  expectVars(expected: Record<string, Expected>): Promise<void>;
  /** No managed variable is set, except these. */
  expectOnly(expected: Record<string, Expected>): Promise<void>;
  /** The output of a line was exactly these lines; a string must be equal, a pattern must match. */
  expectLines(ran: Ran, expected: readonly (string | RegExp)[]): void;
}
