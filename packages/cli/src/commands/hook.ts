import type { Command } from '../command.ts';
import { hookText } from '../installation.ts';
import { stdout } from '../output/streams.ts';
import { type HookName, hookNames } from '../shells.ts';

export const hook: Command = {
  name: 'hook',
  summary:
    'Print the hook for a shell, or the library for direnv: where node and bedrockenv lie, then the file itself.',
  args: [{ name: 'shell', summary: 'the shell, or direnv', choices: hookNames }],
  flags: [],
  examples: [
    ['eval "$(bedrockenv hook zsh)"', 'in ~/.zshrc'],
    ['eval "$(bedrockenv hook bash)"', 'in ~/.bashrc'],
    ['bedrockenv hook fish | source', 'in ~/.config/fish/config.fish'],
    ['bedrockenv hook powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
    ['bedrockenv hook direnv > ~/.config/direnv/lib/bedrockenv.sh', 'once'],
  ],
  isLight: true,
  async run({ args }) {
    stdout(await hookText(args[0] as HookName));
    return 0;
  },
};
