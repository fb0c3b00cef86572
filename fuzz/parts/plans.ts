import { existsSync, rmSync } from 'node:fs';
import { encodePlan, variableNames } from '@bedrockenv/core';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { bash, drivers, type ShellDriver } from '@bedrockenv/testkit/pty';
import { complaints } from '../../packages/testkit/src/stage/complaints.ts';
import { hostileText } from '../hostile.ts';
import { corpus, keep, restore } from '../plans/corpus.ts';
import { fits, type Ground, openGround } from '../plans/ground.ts';
import { separator } from '../plans/look.ts';
import { mutate } from '../plans/mutate.ts';
import { managed, type Seen, startWalker, type Walker } from '../plans/shell.ts';
import { type Random, randomNumbers } from '../random.ts';

/** How many directories a shell walks through at once, and how many a shell sees before a new one is started. */
const perWalk = 100;
const perShell = 2000;

/**
 * For each approved plan that it refuses a hook runs the CLI, which takes longer than all the rest. So only one shell in
 * so many has that. The others see directories that are not approved: whether a plan is used is the same question. Where
 * a hook asks for the approval first, there is no CLI.
 */
const fully = 8;
const asksFirst = 'fish';

/** What a directory must do to a shell: set exactly these, or nothing at all, or whatever is in the closed list. */
type Expected = Readonly<Record<string, string>> | 'nothing' | 'anything';

interface Case {
  dir: string;
  bytes: Uint8Array;
  expected: Expected;
}

/** Of a key's variable a plan says only where the key is found. */
const settable = variableNames.filter((name) => name !== 'AWS_BEARER_TOKEN_BEDROCK');

/** Makes the case number `n` for a directory. */
type Make = (ground: Ground, dir: string, random: Random, n: number) => Case;

const mutated: Make = (ground, dir, random, n) => {
  const known = corpus[n];
  const bytes = known ? restore(ground, dir, known) : mutate(encodePlan(ground.planFor(dir)), random, ground.canary);
  return { dir, bytes, expected: ground.mayApply(dir, bytes) ? 'anything' : 'nothing' };
};

const hostile: Make = (ground, dir, random, number) => {
  const names = settable.filter(() => random(4) !== 0);
  const variables = names.map((name) => ({ op: 'set' as const, name, value: hostileText(random, ground.canary) }));
  const text = () => (random(3) === 0 ? hostileText(random, ground.canary) : '');
  const plan = { ...ground.planFor(dir), variables, label: text(), notes: [text(), text()].filter(Boolean) };
  if (!fits(plan)) return hostile(ground, dir, random, number);
  return { dir, bytes: encodePlan(plan), expected: Object.fromEntries(variables.map((v) => [v.name, v.value])) };
};

/** The same with another hook, in bash. */
export const withHook = (hook: (state: string) => string, terms: Terms) =>
  fuzzPlans(bash, terms, hostile, () => 1, hook);

/** `mutated-plans-SHELL` and `hostile-values-SHELL`, for every shell there is. */
export const planParts: readonly Part[] = drivers.flatMap((driver): Part[] => {
  const unless = () => (driver.program() ? undefined : `${driver.name} is not installed`);
  return [
    {
      name: `mutated-plans-${driver.name}`,
      about: `plans with changed fields and bytes in a real ${driver.name}: nothing runs, nothing outside the list is set`,
      full: 100_000,
      unit: 'plans',
      unless,
      run: (terms) => fuzzPlans(driver, terms, mutated, () => 1),
    },
    {
      name: `hostile-values-${driver.name}`,
      about: `values that a careless reader would run, in a real ${driver.name}: each is set as it is`,
      full: 100_000,
      unit: 'values',
      unless,
      run: (terms) => fuzzPlans(driver, terms, hostile, ({ expected }) => Object.keys(expected).length),
    },
  ];
});

/** @param hook in the place of ours, to see that what a worse one does is found */
async function fuzzPlans(
  driver: ShellDriver,
  terms: Terms,
  make: Make,
  worth: (one: Case) => number,
  hook?: (state: string) => string,
) {
  const random = randomNumbers(terms.seed);
  const findings: Finding[] = [];
  let tried = 0;
  let applied = 0;
  let walks = 0;
  let made = 0;
  const ground = openGround(hook);
  try {
    while (tried < terms.count) {
      const preset = random(2) === 0 ? {} : presetOf(ground, random);
      const full = walks === 0 || random(fully) === 0;
      const walker = await startWalker(driver, ground, preset, full || driver.name !== asksFirst);
      const surroundings = await walker.surroundings();
      const known = findings.length;
      try {
        for (let seen = 0; seen < perShell && tried < terms.count && findings.length === known; seen += perWalk) {
          const folder = ground.sandbox.at(`walk-${walks++}`);
          const cases: Case[] = [];
          for (let n = 0; n < perWalk && tried < terms.count; n++) {
            const one = make(ground, `${folder}/${n}`, random, made++);
            ground.place(one.dir, one.bytes, full || driver.name === asksFirst);
            cases.push(one);
            tried += worth(one);
          }
          applied += await walk(driver, ground, walker, cases, findings);
          ground.clear(folder);
          terms.tell(`${tried} of ${terms.count}`);
        }
        const after = await walker.surroundings();
        const changed = difference(surroundings, after);
        if (changed.length > 0) findings.push({ what: `${driver.name} has other names`, input: changed });
      } finally {
        await walker.close();
      }
      if (findings.length > 20) break;
    }
  } finally {
    await ground.sandbox.dispose();
  }
  if (applied === 0) findings.push({ what: `${driver.name} has applied none of the plans`, input: null });
  return { tried, findings, notes: [`${applied} of the plans were applied`] };
}

/** One walk; what is found goes to `findings`. @returns how many of the plans set something */
async function walk(driver: ShellDriver, ground: Ground, walker: Walker, cases: readonly Case[], findings: Finding[]) {
  let applied = 0;
  const find = (what: string, one?: Case) =>
    findings.push({ what: `${driver.name}: ${what}`, input: one && keep(ground, one.dir, one.bytes) });
  const looks = await walker.walk(
    cases.map(({ dir }) => dir),
    120_000,
  );
  for (const [n, { inside, after }] of looks.entries()) {
    const one = cases[n] as Case;
    if (!same(inside, walker.before)) applied++;
    const wrong = wrongIn(inside, walker.before, one.expected);
    const left = wrongIn(after, walker.before, 'nothing');
    if (wrong !== undefined) find(`inside, ${wrong}`, one);
    if (left !== undefined) find(`after leaving, ${left}`, one);
    // What one plan leaves behind is there for all that follow.
    if (wrong !== undefined || left !== undefined) break;
  }
  if (existsSync(ground.canary)) {
    find('something was executed on this walk');
    findings.push(...cases.map((one) => ({ what: 'one of these', input: keep(ground, one.dir, one.bytes) })));
    rmSync(ground.canary);
  }
  const errors = complaints(walker.log());
  if (errors.length > 0) find(`the hook complains: ${errors.slice(0, 3).join(' | ')}`);
  return applied;
}

/** What is not as it should be, for a person; undefined when all is. */
function wrongIn(seen: Seen, before: Seen, expected: Expected): string | undefined {
  for (const [name, value] of Object.entries(seen)) {
    const isManaged = managed.includes(name);
    if (isManaged && expected === 'anything') continue;
    if (name === 'BEDROCKENV_STATE' && expected !== 'nothing') continue;
    const wanted = isManaged && expected !== 'nothing' && expected !== 'anything' ? expected[name] : undefined;
    const want = wanted === undefined ? before[name] : `x${wanted}`;
    if (value !== want) return `${name} is ${JSON.stringify(value)}, expected ${JSON.stringify(want)}`;
  }
  return undefined;
}

const same = (one: Seen, other: Seen) => Object.entries(one).every(([name, value]) => other[name] === value);

/** Values that some of the variables have before the hook does anything. */
function presetOf(ground: Ground, random: Random): Record<string, string> {
  const names = ['AWS_REGION', 'AWS_PROFILE', 'ANTHROPIC_MODEL', 'CLAUDE_CODE_EFFORT_LEVEL'];
  const value = () => hostileText(random, ground.canary).slice(0, 1000).replaceAll(separator, '');
  return Object.fromEntries(names.map((name) => [name, value()]));
}

function difference(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => new Set(text.split('\n'))) as [Set<string>, Set<string>];
  return [
    ...[...old].filter((x) => !now.has(x)).map((x) => `- ${x}`),
    ...[...now].filter((x) => !old.has(x)).map((x) => `+ ${x}`),
  ];
}
