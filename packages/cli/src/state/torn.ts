import { lstatSync, readdirSync, realpathSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { foldersName } from './made-folders.ts';
import { isRunning } from './running.ts';

/** Longer than any write takes, in ms: the id of a killed process may be another's since, or mean one elsewhere. */
const longest = 600_000;

/** A name beside a path for what will take its place. It tells whose it is, should that process be killed. */
export function temporaryFor(path: string): string {
  return `${path}.bedrockenv-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
}

/** Removes what killed processes left beside a path: its temporary files, and folders that were to take its place. */
export function removeTorn(path: string): void {
  const real = realPath(path);
  for (const name of namesIn(dirname(real))) {
    const [, start, pid] = /^(.*)\.bedrockenv-(\d{1,10})-[0-9a-z]+$/s.exec(name) ?? [];
    if (start !== basename(real)) continue;
    const torn = join(dirname(real), name);
    const found = lstatSync(torn, { throwIfNoEntry: false });
    if (!found || (isRunning(Number(pid)) && Date.now() - found.mtimeMs < longest)) continue;
    if (found.isDirectory()) removeHollow(torn);
    else if (found.isFile()) attempt(() => unlinkSync(torn));
  }
}

/** Without symbolic links; a link to nowhere, or what is not there, is itself. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Removes a folder that holds nothing but folders and the list of those that were made. What else is there stays. */
export function removeHollow(folder: string): void {
  attempt(() => unlinkSync(join(folder, foldersName)));
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) removeHollow(path);
  }
  attempt(() => rmdirSync(folder));
}

/** The names in a folder; none where it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Someone else may be faster, and what cannot be removed is in nobody's way. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {}
}
