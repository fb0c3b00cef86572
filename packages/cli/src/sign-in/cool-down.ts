import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openState } from '../state/folder.ts';
import { readFile } from '../state/read.ts';
import { remove, writeState } from '../state/write.ts';

/** How long no shell starts a sign-in after one failed or was interrupted, in seconds. */
const pause = 600;

/** What stands for a session in the state folder: sessions are told apart by their token file. */
export function sessionKey(tokenFile: string): string {
  return createHash('sha1').update(tokenFile).digest('hex');
}

/** The file that holds, as epoch seconds, until when no shell starts a sign-in. */
export function cooldownFile(state: string, tokenFile: string): string {
  return join(state, 'cooldown', sessionKey(tokenFile));
}

/** @param now epoch in ms */
export function isCoolingDown(state: string, tokenFile: string, now: number): boolean {
  const read = readFile(cooldownFile(state, tokenFile), 64);
  const until = read.kind === 'file' ? Number(new TextDecoder().decode(read.bytes).trim()) : 0;
  // Never trusted further ahead than it can have been written: a clock that was set back must not pause for years.
  return until * 1000 > now && until * 1000 <= now + pause * 1000;
}

/** @param now epoch in ms */
export function startCoolDown(state: string, tokenFile: string, now: number): void {
  openState(state);
  writeState(cooldownFile(state, tokenFile), `${Math.floor(now / 1000) + pause}\n`);
}

export function endCoolDown(state: string, tokenFile: string): void {
  remove(cooldownFile(state, tokenFile));
}
