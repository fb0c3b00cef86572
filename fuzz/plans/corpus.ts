import { readFileSync } from 'node:fs';
import { encodePlan } from '@bedrockenv/core';
import type { Ground } from './ground.ts';

/**
 * A plan as a corpus keeps it: what it has in the middle, in Latin-1, between fields that it shares with the plan that the
 * CLI compiles. Times and folders of that plan are other ones on each run.
 */
export interface Kept {
  name?: string;
  /** How many fields at the beginning and at the end are those of the compiled plan. */
  head: number;
  middle: readonly string[];
  tail: number;
}

/** @param plan for the directory `dir` */
export function keep(ground: Ground, dir: string, plan: Uint8Array): Kept {
  const [base, fields] = [encodePlan(ground.planFor(dir)), plan].map(split) as [string[], string[]];
  let head = 0;
  while (head < base.length && head < fields.length && base[head] === fields[head]) head++;
  let tail = 0;
  const most = Math.min(base.length, fields.length) - head;
  while (tail < most && base.at(-1 - tail) === fields.at(-1 - tail)) tail++;
  const middle = fields.slice(head, fields.length - tail);
  return { head, middle: middle.map((text) => words(ground, dir, text)), tail };
}

/** A text without the folders of this run. */
export const words = (ground: Ground, dir: string, text: string) =>
  text.replaceAll(dir, '@DIR@').replaceAll(ground.sandbox.home, '@HOME@');

/** The plan that was kept, for the directory `dir`. */
export function restore(ground: Ground, dir: string, { head, middle, tail }: Kept): Uint8Array {
  const base = split(encodePlan(ground.planFor(dir)));
  const places = (text: string) => text.replaceAll('@DIR@', dir).replaceAll('@HOME@', ground.sandbox.home);
  const fields = [...base.slice(0, head), ...middle.map(places), ...base.slice(base.length - tail)];
  return Buffer.from(fields.join('\0'), 'latin1');
}

/** Plans that were once read wrongly, or that a reader may easily get wrong. */
export const corpus: readonly Kept[] = JSON.parse(
  readFileSync(new URL('../corpus/plans.json', import.meta.url), 'utf8'),
);

const split = (plan: Uint8Array) => Buffer.from(plan).toString('latin1').split('\0');
