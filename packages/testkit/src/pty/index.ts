export { promptMarker, type ShellDriver, type ShellName } from '../driver.ts';
export { bash, drivers, fish, zsh } from '../drivers/index.ts';
export type { Key } from './keys.ts';
export { type Process, processesOf, reap } from './processes.ts';
export { render } from './render.ts';
export type { Ran, Shell } from './shell.ts';
export { snapshot, type VariableState } from './snapshot.ts';
export { type ShellOptions, startShell, writeRc } from './start-shell.ts';
