import {
  type Aws,
  BedrockenvError,
  type Explained,
  explain,
  explainedNames,
  keySources,
  nearest,
  printable,
  type ReadSettings,
  readAws,
} from '@bedrockenv/core';
import { readClientSettings } from '../claude/read-all.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { colours } from '../output/colours.ts';
import { columns } from '../output/columns.ts';
import { printJson } from '../output/json.ts';
import { problemLine, problems, say } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';
import { resolveLocated } from '../resolution.ts';
import { readAwsFiles } from '../state/gather.ts';
import { locate } from '../state/located.ts';
import { usage } from '../usage.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary:
    'Show for each variable every place that sets it, and which of them Claude Code, the AWS CLI and the SDK use.',
  args: [{ name: 'variable', summary: 'this one alone', optional: true }],
  flags: [{ name: 'json', summary: 'for programs' }],
  examples: [
    ['bedrockenv explain AWS_REGION', 'why Claude Code goes to that region'],
    ["bedrockenv explain --json | jq '.variables[].winner'", 'for scripts'],
  ],
  async run({ args: [name], flags }, context) {
    if (name !== undefined && !explainedNames.includes(name)) throw unknown(name);
    const { base, home, env } = context;
    const aws = readAws(readAwsFiles({ env: base, home }));
    const { files, ignored } = readClientSettings({ env, home, dir: context.cwd() });
    for (const problem of ignored) say(problemLine(problem));
    const clientAws = awsOfClient(context, files) ?? aws;
    const inputs = { env, aws, clientAws, settingsFiles: files, wanted: wantedHere(context) };
    const all = (name === undefined ? explainedNames : [name])
      .map((each) => explain(inputs, each))
      .filter((each) => name !== undefined || each.sources.length > 0);
    if (flags.json) {
      printJson({ variables: all.map(({ name: variable, sources, winner }) => ({ name: variable, sources, winner })) });
    } else stdout(all.map((each) => shown(each, context)).join('\n'));
    return 0;
  },
};

/** The AWS files that Claude Code's settings name; null where they name none, or none that can be read. */
function awsOfClient({ base, home }: Context, files: readonly ReadSettings[]): Aws | null {
  const named = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'].flatMap((name) => {
    const [found] = keySources(files, ['env', name]);
    // For Claude Code an empty one is none; for the AWS CLI it is no file.
    return found ? [[name, found.value || undefined] as const] : [];
  });
  if (named.length === 0) return null;
  try {
    return readAws(readAwsFiles({ env: { ...base, ...Object.fromEntries(named) }, home }));
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    for (const problem of problems(error)) say(problemLine(problem));
    return null;
  }
}

function unknown(name: string): BedrockenvError {
  const near = nearest(name, explainedNames);
  return usage(
    'explain',
    `${printable(name)} is no variable that is set here`,
    near ? `did you mean ${near}?` : undefined,
  );
}

/** What the files say here. One that does not apply is said, and explains nothing. */
function wantedHere(context: Context) {
  try {
    const located = locate(context.state, context.cwd());
    if (located.blocked) say(problemLine(located.blocked));
    return resolveLocated(context, located).clientVariables;
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    for (const problem of problems(error)) say(problemLine(problem));
    return [];
  }
}

function shown({ name, sources, winner, value, notes }: Explained, { env }: Context): string {
  const { bold, yellow } = colours(1, env);
  if (sources.length === 0 && Object.values(winner).every((source) => source === null))
    return `${bold(name)}\n  nothing sets it\n`;
  const clients = { claude: 'Claude Code', aws: 'AWS CLI', sdk: 'AWS SDK' } as const;
  const users = Object.entries(clients).flatMap(([client, label]) => {
    const source = winner[client as keyof typeof clients];
    return source === null ? [] : [[`  ${label}`, value[client as keyof typeof clients] || '(unset)', source]];
  });
  const won = new Set(users.map(([, text, source]) => `${text} ${source}`));
  const beaten = sources.filter(({ source, value: text }) => !won.has(`${text || '(unset)'} ${source}`));
  const rows = [...users, ...beaten.map(({ source, value: text }) => ['  not used', text || '(unset)', source])];
  return `${bold(name)}\n${columns(rows)}${notes.map((note) => `  ${yellow('!')} ${printable(note)}\n`).join('')}`;
}
