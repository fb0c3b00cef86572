import { driver as bashDriver } from '@bedrockenv/bash/driver';
import type { DriverKit, ShellDriver } from '@bedrockenv/core';
import { driver as fishDriver } from '@bedrockenv/fish/driver';
import { driver as powershellDriver } from '@bedrockenv/powershell/driver';
import { driver as zshDriver } from '@bedrockenv/zsh/driver';
import { findProgram } from './find-program.ts';
import { promptMarker } from './prompt-marker.ts';

const kit: DriverKit = { findProgram, promptMarker };

export const zsh = zshDriver(kit);
export const bash = bashDriver(kit);
export const fish = fishDriver(kit);
export const powershell = powershellDriver(kit);

/** Every shell that the scenarios run in. */
export const drivers: readonly ShellDriver[] = [zsh, bash, fish, powershell];
