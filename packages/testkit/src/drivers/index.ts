import type { ShellDriver } from '../driver.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { powershell } from './powershell.ts';
import { zsh } from './zsh.ts';

export { bash } from './bash.ts';
export { fish } from './fish.ts';
export { powershell } from './powershell.ts';
export { zsh } from './zsh.ts';

/** Every shell that the scenarios run in. */
export const drivers: readonly ShellDriver[] = [zsh, bash, fish, powershell];
