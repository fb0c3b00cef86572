export type { ShellDriver } from '@bedrockenv/core';
export { bash, drivers, fish, powershell, zsh } from '../drivers/index.ts';
export { promptMarker } from '../drivers/prompt-marker.ts';
export type { Key } from './keys.ts';
export { type Process, processesOf, reap } from './processes.ts';
export { render } from './render.ts';
export type { Ran, Shell } from './shell.ts';
export { snapshot, type VariableState } from './snapshot.ts';
export { type ShellOptions, startShell, writeRc } from './start-shell.ts';
