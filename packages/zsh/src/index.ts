import type { Shell } from '@bedrockenv/core';

/** A word of zsh text: single quotes, in which zsh interprets nothing (RC_QUOTES only ever joins two of them). */
function quote(value: string): string {
  return `'${value.replaceAll("'", `'"'"'`)}'`;
}

export const zsh: Shell = {
  name: 'zsh',
  hookFile: 'bedrockenv.plugin.zsh',
  prologue: ({ node, cli }) => `typeset -g _bedrockenv_node=${quote(node)} _bedrockenv_cli=${quote(cli)}\n`,
  // `eval` parses all of its text before it runs any of it, so a user's aliases must be off before that: the hook is
  // given to a second `eval`. Its first block stays in the clear, so that a file with this text defers the rest too.
  wrap(hook) {
    const [atStartUp] = hook.split('# The rest.\n');
    return `${atStartUp}() { 'builtin' 'emulate' '-L' 'zsh' '-o' 'no_aliases'; 'builtin' 'eval' ${quote(hook)} }\n`;
  },
  assign: (name, value) => (value === null ? `unset ${name}` : `export ${name}=${quote(value)}`),
};
