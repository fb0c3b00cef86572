import { dirname, join } from 'node:path';
import type { HookFile, ShellSetup } from '@bedrockenv/core';
import { quote } from './index.ts';

/** How the hook gets into a user's zsh. */
export const setup: ShellSetup = {
  name: 'zsh',
  programs: ['zsh'],
  hookName: 'bedrockenv.zsh',
  // ZDOTDIR is often set in ~/.zshenv and not exported.
  ask: { args: ['-c', 'print -r -- $\'\\n\'"bedrockenv-told:${ZDOTDIR-}"'] },
  rcFiles: ({ env, home, told }) => [join(told || env.ZDOTDIR || home, '.zshrc')],
  load(file) {
    const name = word(file);
    return `[[ ! -r ${name} ]] || source ${name}`;
  },
  byHand: /bedrockenv(\.js)?['"]?\s+hook\s+zsh|bedrockenv\.plugin\.zsh|bedrockenv\/zsh|\bbedrockenv\/\S*hook\S*\.zsh/,
  completions: {
    name: '_bedrockenv',
    // compinit finds the file by itself when it comes later; when it came before, it is told as `compdef` would, which
    // takes as long as loading the hook. A question for the whole of _comps would too, while one for its type does not, and
    // without it `cd` is a parameter that may not be set (NO_UNSET). The hook reads its file again.
    announce({ path }) {
      const tell =
        "[[ -z ${(t)_comps-} || -z ${_comps[cd]+x} ]] || { 'builtin' 'autoload' -Uz _bedrockenv; _comps[bedrockenv]=_bedrockenv; }";
      return `[[ ! -o interactive || -n \${_bedrockenv_load-} ]] || { fpath+=( ${quote(dirname(path))} ); ${tell}; }`;
    },
  },
  check: ['-i', '-c', "(( ${+functions[_bedrockenv_precmd]} )) && print -r -- $'\\n'bedrockenv-check:yes"],
  checkEnv: () => ({ HISTFILE: '' }),
};

/** A path as one word; `~` stays outside of the quotes. */
function word({ path, belowHome }: HookFile): string {
  const quoted = (text: string) => (/^[\w@%+:,./-]+$/.test(text) ? text : quote(text));
  return belowHome === null ? quoted(path) : `~/${quoted(belowHome)}`;
}
