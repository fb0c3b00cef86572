import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { encodePlan, type Plan } from '@bedrockenv/core';
import { checkState } from './folder.ts';
import { below } from './places.ts';
import { type PlanTree, readPlan, slots } from './plans.ts';
import { unchanged } from './read.ts';
import { inTurn } from './turn.ts';
import { remove, writeState } from './write.ts';

/**
 * Stores a plan whose stamps are written, and removes the stamps of the one it replaces. It replaces the plan for the
 * same ambient environment, else a free, stale or unusable one, else the oldest.
 *
 * A directory file has one text at a time. An `.envrc` may use bedrock with these words or with those, so there a plan
 * is only replaced for the same words.
 */
export function storePlan(state: string, plan: Plan, tree: PlanTree = 'plans'): void {
  inTurn(state, () => replacePlan(state, plan, tree));
}

function replacePlan(state: string, plan: Plan, tree: PlanTree): void {
  const paths = slots(state, plan.root, tree);
  const old = paths.map(readPlan);
  const env = JSON.stringify(plan.env);
  const hasTexts = tree === 'direnv';
  const same = (other: Plan | null) =>
    other !== null && JSON.stringify(other.env) === env && (!hasTexts || other.text === plan.text);
  const free = (other: Plan | null) =>
    other === null ||
    other.root !== plan.root ||
    (!hasTexts && other.text !== plan.text) ||
    !other.inputs.every(unchanged);
  const age = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  let at = old.findIndex(same);
  if (at < 0) at = old.findIndex(free);
  if (at < 0) at = paths.reduce((oldest, path, n) => (age(path) < age(paths[oldest] as string) ? n : oldest), 0);

  writeState(paths[at] as string, encodePlan(plan));
  for (const [n, other] of old.entries()) {
    // A second plan for the same environment would be read before or after the new one, by chance.
    const twin = n !== at && same(other);
    if (twin) remove(paths[n] as string);
    if ((n === at || twin) && other !== null) removeStamps(state, other);
  }
}

/** Removes the plans of a directory, so that every shell in it asks for a new one. */
export function removePlans(state: string, root: string): void {
  if (!checkState(state)) return;
  for (const path of slots(state, root)) removePlan(state, path);
}

/** Removes the plans of everything below a directory: they were compiled with what is said about it. */
export function removePlansBelow(state: string, root: string): void {
  if (!checkState(state)) return;
  const top = join(state, 'plans', below(root));
  for (const path of filesBelow(top)) {
    if (dirname(path) !== top) removePlan(state, path);
  }
}

/** Removes one plan and its stamps. */
export function removePlan(state: string, path: string): void {
  inTurn(state, () => {
    const plan = readPlan(path);
    remove(path);
    if (plan) removeStamps(state, plan);
  });
}

/** Every file below a folder of the state. */
export function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

function removeStamps(state: string, { stampFolder }: Plan): void {
  // A plan is data: only a folder where stamps lie is ever removed because of it.
  if (dirname(stampFolder) === join(state, 'stamps') && /^[0-9a-f]{16}$/.test(basename(stampFolder))) {
    remove(stampFolder);
  }
}
