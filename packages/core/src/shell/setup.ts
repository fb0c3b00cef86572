import type { Env } from '../env.ts';

/** Where a user's files lie. Paths are joined as on the machine that this runs on. */
export interface SetupPlace {
  env: Env;
  home: string;
  platform: string;
  /** What the shell itself said of its folder, where it was asked. */
  told: string | null;
  /** Whether there is something at a path, and the text of a file; '' when it cannot be read. */
  exists(path: string): boolean;
  read(path: string): string;
}

/** An installed file. Below HOME a line names it by that, so that it is right on every machine that shares the line. */
export interface HookFile {
  path: string;
  /** Its path below HOME; null: it lies elsewhere. */
  belowHome: string | null;
}

/** Completions as a file beside the installed hook, and the line at the top of the hook that makes them known. */
export interface CompletionsBeside {
  readonly name: string;
  announce(file: HookFile): string;
}

/** What `setup` and `uninstall` need to know of a shell. Each package exports one from `setup.ts`. */
export interface ShellSetup {
  readonly name: string;
  /** What its program may be called; the first that is on PATH is asked and checked. */
  readonly programs: readonly string[];
  /** The name of the installed hook file, and of what comes with it. */
  readonly hookName: string;
  /**
   * Arguments with which the program prints the folder or file that only it knows, after `bedrockenv-told:`, on a line of
   * its own: start-up files may have printed something without an end, such as the marks of a terminal.
   */
  readonly ask?: { args: readonly string[]; onlyOn?: string };
  /** The files that an interactive shell reads, in which a line loads the hook; each is absolute. */
  rcFiles(place: SetupPlace): readonly string[];
  /** Other files in which users load the hook by hand. */
  otherFiles?(place: SetupPlace): readonly string[];
  /** A statement on one line that loads a file when it is there, and is quiet and harmless when it is not. */
  load(file: HookFile): string;
  /** Finds a line, without its comment, that has to stay the last of a file: ours goes in front of it. */
  readonly staysLast?: RegExp;
  /** Finds a line, without its comment, that loads the hook in another way than `setup` does. */
  readonly byHand: RegExp;
  /** Where its users' completions lie, which it reads when it needs them; or where it has no such place, how it is told. */
  readonly completions: { path(place: SetupPlace): string } | CompletionsBeside;
  /** Arguments of an interactive shell that prints the line `bedrockenv-check:yes`, as above, when the hook is loaded. */
  readonly check: readonly string[];
  /** Of a shell that reads other files when it is a login shell: arguments as above, and how that one gets to the hook. */
  readonly login?: { check: readonly string[]; file(place: SetupPlace): string; line: string };
  /** Environment of that shell, so that it leaves no history and no cache behind. @param scratch a folder to throw away */
  checkEnv?(scratch: string): Env;
  /** A folder in which such a shell makes files of its own when it runs for the first time, if it has not yet. */
  makes?(place: SetupPlace): string | undefined;
}
