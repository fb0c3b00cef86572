import type { Context } from './context.ts';

/** A positional argument. */
export interface Argument {
  name: string;
  summary: string;
  optional?: boolean;
  /** Takes all remaining words. */
  variadic?: boolean;
  choices?: readonly string[];
}

/** A flag: a switch, or with `value` (the placeholder in the help) one that takes a word. */
export interface Flag {
  /** Without the leading `--`. */
  name: string;
  summary: string;
  value?: string;
  choices?: readonly string[];
  /** Takes several words, and may be given several times. */
  many?: boolean;
  /** Works but is left out of the help: for hooks and generated settings. */
  hidden?: boolean;
}

/** What a person typed, checked against the command's arguments and flags. */
export interface Input {
  args: readonly string[];
  flags: Readonly<Record<string, string | true | readonly string[] | undefined>>;
}

/** What a command takes and how it is explained. */
interface Explained {
  name: string;
  summary: string;
  args: readonly Argument[];
  flags: readonly Flag[];
  /** What `-h` shows: a command line and what it is for. */
  examples: readonly (readonly [line: string, purpose: string])[];
  /** Everything after the first positional argument belongs to it, flags too. */
  passThrough?: boolean;
}

/** One command. `run` returns the exit code. A light one needs to know nothing of where it runs. */
export type Command = Explained &
  (
    | { isLight?: false; run(input: Input, context: Context): Promise<number> }
    | { isLight: true; run(input: Input): Promise<number> }
  );

/** The value of a flag that takes a word. */
export function word(input: Input, name: string): string | undefined {
  const value = input.flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a flag that takes several words; none without the flag. */
export function words(input: Input, name: string): readonly string[] {
  const value = input.flags[name];
  return Array.isArray(value) ? value : [];
}
