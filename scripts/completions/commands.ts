import type { Argument, Flag } from '../../packages/cli/src/command.ts';
import { table } from '../../packages/cli/src/commands/table.ts';
import { catalogue, knownRegions, tiers, variableNames } from '../../packages/core/src/index.ts';

/**
 * Where the words come from that may stand somewhere: `=word` is that word; `models`, `regions` and `variables` are lists
 * that the completions bring along; `directories` and `commands` are the shell's own; all others are asked of
 * `bedrockenv candidates` when TAB is pressed.
 */
export type Source = string;

export interface CompletedFlag {
  /** With its leading `--`. */
  name: string;
  summary: string;
  /** Absent: it takes no word. Empty: one that nobody can know. */
  takes?: readonly Source[];
  isRepeatable: boolean;
}

export interface CompletedCommand {
  name: string;
  summary: string;
  flags: readonly CompletedFlag[];
  /** What each positional argument may be. */
  args: readonly (readonly Source[])[];
  /** The last of `args` may stand any number of times. */
  isVariadic: boolean;
  /** From the first positional argument on it is a command line of its own. */
  passThrough: boolean;
}

/** The lists that completions bring along. A retired model is none to choose. */
export const lists: Readonly<Record<string, readonly string[]>> = {
  models: [...tiers, ...catalogue.models.filter(({ status }) => status !== 'retired').map(({ name }) => name)],
  regions: knownRegions,
  variables: variableNames,
};

/** The sources that `bedrockenv candidates` knows. */
export function asked(sources: readonly Source[]): string[] {
  return sources.filter((source) => !source.startsWith('=') && !lists[source] && source !== 'directories');
}

/** By the placeholder of a flag's value. */
const ofValue: Readonly<Record<string, readonly Source[]>> = {
  DIR: ['directories'],
  MODEL: ['models', 'aliases'],
  PROFILE: ['profiles'],
  REGION: ['regions'],
  SESSION: ['sessions'],
};

/** By the name of a positional argument. */
const ofArgument: Readonly<Record<string, readonly Source[]>> = {
  dir: ['directories'],
  variable: ['variables'],
  words: ['models', 'aliases', 'profiles', 'environments'],
};

/** The commands that a person types, from the one table of commands. */
export async function completedCommands(): Promise<CompletedCommand[]> {
  const shown = table.filter(({ internal }) => !internal);
  return Promise.all(
    shown.map(async ({ name, summary, load }) => {
      const { args, flags, passThrough } = await load();
      return {
        name,
        summary,
        flags: [help, ...flags.filter(({ hidden }) => !hidden).map(completedFlag)],
        args: passThrough ? [] : args.map(sourcesOf),
        isVariadic: args.at(-1)?.variadic === true,
        passThrough: passThrough === true,
      };
    }),
  );
}

const help: CompletedFlag = { name: '--help', summary: 'show help', isRepeatable: false };

function completedFlag({ name, summary, value, choices, many }: Flag): CompletedFlag {
  const base = { name: `--${name}`, summary, isRepeatable: many === true };
  return value === undefined ? base : { ...base, takes: choices?.map(literal) ?? ofValue[value] ?? [] };
}

function sourcesOf({ name, choices }: Argument): readonly Source[] {
  return choices?.map(literal) ?? ofArgument[name] ?? [];
}

function literal(word: string): Source {
  return `=${word}`;
}
