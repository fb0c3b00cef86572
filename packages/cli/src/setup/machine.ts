import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { SetupPlace, ShellSetup } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { type ShellName, setups, shellNames } from '../shells.ts';
import { exists } from '../state/directory.ts';
import { onPath } from './programs.ts';
import { runShell } from './run-shell.ts';

/** A shell of this machine. */
export interface ShellHere {
  name: ShellName;
  setup: ShellSetup;
  program: string;
  place: SetupPlace;
  rcFiles: readonly string[];
  /** Its user's own: the login shell, or one with an rc file. */
  isUsed: boolean;
}

/** What setup found. */
export interface Machine {
  shells: readonly ShellHere[];
  direnv: boolean;
  claude: boolean;
  /** Run from a place that will be gone again. */
  isTemporary: boolean;
}

/** Looks for the shells, direnv and Claude Code. */
export async function lookAround({ base, home }: Context): Promise<Machine> {
  const found = await Promise.all(shellNames.map((name) => lookForShell(name, base, home)));
  return {
    shells: found.filter((shell) => shell !== null),
    direnv: onPath('direnv', base) !== undefined,
    claude: onPath('claude', base) !== undefined || exists(base.CLAUDE_CONFIG_DIR || join(home, '.claude')),
    isTemporary: /[\\/]_npx[\\/]/.test(import.meta.dirname),
  };
}

async function lookForShell(name: ShellName, env: Context['base'], home: string): Promise<ShellHere | null> {
  const setup = await setups[name]();
  const program = setup.programs.map((each) => onPath(each, env)).find((path) => path !== undefined);
  if (program === undefined) return null;
  const { ask } = setup;
  const isAsked = ask !== undefined && (ask.onlyOn ?? process.platform) === process.platform;
  const told = isAsked ? whatItSaid(await runShell(program, ask.args, { ...env, HOME: home })) : null;
  const place: SetupPlace = { env, home, platform: process.platform, told, exists, read };
  const rcFiles = setup.rcFiles(place);
  const isLogin = setup.programs.includes(basename(env.SHELL || loginShell()).replace(/\.exe$/, ''));
  const isUsed = isLogin || [...rcFiles, ...(setup.otherFiles?.(place) ?? [])].some(exists);
  return { name, setup, program, place, rcFiles, isUsed };
}

function loginShell(): string {
  try {
    return userInfo().shell ?? '';
  } catch {
    // A user without an entry in the system's list, as in some containers.
    return '';
  }
}

function whatItSaid(output: string): string | null {
  return /^bedrockenv-told:(.*?)\r?$/m.exec(output)?.[1] || null;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
