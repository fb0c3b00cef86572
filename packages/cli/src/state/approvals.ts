import { Buffer } from 'node:buffer';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fileLimit, fileName } from './directory.ts';
import { checkState } from './folder.ts';
import { below } from './places.ts';
import { readFile } from './read.ts';

/** What the user said about a directory file's present bytes. */
export type Verdict = 'approved' | 'unapproved' | 'denied';

/** Where it is kept what was said about a directory's file. */
export const place = (state: string, tree: 'approvals' | 'denied', root: string) =>
  join(state, tree, below(root), fileName);

/**
 * @param bytes the file as it is now; any other byte than the approved ones makes it unapproved
 * @throws {BedrockenvError} code `state-folder` when the state folder cannot be trusted
 */
export function verdict(state: string, root: string, bytes: Uint8Array): Verdict {
  if (!checkState(state)) return 'unapproved';
  if (lstatSync(place(state, 'denied', root), { throwIfNoEntry: false })) return 'denied';
  const approved = approvedBytes(state, root);
  return approved !== null && Buffer.compare(approved, bytes) === 0 ? 'approved' : 'unapproved';
}

/** Whether the user never wants to hear of this file. */
export function isDenied(state: string, root: string): boolean {
  return checkState(state) && lstatSync(place(state, 'denied', root), { throwIfNoEntry: false }) !== undefined;
}

/** The approved bytes of a directory's file; null when none were. */
function approvedBytes(state: string, root: string): Uint8Array | null {
  if (!checkState(state)) return null;
  const path = place(state, 'approvals', root);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || (process.geteuid && found.uid !== process.geteuid())) return null;
  const read = readFile(path, fileLimit);
  return read.kind === 'file' ? read.bytes : null;
}
