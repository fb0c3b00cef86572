import type { Shell } from '@bedrockenv/core';

/** A word of zsh text: single quotes, in which zsh interprets nothing (RC_QUOTES only ever joins two of them). */
export function quote(value: string): string {
  return `'${value.replaceAll("'", `'"'"'`)}'`;
}

export const zsh: Shell = {
  name: 'zsh',
  hookFile: 'bedrockenv.plugin.zsh',
  completionsFile: '_bedrockenv',
  prologue: ({ node, cli }) => `typeset -g _bedrockenv_node=${quote(node)} _bedrockenv_cli=${quote(cli)}\n`,
  // The functions must be read under `emulate -c` with the options that they run with, as the hook's first block does
  // for a file. That block stays in the clear, so that a file with this text defers the rest too.
  wrap(hook) {
    const [atStartUp = ''] = hook.split('# The rest.\n');
    const [emulate] = /'builtin' 'emulate' 'zsh'(?:[ \\\n]+'-o' '\w+')+[ \\\n]+'-c'/.exec(atStartUp) ?? [];
    if (emulate === undefined) throw new Error('the first block of the hook has no emulate -c');
    return `${atStartUp}${emulate} ${quote(hook)}\n`;
  },
  assign: (name, value) => (value === null ? `unset ${name}` : `export ${name}=${quote(value)}`),
};
