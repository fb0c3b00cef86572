import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { exists } from '../state/directory.ts';
import { makeScratch } from '../state/scratch.ts';
import { remove } from '../state/write.ts';
import type { ShellHere } from './machine.ts';
import { runShell } from './run-shell.ts';

/**
 * Starts a new interactive shell, with its user's whole rc file, and asks whether the hook is in it. What a shell makes of
 * its own when it runs for the first time is removed again.
 * @param check the arguments of the shell; those of a plain interactive one unless given
 */
export async function isLoaded(
  { base, home, state }: Context,
  shell: ShellHere,
  signal?: AbortSignal,
  check: readonly string[] = shell.setup.check,
): Promise<boolean> {
  const { setup, program, place } = shell;
  const scratch = makeScratch(state);
  const folder = setup.makes?.(place);
  const before = folder === undefined ? new Set<string>() : new Set(contents(folder));
  const { CLAUDECODE, BEDROCKENV_DISABLE, ...rest } = base;
  const env = { ...rest, HOME: home, BEDROCKENV_NO_LOGIN: '1' };
  try {
    const out = await runShell(program, check, { ...env, ...setup.checkEnv?.(scratch) }, signal);
    return /^bedrockenv-check:yes\r?$/m.test(out);
  } finally {
    // The outer last, and the user's own never.
    if (folder !== undefined) for (const each of contents(folder).reverse()) if (!before.has(each)) remove(each);
    remove(scratch);
  }
}

function contents(folder: string): string[] {
  if (!exists(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(folder, name));
}
