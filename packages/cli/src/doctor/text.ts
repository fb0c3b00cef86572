import { type Env, type Finding, printable } from '@bedrockenv/core';
import { colours } from '../output/colours.ts';

/** As wide as any terminal is. */
const width = 80;

/** Findings for a person: the errors first, each with its place and its fix. */
export function doctorText(found: readonly Finding[], env: Env, isLive: boolean): string {
  const { red, yellow, dim, green, bold } = colours(1, env);
  if (found.length === 0) {
    return `${green('nothing found')}\n${isLive ? '' : 'It did not ask AWS; that does: bedrockenv doctor --live\n'}`;
  }
  const paint = { error: red, warning: yellow, info: dim };
  const groups = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const own = found.filter((finding) => finding.severity === severity);
    if (own.length === 0) return [];
    const heading = severity === 'info' ? 'for information' : `${own.length} ${severity}${own.length === 1 ? '' : 's'}`;
    return [[paint[severity](bold(heading)), ...own.map(shown)].join('\n')];
  });
  return `${groups.join('\n\n')}\n`;
}

function shown({ code, message, where, fix }: Finding): string {
  const lines = [`  ${code}`, ...wrapped(message, '    ')];
  // A path and a command are left in one piece, to be copied.
  if (where !== null) lines.push(`    at ${printable(where)}`);
  if (fix !== '') lines.push(`    fix: ${printable(fix)}`);
  return lines.join('\n');
}

/** Words on lines of at most 80 columns, each after the indent. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of printable(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}
