import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openState } from '../state/folder.ts';
import { readFile } from '../state/read.ts';
import { remove, writeState } from '../state/write.ts';
import { chooseFlow, type Flow, type Surroundings } from './environment.ts';

/** A home folder may be shared by hosts, of which one has a browser and another has none. */
function flowFile(state: string, host: string): string {
  return join(state, 'login-flow', createHash('sha1').update(host).digest('hex'));
}

/** The flow that the user chose on this host; null for none. */
export function rememberedFlow(state: string, host = hostname()): string | null {
  const read = readFile(flowFile(state, host), 64);
  return read.kind === 'file' ? new TextDecoder().decode(read.bytes).trim() : null;
}

/**
 * Keeps what the user chose, where the surroundings alone would lead to the other flow; forgets it where they lead to
 * the same. A choice is kept only once a sign-in has worked with it.
 */
export function rememberFlow(state: string, chosen: Flow, surroundings: Surroundings, host = hostname()): void {
  const file = flowFile(state, host);
  if (chooseFlow('auto', null, surroundings) === chosen) {
    remove(file);
    return;
  }
  openState(state);
  writeState(file, `${chosen}\n`);
}

/** From now on the surroundings decide again. */
export function forgetFlow(state: string, host = hostname()): void {
  remove(flowFile(state, host));
}
