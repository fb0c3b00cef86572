import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { PlanInput } from '@bedrockenv/core';
import { ioError, isAbsence } from './folder.ts';

/** The size and the modification time that tell one version of a file from the next. */
export type Seen = NonNullable<PlanInput['seen']>;

export type Read =
  | { kind: 'absent' }
  | { kind: 'broken'; reason: string; isTooLarge?: true }
  | { kind: 'file'; bytes: Uint8Array; seen: Seen };

/**
 * Reads a file without ever waiting for one: a FIFO, a device or a folder is broken, and so is a file over `limit`
 * bytes. `/dev/null`, which people name to have no file, is an empty one.
 * The type is looked at before opening (opening a device may act on it) and again on what was opened.
 */
export function readFile(path: string, limit: number): Read {
  let fd: number | undefined;
  try {
    if (path === '/dev/null') return { kind: 'file', bytes: new Uint8Array(), seen: seenNow(path) ?? nothing };
    if (!statSync(path).isFile()) return { kind: 'broken', reason: 'not a regular file' };
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size, mtimeNs, ...found } = fstatSync(fd, { bigint: true });
    if ((found.mode & BigInt(constants.S_IFMT)) !== BigInt(constants.S_IFREG)) {
      return { kind: 'broken', reason: 'not a regular file' };
    }
    if (size > limit) return tooLarge(limit);
    const bytes = readWhole(fd, limit + 1);
    if (bytes.length > limit) return tooLarge(limit);
    return { kind: 'file', bytes, seen: { size, mtimeNs } };
  } catch (error) {
    if (isAbsence(error)) return { kind: 'absent' };
    return { kind: 'broken', reason: `not readable: ${ioError(error, path).message}` };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function tooLarge(limit: number): Read {
  return { kind: 'broken', reason: `larger than ${limit / 1024} KiB`, isTooLarge: true };
}

const nothing: Seen = { size: 0n, mtimeNs: 0n };

function readWhole(fd: number, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let total = 0; total < limit; ) {
    const chunk = new Uint8Array(Math.min(limit - total, 1 << 16));
    const length = readSync(fd, chunk);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
    total += length;
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : new Uint8Array(Buffer.concat(chunks));
}

/** What a path has now; null when it is absent. */
export function seenNow(path: string): Seen | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? { size: found.size, mtimeNs: found.mtimeNs } : null;
}

/** Whether an input is still as it was seen. */
export function unchanged({ path, seen }: PlanInput): boolean {
  let now: Seen | null;
  try {
    now = seenNow(path);
  } catch {
    return seen === null;
  }
  return now === null || seen === null ? now === seen : now.size === seen.size && now.mtimeNs === seen.mtimeNs;
}
