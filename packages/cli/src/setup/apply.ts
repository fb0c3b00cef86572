import { Buffer } from 'node:buffer';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { ioError, openState } from '../state/folder.ts';
import { missingFolders } from '../state/made-folders.ts';
import { readFile } from '../state/read.ts';
import { writeOwn } from '../state/write.ts';
import type { Change } from './change.ts';
import { remember } from './record.ts';

/**
 * Writes what was decided, with the record of it first: interrupted at any point, each file is as it was or as it should
 * be, and the record knows of all of them.
 * @throws {BedrockenvError} `changed` when a file is no longer as it was shown; nothing is written then
 */
export function apply(state: string, changes: readonly Change[]): void {
  for (const { path, before } of changes) {
    const now = readFile(path, 16 << 20);
    const isSame = now.kind === 'file' ? before !== null && Buffer.compare(now.bytes, before) === 0 : before === null;
    if (!isSame || now.kind === 'broken') {
      throw new BedrockenvError('changed', 'was changed by someone else meanwhile; nothing is written', {
        where: path,
      });
    }
  }
  openState(state);
  for (const change of changes) remember(state, change);
  for (const { path, before, after, mode } of changes) {
    // A file for its user alone lies in a folder for its user alone.
    makeFolders(dirname(path), mode & 0o077 ? 0o777 : 0o700);
    writeOwn(path, after, before === null ? mode : undefined);
    // The library's mode is subject to nobody's umask, and ours should be.
    if (before === null) chmodSync(path, mode & ~process.umask());
  }
}

function makeFolders(path: string, mode: number): void {
  for (const folder of missingFolders(path)) {
    try {
      mkdirSync(folder, mode);
    } catch (error) {
      throw ioError(error, folder);
    }
  }
}
