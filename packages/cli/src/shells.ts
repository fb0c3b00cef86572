import type { Shell, ShellSetup } from '@bedrockenv/core';

/** The shells, each loaded when it is asked for. */
export const shells = {
  zsh: async () => (await import('@bedrockenv/zsh')).zsh,
  bash: async () => (await import('@bedrockenv/bash')).bash,
  fish: async () => (await import('@bedrockenv/fish')).fish,
  powershell: async () => (await import('@bedrockenv/powershell')).powershell,
} satisfies Record<string, () => Promise<Shell>>;

/** How each gets into its user's own files, and out of them. */
export const setups: Record<keyof typeof shells, () => Promise<ShellSetup>> = {
  zsh: async () => (await import('@bedrockenv/zsh/setup')).setup,
  bash: async () => (await import('@bedrockenv/bash/setup')).setup,
  fish: async () => (await import('@bedrockenv/fish/setup')).setup,
  powershell: async () => (await import('@bedrockenv/powershell/setup')).setup,
};

/** What `bedrockenv hook` prints a file for: the shells, and direnv, which is none but has a library. */
export const hooks = {
  ...shells,
  direnv: async () => (await import('@bedrockenv/direnv')).direnv,
} satisfies Record<string, () => Promise<Shell>>;

export type ShellName = keyof typeof shells;
export type HookName = keyof typeof hooks;

export const shellNames = Object.keys(shells) as ShellName[];
export const hookNames = Object.keys(hooks) as HookName[];

export function isShellName(name: string): name is ShellName {
  return Object.hasOwn(shells, name);
}
