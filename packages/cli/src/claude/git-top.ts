import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { exists } from '../state/directory.ts';

/**
 * The top of the git repository that a directory is in, as Claude Code finds it: that of the main checkout where the
 * directory is in another worktree (2.1.330, measured). Without a process, and without what the repository configures.
 * @returns without symbolic links; null: it is in no repository, or in a worktree of one that has no checkout beside its
 * `.git`: a bare one, a submodule, one with a separate folder
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

/**
 * `.git` of a worktree is a file that names a folder of the repository. The client goes there only when that folder is
 * one of the repository's `worktrees` and names this worktree in turn; otherwise anybody's file could name any folder.
 */
function mainCheckout(top: string, git: string): string | null {
  const named = /^gitdir: (.+?)\s*$/.exec(textOf(git))?.[1];
  if (named === undefined) return top;
  const folder = real(resolve(top, named));
  const [common, back] = [textOf(join(folder, 'commondir')).trim(), textOf(join(folder, 'gitdir')).trim()];
  if (common === '' || back === '') return top;
  const repository = real(resolve(folder, common));
  const isIts = folder === join(repository, 'worktrees', basename(folder));
  if (!isIts || real(resolve(folder, back)) !== git) return top;
  return basename(repository) === '.git' ? dirname(repository) : null;
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
