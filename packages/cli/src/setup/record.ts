import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { checkState } from '../state/folder.ts';
import { missingFolders, rememberFolders } from '../state/made-folders.ts';
import { readFile } from '../state/read.ts';
import { writeState } from '../state/write.ts';
import type { Inserted } from './rc-line.ts';

/** What `setup` did to one file, and so what `uninstall` takes back. */
export type Made = {
  /** As the user knows it, absolute. */
  path: string;
  /** SHA-256 of the file before and after, in hex; before is null where there was none. */
  before: string | null;
  after: string;
  /** What it was after an earlier setup, which an interrupted one may have left. */
  earlier?: string;
} & (
  | { kind: 'line'; inserted: Inserted }
  /** The whole file. Its old bytes (base64) are kept of the user config alone: other files may hold secrets. */
  | { kind: 'file'; old: string | null }
);

export const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Whether a file is as setup left it. */
export function isAsMade({ after, earlier }: Made, bytes: Uint8Array): boolean {
  return [after, earlier].includes(digest(bytes));
}

const recordPath = (state: string) => join(state, 'setup.json');

/**
 * The files that `setup` made or changed outside of the state folder.
 * @throws {BedrockenvError} `state-folder`; `setup-record` when the record is there and cannot be read
 */
export function readRecord(state: string): Made[] {
  const path = recordPath(state);
  const read = checkState(state) ? readFile(path, 16 << 20) : ({ kind: 'absent' } as const);
  if (read.kind === 'absent') return [];
  try {
    if (read.kind === 'broken') throw new Error(read.reason);
    const { version, files } = JSON.parse(new TextDecoder().decode(read.bytes));
    if (version !== 1 || !Array.isArray(files) || !files.every(isMade)) throw new Error('it is not in order');
    return files;
  } catch (cause) {
    throw new BedrockenvError('setup-record', 'cannot be read, so it is not known what setup made', {
      where: path,
      fix: 'remove the lines that end in "# bedrockenv setup" from your rc files, and then this file',
      cause,
    });
  }
}

/** A file that is about to be written. */
interface Upcoming {
  path: string;
  /** null: there is none. */
  before: Uint8Array | null;
  after: Uint8Array;
  /** A line of it, or all of it; `old`: its bytes are kept to be put back. A user config unless given. */
  own?: { kind: 'line'; inserted: Inserted } | { kind: 'file'; old: boolean };
}

/**
 * Remembers a change before it is made, so that an interrupted one can be taken back too. What was there before the first
 * of several changes stays what is to be put back. The state folder must be there.
 */
export function remember(state: string, change: Upcoming): void {
  const files = new Map(readRecord(state).map((made) => [made.path, made]));
  files.set(change.path, made(change, files.get(change.path)));
  writeState(recordPath(state), `${JSON.stringify({ version: 1, files: [...files.values()] }, null, 1)}\n`);
  rememberFolders(state, missingFolders(dirname(change.path)));
}

function made({ path, before, after, own = { kind: 'file', old: true } }: Upcoming, earlier: Made | undefined): Made {
  const isKnown = earlier !== undefined && before !== null && isAsMade(earlier, before) && earlier.kind === own.kind;
  const base = {
    ...{ path, before: isKnown ? earlier.before : before && digest(before), after: digest(after) },
    ...(isKnown ? { earlier: earlier.after } : {}),
  };
  if (own.kind === 'line') {
    // An older line's lead is still in front of the one that took its place.
    const lead = own.inserted.lead || (earlier?.kind === 'line' ? earlier.inserted.lead : '');
    return { ...base, kind: 'line', inserted: { ...own.inserted, lead } };
  }
  const old = before !== null && own.old ? Buffer.from(before).toString('base64') : null;
  return { ...base, kind: 'file', old: isKnown && earlier.kind === 'file' ? earlier.old : old };
}

function isMade(value: unknown): value is Made {
  const made = (value ?? {}) as Record<string, unknown>;
  const isText = (name: string) => typeof made[name] === 'string';
  const inserted = (made.inserted ?? {}) as Partial<Inserted>;
  const isLine =
    made.kind === 'line' && [inserted.lead, inserted.line, inserted.end].every((x) => typeof x === 'string');
  const isFile = made.kind === 'file' && (made.old === null || isText('old'));
  return isText('path') && isText('after') && (made.before === null || isText('before')) && (isLine || isFile);
}
