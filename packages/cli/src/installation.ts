import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type HookName, hooks, type ShellName } from './shells.ts';

/** Where this CLI lies: absolute paths of the node that runs it and of its entry. */
export function installation(): { node: string; cli: string } {
  return { node: process.execPath, cli: resolve(import.meta.dirname, '../bin/bedrockenv.js') };
}

/** The hook for a shell, or direnv's library: where node and bedrockenv lie, then the hook's file as it is. */
export async function hookText(name: HookName): Promise<string> {
  const shell = await hooks[name]();
  const text = await rawHook(name);
  const prologue = shell.prologue(installation());
  return shell.wrap ? prologue + shell.wrap(text) : prologue + text;
}

/** A hook's file as it lies in its package. */
export async function rawHook(name: HookName): Promise<string> {
  const shell = await hooks[name]();
  return packageFile(shell.name, shell.hookFile);
}

/** A file of a shell's package, as it is. */
function packageFile(shell: string, path: string): string {
  return readFileSync(join(packageFolder(shell), path), 'utf8');
}

/** The completions for a shell: its package's file, as it is. */
export async function completionsText(name: ShellName): Promise<string> {
  const shell = await hooks[name]();
  return packageFile(name, shell.completionsFile as string);
}

/**
 * The folder of a shell's package. The hook is not bundled: it is a file that lints and sources as it lies there.
 * Looked up as Node does it, because Node's own resolver takes 2 ms to load; it is asked where there is no such folder.
 */
function packageFolder(shell: string): string {
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) {
    const folder = join(at, 'node_modules/@bedrockenv', shell);
    if (existsSync(folder)) return folder;
  }
  return dirname(import.meta.resolve(`@bedrockenv/${shell}/package.json`));
}
