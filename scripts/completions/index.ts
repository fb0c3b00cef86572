import { bashCompletions } from './bash.ts';
import { completedCommands } from './commands.ts';
import { fishCompletions } from './fish.ts';
import { powershellCompletions } from './powershell.ts';
import { zshCompletions } from './zsh.ts';

/** Where each shell, and its plugin managers, look for them. */
const files = {
  'packages/zsh/_bedrockenv': zshCompletions,
  'packages/bash/completions/bedrockenv.bash': bashCompletions,
  'packages/fish/completions/bedrockenv.fish': fishCompletions,
  'packages/powershell/completions/bedrockenv.ps1': powershellCompletions,
};

/** The completions of every shell as they should be, by path. */
export async function completionFiles(): Promise<Map<string, string>> {
  const commands = await completedCommands();
  return new Map(Object.entries(files).map(([path, render]) => [path, render(commands)]));
}
