import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Env, SettingsRecord } from '@bedrockenv/core';
import { writeOwn } from '../state/write.ts';

/**
 * Keeps a file out of git, unless it is ignored already or in no repository: by a line in the repository's own
 * `info/exclude`, which is on this machine alone and changes no file that git follows.
 * @param real the file's path without symbolic links
 * @returns what to take back; null: nothing
 */
export function ignoreInGit(real: string, env: Env): SettingsRecord['ignored'] {
  const folder = dirname(dirname(real));
  const git = (...words: string[]) => runGit(folder, env, words);
  const top = git('rev-parse', '--show-toplevel');
  const list = git('rev-parse', '--git-path', 'info/exclude');
  if (top.code !== 0 || list.code !== 0 || git('check-ignore', '-q', '--', real).code !== 1) return null;
  const line = `/${escaped(relative(top.text, real).split(sep).join('/'))}`;
  if (line.includes('\n') || line.startsWith('/../')) return null;
  const path = resolve(folder, list.text);
  const before = textOf(path);
  writeOwn(path, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`);
  return { list: path, line };
}

/** Takes the line out again. */
export function unignoreInGit(ignored: SettingsRecord['ignored']): void {
  if (ignored === null) return;
  const text = textOf(ignored.list);
  const at = text.lastIndexOf(`${ignored.line}\n`);
  if (at < 0 || (at > 0 && text[at - 1] !== '\n')) return;
  writeOwn(ignored.list, text.slice(0, at) + text.slice(at + ignored.line.length + 1));
}

/** Whether git follows a file; false where there is no repository, or no git. */
export function isTracked(path: string, env: Env): boolean {
  return runGit(dirname(path), env, ['ls-files', '--error-unmatch', '--', path]).code === 0;
}

/** Without what a hook of git may have set for the repository that it runs in, nor a monitor that the repository names. */
function runGit(folder: string, env: Env, words: readonly string[]): { code: number | null; text: string } {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...rest } = env;
  const { status, stdout } = spawnSync('git', ['-C', folder, '-c', 'core.fsmonitor=false', ...words], {
    env: rest as NodeJS.ProcessEnv,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { code: status, text: (stdout ?? '').replace(/\n$/, '') };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What means something in a pattern of git. */
const escaped = (path: string) => path.replace(/[\\*?[\] ]/g, '\\$&');
