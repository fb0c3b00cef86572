import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { decodePlan, type Env, type Plan } from '@bedrockenv/core';
import { fileName } from './directory.ts';
import { envrcName } from './direnv.ts';
import { checkState } from './folder.ts';
import { below } from './places.ts';
import { readFile, unchanged } from './read.ts';

/** More than any real plan has: texts of at most 64 KiB and a few hundred paths. */
const planLimit = 4 << 20;

/** How many plans a directory may have, one for each ambient environment met lately. */
const slotCount = 4;

/** The trees of the state folder that hold plans, and what the file is called that each was compiled from. */
export const planTrees = { plans: fileName, direnv: envrcName } as const;

/** `plans`: of directory files, and the one for outside of projects; `direnv`: of the words of `use bedrock`. */
export type PlanTree = keyof typeof planTrees;

/**
 * Where a directory's plans lie.
 * @param root the real directory; '' for the plans for outside of projects
 */
export function slots(state: string, root: string, tree: PlanTree = 'plans'): string[] {
  const first = root === '' ? join(state, 'default') : join(state, tree, below(root), planTrees[tree]);
  return Array.from({ length: slotCount }, (_, n) => (n === 0 ? first : `${first}.${n}`));
}

/** A plan that its owner can trust; null for anything else. */
export function readPlan(path: string): Plan | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || (process.geteuid && found.uid !== process.geteuid())) return null;
  const read = readFile(path, planLimit);
  return read.kind === 'file' ? decodePlan(read.bytes) : null;
}

/**
 * The plan that was compiled for exactly this: the text, the ambient environment and the inputs as they are now.
 * @param text of the directory file; '' outside of projects
 */
export function freshPlan(state: string, root: string, text: string, base: Env): Plan | null {
  if (!checkState(state)) return null;
  for (const path of slots(state, root)) {
    const plan = readPlan(path);
    if (plan?.root !== root || plan.text !== text) continue;
    if (plan.env.every(({ name, value }) => (base[name] ?? null) === value) && plan.inputs.every(unchanged))
      return plan;
  }
  return null;
}
