import { join } from 'node:path';
import type { Context } from '../context.ts';
import { setups, shellNames } from '../shells.ts';
import { exists } from '../state/directory.ts';
import { writeState } from '../state/write.ts';
import { hookFiles } from './shell-changes.ts';
import { versionFile } from './version.ts';

/** Writes the installed hooks anew, for the shells that start from now on. Nobody's own file is touched. */
export async function renewHooks(context: Pick<Context, 'state' | 'home'>): Promise<void> {
  for (const name of shellNames) {
    const setup = await setups[name]();
    if (!exists(join(context.state, 'hooks', setup.hookName))) continue;
    for (const { path, text } of await hookFiles(context, name, setup)) writeState(path, text);
  }
  const { path, text } = versionFile(context.state);
  writeState(path, text);
}
