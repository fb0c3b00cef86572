import { accessSync, constants, lstatSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ioError, isAbsence } from '../state/folder.ts';
import { readFile } from '../state/read.ts';
import type { Inserted } from './rc-line.ts';

/** One file as it is and as it is to be. */
export interface Change {
  path: string;
  /** null: there is none. */
  before: Uint8Array | null;
  after: Uint8Array;
  /** The mode of a new file. */
  mode: number;
  /** What of it is ours: a line, or the whole file; `old`: its bytes are kept to be put back. */
  own: { kind: 'line'; inserted: Inserted } | { kind: 'file'; old: boolean };
}

/** A file that `setup` leaves to its user, and what to put there. */
export interface LeftAlone {
  path: string;
  reason: string;
  /** null: nothing is missing there. */
  line: string | null;
  /** Whether that is a command that writes the file. */
  isCommand?: true;
}

/** More than any rc file has. */
const limit = 4 << 20;

/**
 * Why a file below HOME is not for us to write: it, or a folder on the way to it, is a link into someone's repository of
 * dotfiles or into a store; or it is read-only.
 * @returns null when it may be written
 */
export function whyNotOurs(path: string, home: string): string | null {
  const inside = relative(home, path);
  const isBelow = inside !== '' && !inside.startsWith('..');
  let at = isBelow ? home : dirname(path);
  for (const name of isBelow ? inside.split(sep) : [relative(at, path)]) {
    at = join(at, name);
    const found = lstat(at);
    if (found === null) break;
    if (found.isSymbolicLink()) return `${at === path ? 'is' : `lies in ${at}, which is`} a link to ${target(at)}`;
  }
  const found = lstat(path);
  if (found && !found.isFile()) return 'is no file';
  if (found && (found.mode & 0o200) === 0) return 'is read-only';
  let place = found ? path : dirname(path);
  while (!found && lstat(place) === null && place !== dirname(place)) place = dirname(place);
  // A file is replaced, so its folder must let us too.
  for (const each of new Set([place, found ? dirname(path) : place])) {
    try {
      accessSync(each, constants.W_OK);
    } catch (error) {
      return each === path
        ? 'is read-only'
        : `lies in a folder that cannot be written (${ioError(error, each).message})`;
    }
  }
  return null;
}

/** The bytes of a file of the user's; null: there is none. A reason instead where it is nothing to edit. */
export function readRc(path: string): { bytes: Uint8Array | null; reason: string | null } {
  const read = readFile(path, limit);
  if (read.kind === 'absent') return { bytes: null, reason: null };
  if (read.kind === 'broken') return { bytes: null, reason: `is ${read.reason}` };
  if (read.bytes.includes(0)) return { bytes: read.bytes, reason: 'is no text of one byte per letter (UTF-16?)' };
  return { bytes: read.bytes, reason: null };
}

function lstat(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw ioError(error, path);
  }
}

function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return 'nowhere';
  }
}
