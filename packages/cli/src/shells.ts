import type { Shell } from '@bedrockenv/core';

/** The shells, each loaded when it is asked for. */
export const shells = {
  zsh: async () => (await import('@bedrockenv/zsh')).zsh,
  bash: async () => (await import('@bedrockenv/bash')).bash,
  fish: async () => (await import('@bedrockenv/fish')).fish,
} satisfies Record<string, () => Promise<Shell>>;

export type ShellName = keyof typeof shells;

export const shellNames = Object.keys(shells) as ShellName[];

export function isShellName(name: string): name is ShellName {
  return Object.hasOwn(shells, name);
}
