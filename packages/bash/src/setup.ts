import { join } from 'node:path';
import type { HookFile, SetupPlace, ShellSetup } from '@bedrockenv/core';
import { quote } from './index.ts';

/** What a login shell reads: the first of these that exists. */
const loginFiles = ['.bash_profile', '.bash_login', '.profile'];

const check = 'case "${PROMPT_COMMAND[*]-}" in *_bedrockenv_prompt*) printf "\\n%s\\n" bedrockenv-check:yes ;; esac';

function loginFile({ home, exists }: Pick<SetupPlace, 'home' | 'exists'>): string {
  return loginFiles.map((name) => join(home, name)).find(exists) ?? join(home, '.bash_profile');
}

/** How the hook gets into a user's bash. */
export const setup: ShellSetup = {
  name: 'bash',
  programs: ['bash'],
  hookName: 'bedrockenv.bash',
  // Terminals of macOS start login shells, which read no ~/.bashrc by themselves. A new ~/.bash_profile would hide a
  // ~/.profile, so the line goes into the one that is read.
  rcFiles({ home, platform, exists, read }) {
    const rc = join(home, '.bashrc');
    if (platform !== 'darwin') return [rc];
    const login = loginFile({ home, exists });
    return /\.bashrc/.test(read(login)) ? [rc] : [rc, login];
  },
  otherFiles: ({ home }) => loginFiles.map((name) => join(home, name)),
  load(file) {
    const name = word(file);
    // ~/.profile is read by other shells too.
    return `[ -z "\${BASH_VERSION-}" ] || [ ! -r ${name} ] || . ${name}`;
  },
  // The line editor ble.sh shows the first prompt right there, and has PROMPT_COMMAND put away afterwards.
  staysLast: /\bble-attach\b/,
  byHand: /bedrockenv(\.js)?['"]?\s+hook\s+bash|bedrockenv\.plugin\.bash|\bbedrockenv\/\S*hook\S*\.(ba)?sh/,
  completions: {
    name: 'bedrockenv.completions.bash',
    // Loaded at the first TAB, with or without the package bash-completion: 124 means "ask again".
    announce: (file) =>
      `[[ $- != *i* ]] || { _bedrockenv_completions() { . ${word(file)} && return 124; }; complete -F _bedrockenv_completions bedrockenv; }`,
  },
  check: ['-i', '-c', check],
  // ssh, consoles and tmux start one. Most systems give their users a ~/.profile that reads ~/.bashrc; a ~/.bash_profile of
  // one's own hides it. The line may stand in ~/.profile, which other shells read too.
  login: {
    check: ['-l', '-i', '-c', check],
    file: loginFile,
    line: '[ -z "${BASH_VERSION-}" ] || [ ! -r ~/.bashrc ] || . ~/.bashrc',
  },
  checkEnv: () => ({ HISTFILE: '' }),
};

/** A path as one word; `~` stays outside of the quotes. */
function word({ path, belowHome }: HookFile): string {
  const quoted = (text: string) => (/^[\w@%+:,./-]+$/.test(text) ? text : quote(text));
  return belowHome === null ? quoted(path) : `~/${quoted(belowHome)}`;
}
