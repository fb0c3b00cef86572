import { isUtf8 } from 'node:buffer';
import { chmodSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  BedrockenvError,
  checkSettings,
  decodeSettingsRecord,
  encodeSettingsRecord,
  type Merged,
  mergeSettings,
  noRecord,
  ownershipOf,
  readSettingsText,
  type SettingsRecord,
  type WantedKey,
} from '@bedrockenv/core';
import { exists } from '../state/directory.ts';
import { checkState, openState } from '../state/folder.ts';
import { readFile } from '../state/read.ts';
import { remove, writeOwn, writeState } from '../state/write.ts';
import type { Scope } from './places.ts';
import { realPlace, recordPath } from './record-path.ts';

/** More than any settings file has. */
const limit = 4 << 20;

/** A settings file of Claude Code, and what we know of it. */
export interface SettingsFile {
  /** As the user knows it. */
  path: string;
  /** Without symbolic links. */
  real: string;
  /** null: there is none. */
  text: string | null;
  record: SettingsRecord;
}

/** @throws {BedrockenvError} `settings-broken`, `not-utf-8`, `state-folder`, `io` */
export function readSettingsFile(state: string, path: string): SettingsFile {
  const real = realPlace(path);
  const known = checkState(state) ? readFile(recordPath(state, real), limit) : { kind: 'absent' as const };
  const record = known.kind === 'file' ? decodeSettingsRecord(new TextDecoder().decode(known.bytes)) : noRecord;
  return { path, real, text: textOf(path, real), record };
}

/**
 * Lays the wanted keys into a file.
 * @throws {BedrockenvError} as {@link mergeSettings}; `settings-ignored` where the client would not read them there,
 * because of something else in the file
 */
export function mergeInto({ path, text, record }: SettingsFile, wanted: readonly WantedKey[], scope: Scope): Merged {
  const merged = mergeSettings(text, ownershipOf(record, text), wanted, path);
  if (scope === 'managed' || text === null || merged.text === null) return merged;
  try {
    checkSettings(readSettingsText(merged.text, path), path);
  } catch (error) {
    // The place is to be that in the file as it is.
    checkSettings(readSettingsText(text, path), path);
    throw error;
  }
  return merged;
}

/**
 * Writes what a merge came to, with the record first: a write that is interrupted leaves the file as it was or as it
 * should be, and in both cases the record knows what of it is ours.
 * @param mode of a new file; undefined: as the user's umask has it
 * @throws {BedrockenvError} `changed` when someone else changed the file meanwhile; `io`
 */
export function writeSettingsFile(
  state: string,
  file: SettingsFile,
  { text, ownership }: Pick<Merged, 'text' | 'ownership'>,
  { mode, ...more }: { mode?: number } & Partial<Pick<SettingsRecord, 'automatic' | 'ignored'>> = {},
): void {
  const { path, real, record } = file;
  if (textOf(path, real) !== file.text) {
    throw new BedrockenvError('changed', 'was changed by someone else meanwhile; nothing is written', { where: path });
  }
  openState(state);
  const place = recordPath(state, real);
  const madeFolder = record.madeFolder || (text !== null && !exists(dirname(real)));
  const next: SettingsRecord = { ...record, ...more, madeFolder, states: ownership ? [ownership] : [] };
  if (text !== file.text) {
    if (ownership)
      writeState(place, encodeSettingsRecord({ ...next, states: [ownership, ...record.states.slice(0, 1)] }));
    if (text === null) remove(real);
    else write(real, text, mode, file.text === null);
  }
  if (ownership) writeState(place, encodeSettingsRecord(next));
  else remove(place);
  if (text === null && record.madeFolder) removeFolder(dirname(real));
}

function write(real: string, text: string, mode: number | undefined, isNew: boolean): void {
  const folder = dirname(real);
  const isNewFolder = !exists(folder);
  writeOwn(real, text, isNew ? (mode ?? 0o600) : undefined);
  if (isNew && mode === undefined) chmodSync(real, 0o666 & ~process.umask());
  if (isNewFolder && mode === undefined) chmodSync(folder, 0o777 & ~process.umask());
}

/** Unless somebody put something else there. */
function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is not empty.
  }
}

/**
 * The text of a settings file as Claude Code takes it, which need not be UTF-8: with a byte order mark it may be UTF-16, and
 * else what is none becomes U+FFFD (2.1.330, measured). null: there is none.
 * @param tell gets `not-utf-8` for such a file
 * @throws {BedrockenvError} `settings-broken`
 */
export function readAnyText(path: string, tell: (problem: BedrockenvError) => void = () => {}): string | null {
  const bytes = bytesOf(path, realPlace(path));
  if (bytes === null) return null;
  if (!isUtf8(bytes)) tell(notUtf8(path));
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return decoded(bytes, isWide ? 'utf-16le' : 'utf-8');
}

function textOf(path: string, real: string): string | null {
  const bytes = bytesOf(path, real);
  if (bytes !== null && !isUtf8(bytes)) throw notUtf8(path);
  return bytes && decoded(bytes, 'utf-8');
}

const decoded = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

const notUtf8 = (path: string) =>
  new BedrockenvError('not-utf-8', 'is not UTF-8 text', { where: path, fix: 'save it as UTF-8' });

function bytesOf(path: string, real: string): Uint8Array | null {
  const read = readFile(real, limit);
  if (read.kind === 'absent') return null;
  if (read.kind === 'broken' || real === '/dev/null') {
    const reason = read.kind === 'broken' ? read.reason : 'not a regular file';
    throw new BedrockenvError('settings-broken', `is broken (${reason})`, { where: path, fix: 'correct it' });
  }
  return read.bytes;
}
