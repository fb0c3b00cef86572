import type { Shell } from '@bedrockenv/core';

// What a terminal must not get from a pasted line: C0, DEL, C1, and what reorders the text that a person reads.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in the line as they are
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A word of bash text: single quotes, in which bash interprets nothing, or `$'…'` where the value has control
 * characters, each as its UTF-8 bytes (`\u…` would depend on the reader's locale).
 */
export function quote(value: string): string {
  if (value.search(unprintable) === -1) return `'${value.replaceAll("'", "'\\''")}'`;
  const escaped = value.replace(/[\\']/g, '\\$&').replace(unprintable, (c) => {
    const bytes = [...new TextEncoder().encode(c)];
    return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  });
  return `$'${escaped}'`;
}

export const bash: Shell = {
  name: 'bash',
  hookFile: 'bedrockenv.bash',
  completionsFile: 'completions/bedrockenv.bash',
  prologue: ({ node, cli }) => `_bedrockenv_node=${quote(node)} _bedrockenv_cli=${quote(cli)}\n`,
  assign: (name, value) => (value === null ? `unset ${name}` : `export ${name}=${quote(value)}`),
};
