import { join } from 'node:path';
import { printable, readAws } from '@bedrockenv/core';
import { type Status, statusOf } from './commands/status.ts';
import type { Context } from './context.ts';
import { colours } from './output/colours.ts';
import { problemLine } from './output/messages.ts';
import { stdout } from './output/streams.ts';
import { tilde } from './setup/show.ts';
import { awsCliHere } from './sign-in/aws-here.ts';
import { exists } from './state/directory.ts';
import { quoted } from './state/folder.ts';
import { gather } from './state/gather.ts';

type Next = readonly [line: string, purpose: string];

/** `bedrockenv` alone: what applies here, in a line or two, and the two commands that most likely help next. */
export async function here(context: Context): Promise<number> {
  const { bold, dim } = colours(1, context.env);
  const status = await statusOf(context);
  const next = nextCommands(status, context)
    .slice(0, 2)
    .map(([line, purpose]) => [printable(line), purpose] as const);
  const width = Math.max(...next.map(([line]) => line.length));
  const lines = next.map(([line, purpose]) => `  ${bold(line.padEnd(width))}  ${dim(purpose)}\n`);
  stdout(`${summary(status, context)}\n${lines.join('')}\n${dim('All commands: bedrockenv -h')}\n`);
  return 0;
}

function summary({ dir, located, approval, resolution, session, warnings }: Status, { home }: Context): string {
  const left = session && (session.state === 'missing' ? session.text : `session ${session.text}`);
  const label = [resolution?.label, left].filter(Boolean).join(' · ');
  const { nearest, applies } = located;
  const lines = [
    label === '' ? `${tilde(dir, home)}: nothing is chosen here` : `${tilde(dir, home)}: ${printable(label)}`,
  ];
  if (applies) lines.push(`from ${tilde(applies.path, home)}`);
  else if (label !== '') lines.push('from default: of the user config');
  if (nearest && nearest.path !== applies?.path) lines.push(`${tilde(nearest.path, home)} ${words[approval]}`);
  lines.push(...warnings.map(({ message, fix }) => `! ${printable(problemLine({ message, fix, where: undefined }))}`));
  return lines.map((line) => `${line}\n`).join('');
}

const words: Record<Status['approval'], string> = {
  approved: 'is approved',
  unapproved: 'is not approved',
  denied: 'is not used: you said no',
  invalid: 'cannot be used',
  none: '',
};

/** The most urgent first. */
function nextCommands(status: Status, context: Context): Next[] {
  const { dir, located, approval, resolution, session } = status;
  if (status.isStateUnsafe) return [['bedrockenv doctor', 'what is wrong, with a fix']];
  const { nearest, bytes } = located;
  const where = nearest && nearest.root !== dir ? ` ${quoted(nearest.root)}` : '';
  const isSignedOut = session?.state === 'expired' || session?.state === 'missing';
  const isNew = !exists(context.state) || (!hasSetUp(context) && nearest === null);
  return [
    ...when(approval === 'unapproved', [`bedrockenv allow${where}`, 'shows the file, and approves it']),
    ...when(approval === 'invalid' && bytes !== null, ['bedrockenv edit', 'mends the file']),
    ...when(isNew, ['bedrockenv setup', 'the hook in your shells, your defaults']),
    ...when(
      !hasProfiles(context),
      awsCliHere(context) === null
        ? ['bedrockenv profiles', 'how to get an AWS profile']
        : ['aws configure sso', 'makes an AWS profile'],
    ),
    ...when(approval === 'unapproved', [`bedrockenv deny${where}`, 'never asks about it again']),
    ...when(approval === 'invalid', ['bedrockenv status', 'everything that is wrong with it']),
    ...when(approval === 'denied', [`bedrockenv revoke${where}`, 'forgets that you said no']),
    ...when(approval === 'denied', [`bedrockenv allow${where}`, 'shows the file, and approves it after all']),
    ...when(isSignedOut, ['bedrockenv login', 'signs in']),
    ...when(resolution === null && nearest !== null, ['bedrockenv doctor', 'what is wrong, with a fix']),
    // It changes a file of this directory itself only when that is approved.
    ...when(nearest === null, ['bedrockenv use', 'chooses a profile and a model for this directory']),
    ...when(nearest !== null && (approval === 'approved' || nearest.root !== dir), [
      'bedrockenv use',
      'changes the profile or the model',
    ]),
    ...when(approval === 'invalid', ['bedrockenv doctor', 'what is wrong, with a fix']),
    resolution && resolution.variables.length > 0
      ? ['bedrockenv status', 'each setting with its source']
      : ['bedrockenv profiles', 'the AWS profiles there are'],
  ];
}

const when = (holds: boolean, next: Next): Next[] => (holds ? [next] : []);

const hasSetUp = ({ state }: Context) => exists(join(state, 'setup.json'));

function hasProfiles({ state, base, home }: Context): boolean {
  try {
    const gathered = gather({ state, env: base, home }, null);
    const aws = readAws(gathered.aws);
    return gathered.unreadable !== null || aws.unread().length > 0 || aws.profileNames().length > 0;
  } catch {
    // What is wrong with the files is among the warnings.
    return true;
  }
}
