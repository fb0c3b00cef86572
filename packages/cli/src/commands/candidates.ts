import { listSessions, readAws } from '@bedrockenv/core';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { stdout } from '../output/streams.ts';
import { readAwsFiles } from '../state/gather.ts';
import { userConfigPath } from '../state/places.ts';
import { readFile } from '../state/read.ts';

/** What completions ask for: the names of this machine, which no file that is made in advance can have. */
const kinds: Readonly<Record<string, (context: Context) => Promise<readonly string[]>>> = {
  profiles: async (context) => aws(context).profileNames(),
  async sessions(context) {
    const { base, home } = context;
    const read = aws(context);
    const listed = listSessions(read, { home, env: base }).map(({ source }) => source.name);
    return [...read.ssoSessionNames(), ...listed];
  },
  environments: async (context) => [...((await userConfig(context))?.environments.keys() ?? [])],
  aliases: async (context) => Object.keys((await userConfig(context))?.top.aliases?.value ?? {}),
};

export const candidates: Command = {
  name: 'candidates',
  summary: 'Print names of this machine, one per line, for the completions of shells.',
  args: [{ name: 'kinds', summary: 'of what', choices: Object.keys(kinds), variadic: true }],
  flags: [],
  examples: [['bedrockenv candidates profiles environments', 'both, without a heading']],
  async run({ args }, context) {
    const names = new Set<string>();
    for (const kind of args) {
      // Someone is typing: what is wrong with a file is another command's to say.
      const found = await kinds[kind]?.(context).catch(() => []);
      for (const name of found ?? []) names.add(name);
    }
    stdout([...names].map((name) => (canBeTyped(name) ? `${name}\n` : '')).join(''));
    return 0;
  },
};

/** A name on one line, that cannot act on a terminal, and that no command line takes for a flag. */
function canBeTyped(name: string): boolean {
  return name !== '' && !name.startsWith('-') && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name);
}

function aws({ base, home }: Context) {
  return readAws(readAwsFiles({ env: base, home }));
}

/** Most people have none, and then the YAML reader, which takes longer than all the rest, is not loaded. */
async function userConfig({ base, home }: Context) {
  const path = userConfigPath({ env: base, home });
  const read = readFile(path, 1 << 20);
  if (read.kind !== 'file') return null;
  const { readUserConfig } = await import('../state/user-config.ts');
  return readUserConfig(read.bytes, path);
}
