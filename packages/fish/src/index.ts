import type { Shell } from '@bedrockenv/core';

/**
 * One word of fish: in single quotes, where only `\` and `'` mean anything. Controls stand outside of them as `\xHH`,
 * so that a value is one line and shows nothing on a terminal.
 * @throws {RangeError} when the value holds a NUL, which no environment can
 */
export function quote(value: string): string {
  if (value.includes('\0')) throw new RangeError('a value cannot hold a NUL');
  const quoted = value.replace(/[\\']/g, '\\$&');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is written as an escape
  return `'${quoted.replace(/[\x01-\x1f\x7f]+/g, (controls) => `'${escapes(controls)}'`)}'`;
}

function escapes(controls: string): string {
  return Array.from(controls, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
}

/** fish 3.3 and later. */
export const fish: Shell = {
  name: 'fish',
  hookFile: 'conf.d/bedrockenv.fish',
  completionsFile: 'completions/bedrockenv.fish',
  prologue: ({ node, cli }) => `set -g _bedrockenv_node ${quote(node)}\nset -g _bedrockenv_cli ${quote(cli)}\n`,
  // Never a universal variable: it is every shell's and outlives this one.
  assign: (name, value) => (value === null ? `set -e -g ${name}` : `set -g -x ${name} ${quote(value)}`),
};
