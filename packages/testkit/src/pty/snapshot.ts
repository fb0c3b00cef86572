import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell } from './shell.ts';

/** `x` exported, `l` set but not exported, `u` unset (then the value is ''). */
export interface VariableState {
  state: 'x' | 'l' | 'u';
  value: string;
}

let count = 0;

/** The variables of a running shell, read without starting a process in it. It costs one prompt. */
export async function snapshot(shell: Shell, names: readonly string[]): Promise<Record<string, VariableState>> {
  count += 1;
  const file = join(tmpdir(), `testkit-${process.pid}-${count}`);
  await shell.run(shell.driver.dumpVariables(names, file));
  const fields = readFileSync(file, 'utf8').split('\0');
  rmSync(file);
  const found: Record<string, VariableState> = {};
  for (let i = 0; i + 2 < fields.length; i += 3) {
    found[fields[i] as string] = { state: fields[i + 1] as VariableState['state'], value: fields[i + 2] as string };
  }
  return found;
}
