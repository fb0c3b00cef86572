import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { exists } from '../state/directory.ts';

/**
 * The top of the git repository that a directory is in, as Claude Code finds it: that of the main checkout where the
 * directory is in another worktree (2.1.330, measured). Without a process, and without what the repository configures.
 * @returns without symbolic links; null: it is in no repository
 */
export function gitTop(directory: string): string | null {
  for (let at = real(directory); ; at = dirname(at)) {
    const git = join(at, '.git');
    if (exists(git)) return mainCheckout(at, git);
    if (at === dirname(at)) return null;
  }
}

/** Whether two names mean one directory. */
export function sameDirectory(one: string, other: string): boolean {
  return real(one) === real(other);
}

/** `.git` of a worktree is a file that names a folder of the repository, where `commondir` names the repository. */
function mainCheckout(top: string, git: string): string {
  const folder = /^gitdir: (.+?)\s*$/.exec(textOf(git))?.[1];
  if (folder === undefined) return top;
  const gitdir = resolve(top, folder);
  const common = textOf(join(gitdir, 'commondir')).trim();
  const repository = resolve(gitdir, common);
  return common !== '' && basename(repository) === '.git' ? dirname(repository) : top;
}

/** '' where it is a folder, or cannot be read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
