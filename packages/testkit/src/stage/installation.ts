import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShellDriver } from '@bedrockenv/core';

/** The repository, absolute, with a slash at the end. */
export const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** The command under test: the built CLI, run by the Node that runs the tests. */
export const cli = join(repository, 'packages/cli/bin/bedrockenv.js');

/** How the hook gets into a shell: the installed file, `eval "$(bedrockenv hook …)"`, a plugin manager, not at all. */
export type Loading = 'file' | 'eval' | 'plugin' | 'none';

const hookTexts = new Map<string, string>();

/** What `bedrockenv hook SHELL` prints, asked once per process. */
export function hookText(driver: ShellDriver): string {
  let text = hookTexts.get(driver.name);
  if (text === undefined) {
    text = execFileSync(process.execPath, [cli, 'hook', driver.name], { encoding: 'utf8' });
    hookTexts.set(driver.name, text);
  }
  return text;
}

/** The rc line that loads the hook; `file` is where the installed hook lies. */
export function loadingLine(driver: ShellDriver, loading: Loading, file: string): string {
  if (loading === 'none') return '';
  if (loading === 'eval') {
    return driver.evalOutput(`${driver.quote(process.execPath)} ${driver.quote(cli)} hook ${driver.name}`);
  }
  if (loading === 'file') return driver.sourceFile(file);
  const plugin = join(repository, driver.hookFile);
  if (!existsSync(plugin)) throw new Error(`${plugin} does not exist`);
  return driver.sourceFile(plugin);
}
