import { Buffer } from 'node:buffer';
import { lstatSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BedrockenvError, ownershipOf, undoSettings } from '@bedrockenv/core';
import { byteText, textBytes } from '../byte-text.ts';
import { unignoreInGit } from '../claude/git-ignore.ts';
import { readSettingsFile, writeSettingsFile } from '../claude/settings-file.ts';
import { exists } from '../state/directory.ts';
import { foldersName, rememberedFolders } from '../state/made-folders.ts';
import { fromBelow } from '../state/places.ts';
import { readFile } from '../state/read.ts';
import { filesBelow } from '../state/store-plan.ts';
import { removeHollow, removeTorn, temporaryFor } from '../state/torn.ts';
import { remove, writeOwn } from '../state/write.ts';
import { withoutLine } from './rc-line.ts';
import { digest, isAsMade, type Made } from './record.ts';

/** What became of one file. */
export interface TakenBack {
  path: string;
  /** `kept`, `stays`: it was edited by hand since, and that or all of it stays; `gone`: nothing was there to take back. */
  outcome: 'restored' | 'removed' | 'kept' | 'stays' | 'gone';
}

/** Takes back what was made of one file. @throws {BedrockenvError} `io` */
export function takeBack(made: Made): TakenBack {
  const { path } = made;
  removeTorn(path);
  const read = readFile(path, 16 << 20);
  if (read.kind === 'absent') return { path, outcome: 'gone' };
  if (read.kind === 'broken') return { path, outcome: 'stays' };
  if (digest(read.bytes) === made.before) return { path, outcome: 'gone' };
  return made.kind === 'line' ? takeLine(made, read.bytes) : takeFile(made, read.bytes);
}

function takeLine(made: Made & { kind: 'line' }, bytes: Uint8Array): TakenBack {
  const { path } = made;
  const text = withoutLine(byteText(bytes), made.inserted);
  if (text === null) return { path, outcome: 'gone' };
  const left = textBytes(text);
  if (made.before === null && left.length === 0) {
    remove(path);
    return { path, outcome: 'removed' };
  }
  writeOwn(path, left);
  return { path, outcome: digest(left) === made.before ? 'restored' : 'kept' };
}

function takeFile(made: Made & { kind: 'file' }, bytes: Uint8Array): TakenBack {
  const { path } = made;
  if (!isAsMade(made, bytes)) return { path, outcome: 'stays' };
  if (made.old === null) {
    remove(path);
    return { path, outcome: 'removed' };
  }
  writeOwn(path, Buffer.from(made.old, 'base64'));
  return { path, outcome: 'restored' };
}

/** Every settings file of Claude Code that we ever wrote. */
export function settingsFiles(state: string): string[] {
  const tree = join(state, 'settings');
  return filesBelow(tree).map((record) => fromBelow(record.slice(tree.length + 1)));
}

/** Takes back what is ours in all of them. */
export function takeBackSettings(state: string): TakenBack[] {
  return settingsFiles(state).flatMap((path) => {
    try {
      return takeSettings(state, path);
    } catch (error) {
      // A file that cannot be read as settings any more is somebody's own.
      if (!(error instanceof BedrockenvError)) throw error;
      return [{ path, outcome: 'stays' as const }];
    }
  });
}

function takeSettings(state: string, path: string): TakenBack[] {
  removeTorn(path);
  const file = readSettingsFile(state, path);
  const ownership = ownershipOf(file.record, file.text);
  if (ownership === null) return [];
  const isExact = file.text !== null && digest(file.text) === ownership.after;
  const next = undoSettings(file.text, ownership, path);
  writeSettingsFile(state, file, { text: next, ownership: null });
  unignoreInGit(file.record.ignored);
  if (file.text === null) return [{ path, outcome: 'gone' }];
  if (next === null) return [{ path, outcome: 'removed' }];
  return [{ path, outcome: isExact ? 'restored' : 'kept' }];
}

/** Removes what killed commands left beside the directory files that were ever approved. */
export function removeTornDirectoryFiles(state: string): void {
  const tree = join(state, 'approvals');
  for (const approval of filesBelow(tree)) removeTorn(fromBelow(approval.slice(tree.length + 1)));
}

/**
 * Removes the state folder, where it is a link of the user's what is in it, and the folders that were made elsewhere.
 * What tells of those goes last, by one rename together with the folders around it: whoever is killed before that is told
 * of them when it is run again.
 */
export function removeState(state: string): void {
  const found = lstatSync(state, { throwIfNoEntry: false });
  const folders = rememberedFolders(state);
  if (found) for (const name of readdirSync(state)) if (name !== foldersName) remove(join(state, name));
  removeFolders(folders);
  if (found?.isSymbolicLink()) remove(join(state, foldersName));
  else if (found) removeAtOnce(outermostOf(state, folders));
  removeFolders(folders);
  for (let at = state; at !== dirname(at); at = dirname(at)) removeTorn(at);
}

/** The outermost of the made folders around the state folder that hold nothing but it. */
function outermostOf(state: string, folders: readonly string[]): string {
  let at = state;
  while (folders.includes(dirname(at)) && readdirSync(dirname(at)).length === 1) at = dirname(at);
  return at;
}

function removeAtOnce(folder: string): void {
  const temporary = temporaryFor(folder);
  try {
    renameSync(folder, temporary);
  } catch {
    remove(folder);
    return;
  }
  removeHollow(temporary);
  // Someone put something there at this very moment: it is where it was.
  if (exists(temporary) && !exists(folder)) renameSync(temporary, folder);
}

/** Removes the folders that were made, as far as nobody put anything else there. */
function removeFolders(folders: readonly string[]): void {
  for (const folder of [...new Set(folders)].sort((a, b) => b.length - a.length)) {
    try {
      rmdirSync(folder);
    } catch {
      // Not empty, or gone.
    }
  }
}
