import { spawnSync } from 'node:child_process';
import { delimiter, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Env, SettingsRecord } from '@bedrockenv/core';
import { asByteText, byteText, textBytes } from '../byte-text.ts';
import { readFile } from '../state/read.ts';
import { writeOwn } from '../state/write.ts';

/** More than any such list has. */
const limit = 4 << 20;

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
  const read = readFile(path, limit);
  if (read.kind === 'broken') return null;
  const before = byteText(read.kind === 'file' ? read.bytes : null);
  const lead = before === '' || before.endsWith('\n') ? '' : '\n';
  writeOwn(path, textBytes(`${before}${lead}${asByteText(line)}\n`));
  return { list: path, line };
}

/** Takes the line out again. */
export function unignoreInGit(ignored: SettingsRecord['ignored']): void {
  if (ignored === null) return;
  const read = readFile(ignored.list, limit);
  if (read.kind !== 'file') return;
  const [text, line] = [byteText(read.bytes), `${asByteText(ignored.line)}\n`];
  const at = text.lastIndexOf(line);
  if (at < 0 || (at > 0 && text[at - 1] !== '\n')) return;
  writeOwn(ignored.list, textBytes(text.slice(0, at) + text.slice(at + line.length)));
}

/** Whether git follows a file; false where there is no repository, or no git. */
export function isTracked(path: string, env: Env): boolean {
  return runGit(dirname(path), env, ['ls-files', '--error-unmatch', '--', path]).code === 0;
}

/**
 * Without what a hook of git may have set for the repository that it runs in, nor a monitor that the repository names, and
 * never a `git` that lies in the repository, where PATH has a folder that is none from the root.
 */
function runGit(folder: string, env: Env, words: readonly string[]): { code: number | null; text: string } {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, PATH, ...rest } = env;
  const folders = PATH?.split(delimiter).filter(isAbsolute).join(delimiter);
  const { status, stdout } = spawnSync('git', ['-C', folder, '-c', 'core.fsmonitor=false', ...words], {
    env: { ...rest, ...(folders !== undefined && { PATH: folders }) } as NodeJS.ProcessEnv,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { code: status, text: (stdout ?? '').replace(/\n$/, '') };
}

/** What means something in a pattern of git. */
const escaped = (path: string) => path.replace(/[\\*?[\] ]/g, '\\$&');
