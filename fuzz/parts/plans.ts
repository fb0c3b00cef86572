import { existsSync, rmSync } from 'node:fs';
import { decodePlan, encodePlan, encodeUsual, type Plan, variableNames } from '@bedrockenv/core';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { bash, drivers, type ShellDriver } from '@bedrockenv/testkit/pty';
import { complaints } from '../../packages/testkit/src/stage/complaints.ts';
import { hostileText } from '../hostile.ts';
import { corpus, keep, restore, words } from '../plans/corpus.ts';
import { fits, type Ground, openGround } from '../plans/ground.ts';
import { separator } from '../plans/look.ts';
import { mutate, mutateUsual } from '../plans/mutate.ts';
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

/** The shells that read what is ready-made of a plan. */
type UsualShell = keyof NonNullable<ReturnType<typeof encodeUsual>>;
const usualShells: readonly UsualShell[] = ['zsh', 'bash'];

/** What a directory must do to a shell: set exactly these, or nothing at all, or whatever is in the closed list. */
type Expected = Readonly<Record<string, string>> | 'nothing' | 'anything';

interface Case {
  dir: string;
  /** The plan. */
  bytes: Uint8Array;
  /** What is ready-made of it; then there is a plan of that name too. */
  usual?: { of: Plan; shell: UsualShell; bytes: Uint8Array };
  expected: Expected;
  /** What may be different when it was left: nothing, unless given. */
  left?: Expected;
}

/** Of a key's variable a plan says only where the key is found. */
const settable = variableNames.filter((name) => name !== 'AWS_BEARER_TOKEN_BEDROCK');

/** Makes the case number `n` for a directory. */
type Make = (ground: Ground, dir: string, random: Random, n: number) => Case;

/** The first is as it was compiled: it has to be applied, whatever becomes of the others. */
const mutated: Make = (ground, dir, random, n) => {
  const good = encodePlan(ground.planFor(dir));
  const known = corpus[n - 1];
  const bytes = n === 0 ? good : known ? restore(ground, dir, known) : mutate(good, random, ground.canary);
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

/** What no plan says, to tell whether what is ready-made was used. */
const mark = 'ready-made';

/**
 * What is ready-made has the record in it, so that leaving may change whatever is in the closed list. Beside it lies a
 * plan that is in order.
 */
const mutatedUsual =
  (shell: UsualShell): Make =>
  (ground, dir, random) => {
    const of = ground.stampedPlanFor(dir);
    const variables = of.variables.map((one) => (one.name === 'BEDROCKENV_MODEL' ? { ...one, value: mark } : one));
    const usual = encodeUsual({ ...of, variables })?.[shell];
    if (!usual) throw new Error('the usual case is not the usual case');
    const bytes = mutateUsual(usual, random, ground.canary);
    return { dir, bytes: encodePlan(of), usual: { of, shell, bytes }, expected: 'anything', left: 'anything' };
  };

/** Beside it lies a plan that is not in order: what is set comes from what is ready-made. */
const hostileUsual =
  (shell: UsualShell): Make =>
  (ground, dir, random, number) => {
    const one = hostile(ground, dir, random, number);
    const { variables = [], notes = [], label = '' } = decodePlan(one.bytes) ?? {};
    const of = { ...ground.stampedPlanFor(dir), variables, notes, label };
    const bytes = encodeUsual(of)?.[shell];
    if (!bytes || bytes.length > largestUsual) return hostileUsual(shell)(ground, dir, random, number);
    return { ...one, bytes: encodePlan({ ...of, text: '' }), usual: { of, shell, bytes } };
  };
/** What zsh reads at once. */
const largestUsual = 12_000;

/** The same with another hook, in bash. */
export const withHook = (hook: (state: string) => string, terms: Terms) =>
  fuzzPlans(bash, terms, hostile, () => 1, { hook });

const valuesIn = ({ expected }: Case) => Object.keys(expected).length;

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
      run: (terms) => fuzzPlans(driver, terms, hostile, valuesIn),
    },
    ...usualShells
      .filter((shell) => shell === driver.name)
      .flatMap((shell): Part[] => [
        {
          name: `mutated-usual-${shell}`,
          about: `what is ready-made of a plan, changed, in a real ${shell}: nothing runs, nothing outside the list is set`,
          full: 100_000,
          unit: 'files',
          unless,
          run: (terms) => fuzzPlans(driver, terms, mutatedUsual(shell), () => 1, { bare: true }),
        },
        {
          name: `hostile-usual-${shell}`,
          about: `values that a careless reader would run, ready-made, in a real ${shell}: each is set as it is`,
          full: 100_000,
          unit: 'values',
          unless,
          run: (terms) => fuzzPlans(driver, terms, hostileUsual(shell), valuesIn, { bare: true }),
        },
      ]),
  ];
});

/** @param hook in the place of ours, to see that what a worse one does is found */
async function fuzzPlans(
  driver: ShellDriver,
  terms: Terms,
  make: Make,
  worth: (one: Case) => number,
  options: {
    hook?: (state: string) => string;
    /** No variable has a value before: else what is ready-made is not for this shell. */
    bare?: boolean;
  } = {},
) {
  const random = randomNumbers(terms.seed);
  const findings: Finding[] = [];
  let tried = 0;
  let applied = 0;
  let walks = 0;
  let made = 0;
  const ground = openGround(options.hook);
  try {
    const more = () => tried < terms.count && !terms.over();
    while (more()) {
      const preset = options.bare || random(2) === 0 ? {} : presetOf(ground, random);
      const full = walks === 0 || random(fully) === 0;
      const walker = await startWalker(driver, ground, preset, full || driver.name !== asksFirst);
      const surroundings = await walker.surroundings();
      const known = findings.length;
      try {
        for (let seen = 0; seen < perShell && more() && findings.length === known; seen += perWalk) {
          const folder = ground.sandbox.at(`walk-${walks++}`);
          const cases: Case[] = [];
          for (let n = 0; n < perWalk && tried < terms.count; n++) {
            const one = make(ground, `${folder}/${n}`, random, made++);
            ground.place(one.dir, one.bytes, full || driver.name === asksFirst);
            if (one.usual) ground.placeUsual(one.usual.of, one.usual.shell, one.usual.bytes);
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
    findings.push({ what: `${driver.name}: ${what}`, input: one && kept(ground, one) });
  const clean = cases.some(({ left }) => left !== undefined);
  const dirs = cases.map(({ dir }) => dir);
  const looks = await walker.walk(dirs, clean, 120_000);
  for (const [n, { inside, after }] of looks.entries()) {
    const one = cases[n] as Case;
    const isMarked = inside.BEDROCKENV_MODEL === `x${mark}`;
    if (one.left === undefined ? !same(inside, walker.before) : isMarked) applied++;
    const wrong = wrongIn(inside, walker.before, one.expected);
    const left = wrongIn(after, walker.before, one.left ?? 'nothing');
    if (wrong !== undefined) find(`inside, ${wrong}`, one);
    if (left !== undefined) find(`after leaving, ${left}`, one);
    // What one plan leaves behind is there for all that follow.
    if (wrong !== undefined || left !== undefined) break;
  }
  if (existsSync(ground.canary)) {
    find('something was executed on this walk');
    findings.push(...cases.map((one) => ({ what: 'one of these', input: kept(ground, one) })));
    rmSync(ground.canary);
  }
  const errors = complaints(walker.log());
  if (errors.length > 0) find(`the hook complains: ${errors.slice(0, 3).join(' | ')}`);
  return applied;
}

/** A case as a finding has it. */
const kept = (ground: Ground, { dir, bytes, usual }: Case) =>
  usual ? { usual: words(ground, dir, Buffer.from(usual.bytes).toString('latin1')) } : keep(ground, dir, bytes);

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
