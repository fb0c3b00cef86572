import type { Command } from '../command.ts';
import { completionsText } from '../installation.ts';
import { stdout } from '../output/streams.ts';
import { type ShellName, shellNames } from '../shells.ts';

export const completions: Command = {
  name: 'completions',
  summary: 'Print the completions for a shell: commands, flags, models, regions, and the names of this machine.',
  args: [{ name: 'shell', summary: 'the shell', choices: shellNames }],
  flags: [],
  examples: [
    ['eval "$(bedrockenv completions zsh)"', 'in ~/.zshrc, after compinit'],
    ['eval "$(bedrockenv completions bash)"', 'in ~/.bashrc'],
    ['bedrockenv completions fish | source', 'in ~/.config/fish/config.fish'],
    ['bedrockenv completions powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
  ],
  isLight: true,
  async run({ args }) {
    stdout(await completionsText(args[0] as ShellName));
    return 0;
  },
};
