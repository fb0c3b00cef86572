import { printable } from '@bedrockenv/core';
import { byteText } from '../byte-text.ts';
import type { Colours } from '../output/colours.ts';
import { shownChange } from '../output/preview.ts';
import type { Change } from './change.ts';
import type { Decided } from './decide.ts';

/** What setup is going to write, as a diff: only lines that come or go, because those around them may hold secrets. */
export function shown({ hooks, changes, claude }: Decided, home: string, paint: Colours): string {
  const parts = [
    ...hooks.map(({ path, text }) => `${paint.bold(tilde(path, home))}: ${counted(text)}`),
    ...changes.map((change) => ofChange(change, home, paint)),
    ...(claude && claude.changes.length > 0 ? [ofClaude(claude, home, paint)] : []),
  ];
  return parts.map((part) => `${part}\n`).join('');
}

function counted(text: string): string {
  const lines = text.split('\n').length - 1;
  return lines === 1 ? '1 line' : `${lines} lines`;
}

/** A path as its user would write it. */
export function tilde(path: string, home: string): string {
  return printable(path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path);
}

function ofChange({ path, before, after }: Change, home: string, paint: Colours): string {
  const [old, next] = [lines(before), lines(after)];
  let from = 0;
  while (from < Math.min(old.length, next.length) && old[from] === next[from]) from += 1;
  let same = 0;
  while (same < Math.min(old.length, next.length) - from && old.at(-1 - same) === next.at(-1 - same)) same += 1;
  const gone = old.slice(from, old.length - same);
  const come = next.slice(from, next.length - same);
  const heading = `${paint.bold(tilde(path, home))}${before === null ? ' (new)' : ''}`;
  if (before === null && come.length > 12) return `${heading}: ${come.length} lines`;
  return [
    heading,
    ...gone.map((line) => paint.red(`- ${printable(line)}`)),
    ...come.map((line) => paint.green(`+ ${printable(line)}`)),
  ].join('\n');
}

function ofClaude({ path, changes }: NonNullable<Decided['claude']>, home: string, paint: Colours): string {
  const each = changes
    .flatMap(shownChange)
    .map(([sign, line]) => (sign === '-' ? paint.red : paint.green)(`${sign} ${line}`));
  return [paint.bold(tilde(path, home)), ...each].join('\n');
}

/** UTF-8 where it is, and never a line that only seems to differ: an end that is missing is none of the line. */
function lines(bytes: Uint8Array | null): string[] {
  const text = byteText(bytes).replace(/\r?\n$/, '');
  return text === '' ? [] : Buffer.from(text, 'latin1').toString('utf8').split(/\r?\n/);
}
