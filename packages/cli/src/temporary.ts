import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { ioError } from './state/folder.ts';

/**
 * A new folder to throw away.
 * @param start what its name begins with
 * @throws {BedrockenvError} `io`, mostly because `TMPDIR` names no folder
 */
export function temporaryFolder(start: string): string {
  const where = tmpdir();
  try {
    return mkdtempSync(join(where, start));
  } catch (cause) {
    const { message } = ioError(cause, where);
    throw new BedrockenvError('io', message, { where, fix: 'set TMPDIR to a folder that can be written', cause });
  }
}
