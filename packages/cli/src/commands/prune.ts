import { lstatSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Command } from '../command.ts';
import { say } from '../output/messages.ts';
import { exists, fileName } from '../state/directory.ts';
import { checkState } from '../state/folder.ts';
import { wasDeleted } from '../state/gone.ts';
import { fromBelow } from '../state/places.ts';
import { planTrees, readPlan, slots } from '../state/plans.ts';
import { readFile } from '../state/read.ts';
import { filesBelow, removePlan } from '../state/store-plan.ts';
import { namesIn, removeTorn } from '../state/torn.ts';
import { remove } from '../state/write.ts';

/** A folder of stamps this young may belong to a compile that is just running; in ms. */
const settled = 60_000;

/** The trees of the state folder, the name of the file that each entry is about, and whether plans lie there. */
const trees: readonly [tree: string, name: string, hasPlans: boolean][] = [
  ['approvals', fileName, false],
  ['denied', fileName, false],
  ...Object.entries(planTrees).map(([tree, name]): [string, string, true] => [tree, name, true]),
];

export const prune: Command = {
  name: 'prune',
  summary:
    'Forget what was noted about files and directories that no longer exist, and clean up after killed commands.',
  args: [],
  flags: [],
  examples: [['bedrockenv prune', 'after deleting projects']],
  async run(_, { state }) {
    let forgotten = 0;
    if (checkState(state)) {
      for (const [tree, name, hasPlans] of trees) {
        const top = join(state, tree);
        for (const path of filesBelow(top)) {
          const own = hasPlans ? basename(path).replace(/\.[123]$/, '') : basename(path);
          const isLeftover = own !== name;
          if (!isLeftover && exists(join(fromBelow(relative(top, dirname(path))), name))) continue;
          if (isLeftover && isYoung(path)) continue;
          if (hasPlans) removePlan(state, path);
          else remove(path);
          if (!hasPlans && !isLeftover) forgotten += 1;
        }
        removeEmptyFolders(top);
      }
      forgotten += pruneSettings(state);
      pruneStamps(state);
      pruneCoolDowns(state);
      for (const name of namesIn(state)) removeTorn(join(state, name.replace(/\.bedrockenv-[^.]*$/, '')));
    }
    say(forgotten === 1 ? 'forgot 1 file that no longer exists' : `forgot ${forgotten} files that no longer exist`);
    return 0;
  },
};

/** Removes stamps that no plan refers to. */
function pruneStamps(state: string): void {
  const plans = Object.keys(planTrees).flatMap((tree) => filesBelow(join(state, tree)));
  const used = new Set([...slots(state, ''), ...plans].map((path) => readPlan(path)?.stampFolder));
  for (const name of namesIn(join(state, 'stamps'))) {
    const path = join(state, 'stamps', name);
    if (!used.has(path) && !isYoung(path)) remove(path);
  }
}

/**
 * Removes records of what we did to Claude Code's settings files, where the directory that they were for was deleted.
 * As long as it is there the record is kept, without the file too: it may come back, from git or a backup, and without
 * the record nothing could be undone in it.
 * @returns how many
 */
function pruneSettings(state: string): number {
  const top = join(state, 'settings');
  let count = 0;
  for (const path of filesBelow(top)) {
    if (!path.endsWith('.json')) {
      if (!isYoung(path)) remove(path);
      continue;
    }
    // A settings file lies in a folder of its own in that directory.
    const directory = dirname(fromBelow(relative(top, dirname(path))));
    if (!wasDeleted(directory, lstatSync(path).mtimeMs)) continue;
    remove(path);
    count += 1;
  }
  removeEmptyFolders(top);
  return count;
}

function pruneCoolDowns(state: string): void {
  for (const path of filesBelow(join(state, 'cooldown'))) {
    const read = readFile(path, 64);
    const until = read.kind === 'file' ? Number(new TextDecoder().decode(read.bytes)) : 0;
    if (!(until * 1000 > Date.now())) remove(path);
  }
}

function removeEmptyFolders(folder: string): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) removeEmptyFolders(path);
  }
  try {
    rmdirSync(folder);
  } catch {
    // Not empty.
  }
}

function isYoung(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < settled;
}
