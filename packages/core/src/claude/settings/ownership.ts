import { createHash } from 'node:crypto';
import type { Edit } from './edit.ts';
import type { Json } from './text.ts';

/** A key that we changed. */
export interface OwnedKey {
  path: readonly string[];
  /** What we wrote; absent where we removed the key. */
  wrote?: Json;
  /** The text of the value that was there; absent where there was none. */
  before?: string;
  /** An object that we made for keys of ours. */
  isContainer?: boolean;
}

/**
 * What we did to a settings file: enough to take it back, and nothing of the file besides our own keys, because a
 * settings file may hold secrets.
 */
export interface Ownership {
  /** SHA-256 of the file as we left it, in hex. */
  after: string;
  /** Leads from that text back to the one before, edit by edit. */
  inverse: readonly Edit[];
  /** There was no file. */
  created: boolean;
  keys: readonly OwnedKey[];
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * A record of what was done to one file: the newest first. There are two only when a write was interrupted, and the
 * file is as either of them says.
 */
export function encodeOwnership(states: readonly Ownership[]): string {
  return `${JSON.stringify({ version: 1, states })}\n`;
}

/** The state that a file is in; null without a record that can be read. @param text null: there is no file */
export function ownershipOf(record: string | null, text: string | null): Ownership | null {
  const states = decode(record);
  const exact = text === null ? undefined : states.find(({ after }) => after === digestOf(text));
  return exact ?? states[0] ?? null;
}

function decode(record: string | null): Ownership[] {
  try {
    const found = JSON.parse(record ?? 'null') as { version?: unknown; states?: unknown } | null;
    if (found?.version !== 1 || !Array.isArray(found.states)) return [];
    return found.states.every(isOwnership) ? found.states : [];
  } catch {
    return [];
  }
}

function isOwnership(value: unknown): value is Ownership {
  const { after, inverse, created, keys } = (value ?? {}) as Partial<Ownership>;
  return (
    typeof after === 'string' &&
    typeof created === 'boolean' &&
    Array.isArray(inverse) &&
    inverse.every(
      (edit: Partial<Edit> | null) =>
        Number.isInteger(edit?.offset) && Number.isInteger(edit?.length) && typeof edit?.content === 'string',
    ) &&
    Array.isArray(keys) &&
    keys.every(
      (key: Partial<OwnedKey> | null) =>
        Array.isArray(key?.path) && key.path.length > 0 && key.path.every((name) => typeof name === 'string'),
    )
  );
}
