import { Buffer } from 'node:buffer';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { syncScope } from '../claude/scope.ts';
import { compileAll, compileAt } from '../compile.ts';
import type { Context } from '../context.ts';
import { remember } from '../setup/record.ts';
import { verdict } from '../state/approvals.ts';
import { approve } from '../state/approve.ts';
import { fileName, readDirectory } from '../state/directory.ts';
import { openState } from '../state/folder.ts';
import { userConfigPath } from '../state/places.ts';
import { type Read, readFile } from '../state/read.ts';
import { remove, writeOwn } from '../state/write.ts';

/** A file that a command is about to change. */
export interface Target {
  path: string;
  /** The real directory of a directory file; null for the user config. */
  root: string | null;
  /** Its bytes now; null when it is new. */
  before: Uint8Array | null;
  /** Its text now, or what a new one begins with. */
  text: string;
  /** Whether a change is approved with it: what is there now was approved, or there was nothing. */
  isOurs: boolean;
}

/** Editors with the YAML language server check the keys against this. */
const header = (which: 'bedrockrc' | 'config') =>
  `# yaml-language-server: $schema=https://unpkg.com/@bedrockenv/core/schema/${which}.json\n`;

/** The directory file of a directory itself, not one further up. @throws {BedrockenvError} `broken` */
export function directoryTarget({ state }: Context, root: string): Target {
  const path = join(root, fileName);
  const before = bytesOf(path, readDirectory(path));
  const isOurs = before === null || verdict(state, root, before) === 'approved';
  return { path, root, before, text: before ? decode(before, path) : header('bedrockrc'), isOurs };
}

export function userTarget({ base, home }: Context): Target {
  const path = userConfigPath({ env: base, home });
  const before = bytesOf(path, readFile(path, 1 << 20));
  return { path, root: null, before, text: before ? decode(before, path) : header('config'), isOurs: true };
}

/**
 * Writes new bytes that were checked, and approves it when the file was approved before or is new.
 * @throws {BedrockenvError} `changed` when someone else changed the file meanwhile: nothing is written or approved; `io`:
 *   a directory file whose approval cannot be written is as it was
 */
export async function changeFile(
  context: Context,
  { path, root, before, isOurs }: Target,
  bytes: Uint8Array,
): Promise<void> {
  const now = bytesOf(path, root === null ? readFile(path, 1 << 20) : readDirectory(path));
  if ((now === null) !== (before === null) || (now && before && Buffer.compare(now, before) !== 0)) {
    throw new BedrockenvError('changed', 'was changed by someone else meanwhile; nothing is written', { where: path });
  }
  openState(context.state);
  if (root === null) remember(context.state, { path, before, after: bytes });
  writeOwn(path, bytes, before === null && root === null ? 0o600 : undefined);
  if (root === null) {
    await compileAt(context, '');
    return;
  }
  if (before === null) chmodSync(path, 0o666 & ~process.umask());
  if (!isOurs) return;
  try {
    approve(context.state, root, bytes);
  } catch (error) {
    // The new text alone would be one that nobody has approved, and the next edit someone else's change.
    if (before === null) remove(path);
    else writeOwn(path, before);
    throw error;
  }
  await compileAll(context, root);
  await syncScope(context, root);
}

function bytesOf(path: string, read: Read): Uint8Array | null {
  if (read.kind === 'broken') throw new BedrockenvError('broken', `is broken (${read.reason})`, { where: path });
  return read.kind === 'file' ? read.bytes : null;
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new BedrockenvError('not-utf-8', 'is not UTF-8 text', { where: path, cause });
  }
}
