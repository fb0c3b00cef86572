/**
 * What differs between shells when a test types into one. Every method that returns a string returns one line to type;
 * names and values are quoted where they stand for data.
 */
export interface ShellDriver {
  readonly name: string;
  /** Arguments of a clean interactive shell that reads `rcFile` of its HOME and nothing else of the machine's owner. */
  readonly args: readonly string[];
  /** The rc file, relative to HOME: the one that a nested shell of this kind reads too. */
  readonly rcFile: string;
  /** The hook's static file, relative to the repository. */
  readonly hookFile: string;
  /** What an installation calls the file that the rc file reads. */
  readonly installedHook: string;
  /** A machine without this shell fails only where BEDROCKENV_REQUIRE names it so; without this, where CI is set. */
  readonly onlyIfRequired?: string;
  /** How long one scenario may take in a shell that starts slowly, milliseconds; the runner's own limit unless given. */
  readonly scenarioTimeoutMs?: number;
  /** Names of directories that the shell itself cannot enter. */
  readonly unreachable?: RegExp;
  /** A line that prints the previous line's status. */
  readonly printStatus: string;
  /** The shortest line after which the shell runs its prompt hooks. */
  readonly blankLine: string;
  /** Its prompt may come without the switch of bracketed paste that shells send before they read. */
  readonly readsWithoutSwitch?: boolean;
  /** Why the version that is here starts processes at prompts where nothing changed, if it does. */
  startsProcesses?(): string | undefined;
  /** A line that prints the names of all functions and variables, and of what runs at prompts, one per line. */
  readonly listNames: string;
  /** What its users may have set that a hook must neither notice nor change. */
  readonly oddities: Oddities;
  /** A line that sets the traps that only this shell has; unless given, it has those of POSIX, or none. */
  readonly ownTraps?: string;
  /** A line that takes the hook out of the running shell. */
  readonly unloadHook: string;

  /** The shell's absolute path, or undefined when this machine has none. */
  program(): string | undefined;
  /** Does it compare the times of files in whole seconds? Unless given, it does not. */
  comparesSeconds?(): boolean;
  /** What starts one inside of a shell of any kind. */
  nested(): string;
  /** What starts one in the place of the running one, in the same directory. */
  replace(): string;
  /** Creates what the shell would otherwise create, or start processes for, when it runs the first time in `home`. */
  prepareHome?(home: string): void;
  /** The whole rc file around the user's own lines: no history is written, and a marker begins the prompt. */
  rc(userLines: string): string;

  /** One word that the shell reads as exactly `text`, control characters included. */
  quote(text: string): string;
  /** Stands for the value of an exported variable inside of double quotes. */
  variable(name: string): string;
  /** Goes to a directory; `cd` and the quoted path unless given. */
  cd?(dir: string): string;
  exportVar(name: string, value: string): string;
  /** Exports what a file holds. */
  exportFile(name: string, file: string): string;
  /** Set, but not exported. */
  setLocal(name: string, value: string): string;
  unset(name: string): string;
  /** Writes name, state (`x` exported, `l` set only, `u` unset) and value, each ended by NUL, with builtins only. */
  dumpVariables(names: readonly string[], toFile: string): string;

  /** Reads a file into the shell. */
  sourceFile(path: string): string;
  /** Evaluates what `command` prints (`bedrockenv hook SHELL`). */
  evalOutput(command: string): string;
  /** Lines that run a script in a shell that is not interactive: as a file, from its input, as an argument. */
  runScript(path: string): string[];
  defineFunction(name: string, body: string): string;
  /** Runs `line` in a subshell; undefined where the language has none. */
  subshell(line: string): string | undefined;
  /** Prints, in brackets, what `line` writes to stdout, by way of a command substitution. */
  capture(line: string): string;
}

/** Options, aliases and functions that users have, and how a test gets along under them. */
export interface Oddities {
  /** Lines that make the shell odd, each one alone. */
  readonly each: readonly string[];
  /** Those that get along with each other, for the rc file; unless given, the shell has no options. */
  readonly together?: string;
  /** Prints the shell's options, in full. */
  readonly print: string;
  /** Aliases and functions in the place of words that a hook may use. */
  readonly shadows: string;
  /** What reads a file, and what changes the directory, where aliases have taken over the usual words. */
  readonly plainly: { readonly source: string; readonly cd: string };
}

/** What a driver is made with. */
export interface DriverKit {
  /** The first executable of that name on PATH. */
  findProgram(name: string): string | undefined;
  /** Text of an escape sequence that terminals ignore, `\x1b]MARKER SHELL;STATUS\x07`. It starts every prompt. */
  readonly promptMarker: string;
}

/** What a shell package exports as `./driver`. */
export type MakeDriver = (kit: DriverKit) => ShellDriver;
