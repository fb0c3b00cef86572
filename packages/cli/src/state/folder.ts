import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { missingFolders, rememberFolders } from './made-folders.ts';
import { removeHollow, removeTorn, temporaryFor } from './torn.ts';

/**
 * Refuses a state folder that someone else could have filled: approvals and plans in it decide what is set.
 * @returns false when there is none yet
 * @throws {BedrockenvError} code `state-folder`
 */
export function checkState(state: string): boolean {
  let found: ReturnType<typeof statSync>;
  try {
    found = statSync(state);
  } catch (error) {
    if (isAbsence(error)) return false;
    throw ioError(error, state);
  }
  const fail = (message: string, fix: string) => new BedrockenvError('state-folder', message, { where: state, fix });
  if (!found.isDirectory())
    throw fail('the state folder is not a folder', `run: mv ${quoted(state)} ${quoted(`${state}.old`)}`);
  if (process.geteuid && found.uid !== process.geteuid()) {
    throw fail('the state folder belongs to another user; nothing is applied', whoseFix(state, found.uid));
  }
  // Windows has no such modes, and keeps other users out of %LOCALAPPDATA% by itself.
  if (process.platform !== 'win32' && found.mode & 0o022) {
    throw fail('the state folder is writable by others; nothing is applied', `run: chmod 700 ${quoted(state)}`);
  }
  return true;
}

/** What to do about a state folder of the user `owner`. Mostly it is sudo with a kept HOME, now or when it was made. */
function whoseFix(state: string, owner: number): string {
  if (owner === callerOfSudo()) return 'run it without sudo';
  if (owner === 0) return `if it is of a sudo of yours: sudo chown -R "$(id -u):$(id -g)" ${quoted(state)}`;
  return 'set XDG_STATE_HOME to a folder of yours';
}

/** The user who became root by sudo; undefined: nobody did. */
function callerOfSudo(): number | undefined {
  const { SUDO_UID } = process.env;
  return process.geteuid?.() === 0 && SUDO_UID && SUDO_UID !== '0' ? Number(SUDO_UID) : undefined;
}

/**
 * Refuses to make root's files in the home folder of whoever called sudo (`sudo -E`): they would keep their owner out.
 * Root in somebody's home folder without sudo is a container.
 * @throws {BedrockenvError} code `state-folder`
 */
function checkCaller(state: string): void {
  const caller = callerOfSudo();
  if (caller === undefined) return;
  let folder = dirname(state);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  if (statSync(folder).uid !== caller) return;
  const fix = 'run it without sudo, or with sudo -H for root itself';
  throw new BedrockenvError('state-folder', 'as root it would keep out its owner', { where: folder, fix });
}

/**
 * Creates a folder with all that is missing above it, for this user only.
 * Not by `recursive`: Node 24 never returns from it where a file system refuses with ENOENT (`/proc`).
 */
export function makeFolder(path: string): void {
  if (made(path)) return;
  makeFolder(dirname(path));
  if (!made(path)) throw new BedrockenvError('io', 'cannot be created there', { where: path });
}

/** @returns false when there is no folder to create it in */
function made(path: string): boolean {
  try {
    mkdirSync(path, 0o700);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && path !== dirname(path)) return false;
    if (code === 'EEXIST' || code === 'EISDIR') return true;
    throw ioError(error, path);
  }
}

/** Creates the state folder when there is none, and checks it in any case. */
export function openState(state: string): void {
  if (checkState(state)) return;
  checkCaller(state);
  const above = missingFolders(dirname(state));
  if (!madeAtOnce(state, above)) {
    try {
      makeFolder(dirname(state));
      makeFolder(state);
    } catch (error) {
      throw elsewhere(error);
    }
    rememberFolders(state, above);
  }
  checkState(state);
}

/** Where the state folder cannot be made, as in a home folder that is read-only, it can be made elsewhere. */
function elsewhere(error: unknown): unknown {
  if (!(error instanceof BedrockenvError) || !isDenied(error.cause)) return error;
  const { code, message, where = '', cause } = error;
  const variable = process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME';
  return new BedrockenvError(code, message, { where, cause, fix: `set ${variable} to a folder that you may write to` });
}

/**
 * Makes the state folder with the missing ones above it, and the list of those in it, and puts all in place by one
 * rename: a process that is killed leaves no folder that nobody knows of.
 * @returns false where that is not possible, or someone was faster
 */
function madeAtOnce(state: string, above: readonly string[]): boolean {
  const [outermost] = above;
  if (outermost === undefined) return false;
  const temporary = temporaryFor(outermost);
  const folder = temporary + state.slice(outermost.length);
  try {
    makeFolder(folder);
    rememberFolders(folder, above);
    syncFolder(temporary);
    renameSync(temporary, outermost);
    removeTorn(outermost);
    return true;
  } catch {
    removeHollow(temporary);
    return false;
  }
}

/** So that a power cut cannot leave the new name with nothing in it. Windows opens no folder. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EROFS: 'cannot be written: the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOSPC: 'cannot be written: no space left on the device',
  EDQUOT: 'cannot be written: the disk quota is used up',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'too many levels of symbolic links',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'is a folder',
  ENOENT: 'does not exist',
};

/** What the system refused, with the path, as an error for a person. */
export function ioError(error: unknown, path: string): BedrockenvError {
  if (error instanceof BedrockenvError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = (code !== undefined && reasons[code]) || message;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const fix = isFull ? roomFor(path) : isDenied(error) ? rightsAt(path) : undefined;
  return new BedrockenvError('io', reason, { where: path, cause: error, ...(fix === undefined ? {} : { fix }) });
}

function roomFor(path: string): string {
  if (process.platform === 'win32') return 'make room there';
  return `make room there; to see: df -h ${quoted(nearestFolder(path))}`;
}

/** Whether the system refuses for who asks, or because nobody may write there. */
function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

function rightsAt(path: string): string {
  if (process.platform === 'win32') return 'look who may write there';
  return `to see who may do that: ls -ld ${quoted(nearestFolder(path))}`;
}

function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (folder !== dirname(folder) && !existsSync(folder)) folder = dirname(folder);
  return folder;
}

/** Whether an error only says that there is nothing at that path. */
export function isAbsence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** A path as it can be pasted into any POSIX-like shell. */
export function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
