import type { Argument, Command, Flag } from '../packages/cli/src/command.ts';
import { table } from '../packages/cli/src/commands/table.ts';

/** Where fish, and fisher, look for it. */
export const fishCompletionsPath = 'packages/fish/completions/bedrockenv.fish';

/** The completions of the commands and their flags for fish, from the one table of commands. */
export async function fishCompletions(): Promise<string> {
  const shown = table.filter(({ internal }) => !internal);
  const first = 'complete -c bedrockenv -n __fish_use_subcommand';
  const lines = [
    '# Completions of bedrockenv for fish. Made from the table of commands: node scripts/docs.ts',
    '',
    'complete -c bedrockenv -f',
    `${first} -s h -l help -d 'show help'`,
    `${first} -s V -l version -d 'print the version'`,
    ...shown.map(({ name, summary }) => `${first} -a ${name} -d ${quoted(summary)}`),
  ];
  for (const { name, load } of shown) {
    const command = await load();
    const after = `complete -c bedrockenv -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    lines.push('', `${after} -s h -l help -d 'show help'`, ...ofCommand(command, after));
  }
  return `${lines.join('\n')}\n`;
}

function ofCommand({ args, flags, passThrough }: Command, after: string): string[] {
  const positional = passThrough
    ? [`${after} -x -a '(__fish_complete_subcommand)'`]
    : args.flatMap((argument) => words(argument).map((more) => `${after} ${more}`));
  const named = flags
    .filter(({ hidden }) => !hidden)
    .map((flag) => `${after} -l ${flag.name}${taken(flag)} -d ${quoted(flag.summary)}`);
  return [...positional, ...named];
}

function words({ name, summary, choices }: Argument): string[] {
  if (choices) return [`-a ${quoted(choices.join(' '))} -d ${quoted(summary)}`];
  return name === 'dir' ? [`-a '(__fish_complete_directories)'`] : [];
}

function taken({ value, choices }: Flag): string {
  if (value === undefined) return '';
  if (choices) return ` -x -a ${quoted(choices.join(' '))}`;
  return value === 'DIR' ? ` -x -a '(__fish_complete_directories)'` : ' -x';
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
