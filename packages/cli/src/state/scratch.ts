import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ioError, openState } from './folder.ts';

/**
 * Makes a folder for this user only, to be thrown away: in the temporary folder, or in the state folder where there is
 * none that can be written (`TMPDIR` of another user after `su`, of a session that has ended, a full or closed `/tmp`).
 * @throws {BedrockenvError} codes `io`, `state-folder`
 */
export function makeScratch(state: string): string {
  try {
    return mkdtempSync(join(tmpdir(), 'bedrockenv-'));
  } catch {
    openState(state);
    const start = join(state, 'scratch-');
    try {
      return mkdtempSync(start);
    } catch (error) {
      throw ioError(error, start);
    }
  }
}
