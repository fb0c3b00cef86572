import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockenvError, encodeUsual, type Plan, type PlanInput } from '@bedrockenv/core';
import { ioError, makeFolder } from './folder.ts';
import { type Seen, seenNow } from './read.ts';

/** Names a compile: sixteen hexadecimal digits. */
export function newGeneration(): string {
  return randomBytes(8).toString('hex');
}

export const stampFolder = (state: string, generation: string): string => join(state, 'stamps', generation);

/**
 * Gives each present input a stamp: an empty file with the input's modification time, with which `-nt` and `-ot`
 * notice any change. By `touch -r`, because `utimes` takes seconds as a double and misses the nanosecond.
 * @returns whether every stamp has the time that the input was seen with; if not, the input changed meanwhile
 * @throws {BedrockenvError} code `stamps` when the stamps cannot be written
 */
export function writeStamps(folder: string, inputs: readonly PlanInput[]): boolean {
  makeFolder(folder);
  const stamps = inputs.flatMap(({ path, seen }, n) => (seen ? [{ path, seen, stamp: join(folder, String(n)) }] : []));
  if (process.platform === 'win32') return writeMarks(stamps);
  // The system's own first: PATH may be empty, or begin with a folder of the directory that is just entered.
  const loop = 'umask 077; PATH=/usr/bin:/bin:$PATH; while [ $# -gt 0 ]; do touch -r "$1" "$2" || exit; shift 2; done';
  const words = stamps.flatMap(({ path, stamp }) => [path, stamp]);
  const { status, stderr, error } = spawnSync('/bin/sh', ['-c', loop, 'sh', ...words], { encoding: 'utf8' });
  if (status !== 0 && stamps.every(({ path }) => seenNow(path))) {
    const reason = error?.message ?? stderr.trim();
    throw new BedrockenvError('stamps', `cannot be stamped: ${reason}`, { where: folder });
  }
  return stamps.every(({ seen, stamp }) => seenNow(stamp)?.mtimeNs === seen.mtimeNs);
}

/**
 * Puts beside the stamps what a hook does with the plan in the usual case, ready-made. Nobody looks for it before the
 * plan is stored that names the folder.
 * @throws {BedrockenvError} `io`
 */
export function writeUsual(folder: string, plan: Plan): void {
  for (const [shell, bytes] of Object.entries(encodeUsual(plan) ?? {})) {
    const path = join(folder, `usual.${shell}`);
    try {
      writeFileSync(path, bytes, { mode: 0o600 });
    } catch (error) {
      throw ioError(error, path);
    }
  }
}

/**
 * On Windows there is no `touch`, and no shell that would compare times: PowerShell's hook compares those that the plan
 * records, and looks whether the folder is still there.
 * @returns whether every input still has the time that it was seen with
 */
function writeMarks(stamps: readonly { path: string; seen: Seen; stamp: string }[]): boolean {
  for (const { stamp } of stamps) writeFileSync(stamp, '');
  return stamps.every(({ path, seen }) => seenNow(path)?.mtimeNs === seen.mtimeNs);
}
