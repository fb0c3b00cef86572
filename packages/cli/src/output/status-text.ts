import { printable } from '@bedrockenv/core';
import type { Status } from '../commands/status.ts';
import type { Context } from '../context.ts';
import { quoted } from '../state/folder.ts';
import { colours } from './colours.ts';
import { columns } from './columns.ts';
import { shownKeys, shownVariable } from './preview.ts';

/** `status` for a person: the file, each setting with its source, the variables, the session, and what to do next. */
export function statusText(status: Status, { env }: Context): string {
  const { bold, dim, red, green, yellow } = colours(1, env);
  const { located, approval, resolution, clientKeys, session, warnings } = status;
  const paint = approval === 'approved' ? green : approval === 'denied' ? dim : red;
  const parts: string[] = [];
  if (located.nearest === null) parts.push(`${bold('file')}      none here or above\n`);
  else parts.push(`${bold('file')}      ${printable(located.nearest.path)} (${paint(approval)})\n`);
  if (located.applies && located.applies.path !== located.nearest?.path) {
    parts.push(`${bold('applies')}   ${printable(located.applies.path)}\n`);
  }
  if (session) {
    const isGood = session.state === 'fresh' || session.state === 'refreshable';
    parts.push(`${bold('session')}   ${printable(session.source.name)}: ${(isGood ? green : yellow)(session.text)}\n`);
  }

  const settings = Object.entries(resolution?.settings ?? {}).filter(([, { source }]) => source !== 'default');
  if (settings.length > 0) {
    const rows = settings.map(([key, { value, source }]) => [`  ${key}`, text(value), source]);
    parts.push(`\n${bold('settings')}\n${columns(rows)}`);
  }
  const variables = resolution?.variables ?? [];
  if (variables.length > 0) {
    parts.push(`\n${bold('variables')}\n${variables.map((variable) => `  ${shownVariable(variable)}\n`).join('')}`);
  }
  if (clientKeys.length > 0) parts.push(`\n${bold('for Claude Code alone')}\n${shownKeys(clientKeys)}`);
  if (warnings.length > 0) {
    const lines = warnings.map(
      ({ message, fix }) => `  ${yellow('!')} ${printable(message)}${fix ? `; ${printable(fix)}` : ''}\n`,
    );
    parts.push(`\n${bold('warnings')}\n${lines.join('')}`);
  }
  const next = nextCommand(status);
  if (next) parts.push(`\n${bold('next')}      ${printable(next)}\n`);
  return parts.join('');
}

/** The one command that most likely helps now; '' when all is well. */
function nextCommand({ dir, located, isStateUnsafe, approval, session }: Status): string {
  const { nearest } = located;
  // The warning says what to do, and no other command works before that.
  if (isStateUnsafe) return '';
  const where = nearest && nearest.root !== dir ? ` ${quoted(nearest.root)}` : '';
  if (nearest === null) return 'bedrockenv use <model or profile>';
  if (approval === 'unapproved') return `bedrockenv allow${where}`;
  if (approval === 'invalid') return located.bytes ? 'bedrockenv edit' : '';
  if (approval === 'denied') return '';
  return session?.state === 'expired' || session?.state === 'missing' ? 'bedrockenv login' : '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
