import { asked, type CompletedCommand, type CompletedFlag, lists, type Source } from './commands.ts';

/** The completions for fish. fish quotes what it inserts, and shows what stands after a tab as a description. */
export function fishCompletions(commands: readonly CompletedCommand[]): string {
  const first = 'complete -c bedrockenv -n __fish_use_subcommand';
  const lines = [
    '# Completions of bedrockenv for fish. Made from the table of commands: node scripts/docs.ts',
    '',
    'complete -c bedrockenv -f',
    `${first} -s h -l help -d 'show help'`,
    `${first} -s V -l version -d 'print the version'`,
    ...commands.map(({ name, summary }) => `${first} -a ${name} -d ${quoted(summary)}`),
  ];
  for (const command of commands) {
    const after = `complete -c bedrockenv -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`;
    lines.push('', ...ofCommand(command, after));
  }
  return `${lines.join('\n')}\n`;
}

function ofCommand({ args, flags, passThrough }: CompletedCommand, after: string): string[] {
  const words = args.flatMap((sources) => wordsOf(sources)).map((each) => `${after} -a ${each}`);
  const program = passThrough ? [`${after} -x -a '(__fish_complete_subcommand)'`] : [];
  return [...program, ...words, ...flags.map((flag) => `${after} ${flagOf(flag)}`)];
}

function flagOf({ name, summary, takes }: CompletedFlag): string {
  const short = name === '--help' ? '-s h ' : '';
  const value = takes === undefined ? '' : [' -x', ...wordsOf(takes).map((each) => `-a ${each}`)].join(' ');
  return `${short}-l ${name.slice(2)}${value} -d ${quoted(summary)}`;
}

/** What `-a` takes: all of it as one word, or nothing. */
function wordsOf(sources: readonly Source[]): string[] {
  const known = sources.flatMap((source) => (source.startsWith('=') ? [source.slice(1)] : (lists[source] ?? [])));
  const kinds = asked(sources);
  const parts = [
    ...known,
    ...(kinds.length > 0 ? [`(command bedrockenv candidates ${kinds.join(' ')} 2>/dev/null)`] : []),
    ...(sources.includes('directories') ? ['(__fish_complete_directories)'] : []),
  ];
  return parts.length > 0 ? [quoted(parts.join(' '))] : [];
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
