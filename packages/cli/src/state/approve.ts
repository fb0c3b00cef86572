import { lstatSync } from 'node:fs';
import { place } from './approvals.ts';
import { checkState, openState } from './folder.ts';
import { remove, writeState } from './write.ts';

/** Approves exactly these bytes at exactly this place, and takes back a denial. */
export function approve(state: string, root: string, bytes: Uint8Array): void {
  openState(state);
  writeState(place(state, 'approvals', root), bytes);
  remove(place(state, 'denied', root));
}

/** Silences a directory's file, whatever it comes to say. */
export function deny(state: string, root: string): void {
  openState(state);
  writeState(place(state, 'denied', root), '');
  remove(place(state, 'approvals', root));
}

/** Forgets both approval and denial. @returns whether there was one */
export function forget(state: string, root: string): boolean {
  if (!checkState(state)) return false;
  const known = (['approvals', 'denied'] as const).map((tree) => place(state, tree, root));
  const present = known.filter((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined);
  for (const path of present) remove(path);
  return present.length > 0;
}
