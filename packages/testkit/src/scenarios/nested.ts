import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell, ShellDriver } from '../pty/index.ts';

/** `state:value` of variables in the shell that now reads the terminal, whatever its kind. */
export async function snapshotIn(
  shell: Shell,
  inner: ShellDriver,
  names: readonly string[],
): Promise<Record<string, string>> {
  const file = join(tmpdir(), `testkit-nested-${process.pid}`);
  await shell.run(inner.dumpVariables(names, file));
  const fields = readFileSync(file, 'utf8').split('\0');
  rmSync(file);
  return Object.fromEntries(names.map((name, i) => [name, `${fields[3 * i + 1]}:${fields[3 * i + 2]}`]));
}
