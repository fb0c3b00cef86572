import { basename, dirname, join, resolve } from 'node:path';
import { exists } from '../state/directory.ts';
import { readFile } from '../state/read.ts';
import { realPath } from '../state/torn.ts';

/** More than a path can have, in bytes. */
const limit = 8192;

/**
 * The top of the git repository that a directory is in, as Claude Code finds it: that of the main checkout where the
 * directory is in another worktree (2.1.330, measured). Without a process, and without what the repository configures.
 * @returns without symbolic links; null: it is in no repository, or in a worktree of one that has no checkout beside its
 * `.git`: a bare one, a submodule, one with a separate folder
 */
export function gitTop(directory: string): string | null {
  for (let at = realPath(directory); ; at = dirname(at)) {
    const git = join(at, '.git');
    if (exists(git)) return mainCheckout(at, git);
    if (at === dirname(at)) return null;
  }
}

/** Whether two names mean one directory. */
export function sameDirectory(one: string, other: string): boolean {
  return realPath(one) === realPath(other);
}

/** What such a file begins with. */
const mark = 'gitdir: ';

/**
 * `.git` of a worktree is a file that names a folder of the repository. The client goes there only when that folder is
 * one of the repository's `worktrees` and names this worktree in turn; otherwise anybody's file could name any folder.
 */
function mainCheckout(top: string, git: string): string | null {
  const text = textOf(git);
  if (!text.startsWith(mark)) return top;
  const folder = realPath(resolve(top, text.slice(mark.length).trimEnd()));
  const [common, back] = [textOf(join(folder, 'commondir')).trim(), textOf(join(folder, 'gitdir')).trim()];
  if (common === '' || back === '') return top;
  const repository = realPath(resolve(folder, common));
  const isIts = folder === join(repository, 'worktrees', basename(folder));
  if (!isIts || realPath(resolve(folder, back)) !== git) return top;
  return basename(repository) === '.git' ? dirname(repository) : null;
}

/** '' where it is a folder, or cannot be read: it comes with the repository, and may be anything. */
function textOf(path: string): string {
  const read = readFile(path, limit);
  return read.kind === 'file' ? new TextDecoder().decode(read.bytes) : '';
}
