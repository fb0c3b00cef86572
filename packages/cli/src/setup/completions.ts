import { packageFile } from '../installation.ts';
import type { ShellName } from '../shells.ts';

/** The text of a shell's completions; null: there are none yet. */
export function completionsText(shell: ShellName): string | null {
  return texts[shell]?.() ?? null;
}

const texts: Partial<Record<ShellName, () => string>> = {
  fish: () => packageFile('fish', 'completions/bedrockenv.fish'),
};
