import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Env, Program } from '@bedrockenv/core';
import { execa } from 'execa';

/** How long a program may take to tell its version, in ms. */
const patience = 5_000;

/** Where a program of a PATH lies, or one that is named by its path; null where there is none. */
export function findProgram(name: string, env: Env, platform: NodeJS.Platform = process.platform): string | null {
  const endings = platform === 'win32' ? ['', '.exe', '.cmd', '.bat', '.ps1'] : [''];
  const folders = /[/\\]/.test(name) ? [null] : (env.PATH ?? env.Path ?? '').split(delimiter);
  for (const folder of folders) {
    for (const ending of endings) {
      const path = `${folder === null ? name : join(folder || '.', name)}${ending}`;
      if (isProgram(path, platform)) return path;
    }
  }
  return null;
}

/** Whether a file is there; of a program that is named by its path it need not be executable, it may be a script. */
export function hasProgram(name: string, env: Env): boolean {
  if (!/[/\\]/.test(name)) return findProgram(name, env) !== null;
  return statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isProgram(path: string, platform: NodeJS.Platform): boolean {
  try {
    if (platform !== 'win32') accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The Claude Code of PATH. Its version is read from where it lies: npm's package.json, or the native installer's folder
 * `versions/2.1.330`. Only of any other is it asked, as starting it takes a second.
 */
export async function claudeProgram(env: Env): Promise<Program | null> {
  const path = findProgram('claude', env);
  if (path === null) return null;
  return { path, version: versionByPlace(path) ?? (await askedVersion(path, env)) };
}

/** The node that a script with `#!/usr/bin/env node` runs on. */
export async function nodeProgram(env: Env): Promise<Program | null> {
  const path = findProgram('node', env);
  if (path === null) return null;
  const own = versionIn(process.versions.node);
  if (realpathSync(path) === realpathSync(process.execPath)) return { path, version: own };
  return { path, version: await askedVersion(path, env) };
}

function versionByPlace(path: string): Program['version'] {
  const real = realpathSync(path);
  const folder = /[/\\]versions[/\\](\d+\.\d+\.\d+)(?=[/\\]|$)/.exec(real)?.[1];
  if (folder) return versionIn(folder);
  for (let at = dirname(real); at !== dirname(at); at = dirname(at)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Record<string, unknown>;
      if (typeof name === 'string' && name.startsWith('@anthropic-ai/claude-code')) return versionIn(String(version));
      return null;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

async function askedVersion(path: string, env: Env): Promise<Program['version']> {
  const result = await execa(path, ['--version'], {
    env: env as Record<string, string>,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: patience,
    maxBuffer: 10_000,
  });
  return versionIn(result.stdout ?? '');
}

function versionIn(text: string): Program['version'] {
  const match = /(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}
