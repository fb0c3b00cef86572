import type { Command } from '../command.ts';
import { hookText } from '../installation.ts';
import { stdout } from '../output/streams.ts';
import { type ShellName, shellNames } from '../shells.ts';

export const hook: Command = {
  name: 'hook',
  summary: 'Print the hook for a shell: where node and bedrockenv lie, then the hook itself.',
  args: [{ name: 'shell', summary: 'the shell', choices: shellNames }],
  flags: [],
  examples: [
    ['eval "$(bedrockenv hook zsh)"', 'in ~/.zshrc'],
    ['eval "$(bedrockenv hook bash)"', 'in ~/.bashrc'],
    ['bedrockenv hook fish | source', 'in ~/.config/fish/config.fish'],
  ],
  isLight: true,
  async run({ args }) {
    stdout(await hookText(args[0] as ShellName));
    return 0;
  },
};
