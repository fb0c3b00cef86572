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

/** What is known of one file. */
export interface SettingsRecord {
  /**
   * What was done to it, the newest first. There are two only when a write was interrupted, and then the file is as
   * either of them says.
   */
  states: readonly Ownership[];
  /** It was written because of `scope: claude`, and not by command. */
  automatic: boolean;
  /** Its folder was made for it. */
  madeFolder: boolean;
  /** The list of ignored files that it was added to, and the line there. */
  ignored: { list: string; line: string } | null;
}

export const noRecord: SettingsRecord = { states: [], automatic: false, madeFolder: false, ignored: null };

export function encodeSettingsRecord(record: SettingsRecord): string {
  return `${JSON.stringify({ version: 1, ...record })}\n`;
}

/** Reads a record; one that is not in order is none. */
export function decodeSettingsRecord(text: string): SettingsRecord {
  try {
    const found = JSON.parse(text) as Partial<SettingsRecord & { version: number }>;
    const { version, states = [], automatic = false, madeFolder = false, ignored = null } = found;
    if (version !== 1 || !states.every(isOwnership)) return noRecord;
    const isLine = ignored === null || (typeof ignored.list === 'string' && typeof ignored.line === 'string');
    return { states, automatic: automatic === true, madeFolder: madeFolder === true, ignored: isLine ? ignored : null };
  } catch {
    return noRecord;
  }
}

/** The state that a file is in; null when nothing was done to it. @param text null: there is no file */
export function ownershipOf({ states }: SettingsRecord, text: string | null): Ownership | null {
  const exact = text === null ? undefined : states.find(({ after }) => after === digestOf(text));
  return exact ?? states[0] ?? null;
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
