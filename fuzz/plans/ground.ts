import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePlan, encodePlan, type Plan } from '@bedrockenv/core';
import { createSandbox, type Sandbox, sampleSessions } from '@bedrockenv/testkit/sandbox';
import { place as saidAt } from '../../packages/cli/src/state/approvals.ts';
import { slots } from '../../packages/cli/src/state/plans.ts';

const cli = fileURLToPath(new URL('../../packages/cli/bin/bedrockenv.js', import.meta.url));
/** A file system in memory, where there is one. */
const memory = '/dev/shm';
const text = 'profile: corp-dev\nregion: eu-central-1\nmodel: sonnet\n';

/** A HOME in which directories get plans of our own making. */
export interface Ground {
  sandbox: Sandbox;
  /** The directory that the real plan is of. */
  base: string;
  /** The file that no shell may make. */
  canary: string;
  /** What `bedrockenv hook SHELL` prints, with a program that ends at once in the place of node, or with none. */
  hook(shell: string, runs: boolean): string;
  /** A plan that the CLI compiled, moved to another directory. */
  planFor(dir: string): Plan;
  /** The same with stamps of its own, where something ready-made can lie. */
  stampedPlanFor(dir: string): Plan;
  /** Makes a directory with a directory file of the base's text or another, approved or not, and these bytes as its plan. */
  place(dir: string, plan: Uint8Array, approved: boolean, its?: string): void;
  /** Puts something ready-made beside the stamps of a plan, which it makes. */
  placeUsual(plan: Plan, shell: string, usual: Uint8Array): void;
  /**
   * Whether a plan of these bytes may be applied to that directory: as the core reads it, or where it has the shape of a
   * whole plan. A shell need not look at a field that it does not use, such as the name of a variable that is not there.
   */
  mayApply(dir: string, plan: Uint8Array): boolean;
  /** Forgets the directories below a folder, their plans, and all stamps of plans with their own. */
  clear(folder: string): void;
}

/**
 * Compiles one real plan, from which all others are made.
 * @param hook in the place of what `bedrockenv hook` prints
 */
export function openGround(hook?: (state: string) => string): Ground {
  // A campaign makes a million files.
  const sandbox = createSandbox(existsSync(memory) ? { within: memory } : {});
  sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600, refreshable: true });
  const state = sandbox.at('.local/state/bedrockenv');
  const base = dirname(sandbox.write('base/.bedrockrc', text));
  const run = (...words: string[]) => {
    const options = { cwd: sandbox.home, env: sandbox.env, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], options);
    if (status !== 0) throw new Error(`bedrockenv ${words.join(' ')}: ${status}\n${stderr}`);
    return stdout;
  };
  run('allow', base);
  const fileOf = (dir: string) => slots(state, dir)[0] as string;
  const real = decodePlan(readFileSync(fileOf(base)));
  if (!real) throw new Error('the CLI has compiled a plan that the core does not read');

  let stamped = 0;
  const folders: string[] = [];
  const ground: Ground = {
    sandbox,
    base,
    canary: sandbox.at('canary'),
    hook: (shell, runs) =>
      hook?.(state) ?? run('hook', shell).replaceAll(process.execPath, runs ? '/bin/true' : sandbox.at('nowhere')),
    planFor: (dir) => ({
      ...real,
      root: dir,
      variables: real.variables.map((one) => (one.value === base ? { ...one, value: dir } : one)),
    }),
    stampedPlanFor(dir) {
      const generation = (stamped++).toString(16).padStart(16, '0');
      return { ...ground.planFor(dir), generation, stampFolder: join(dirname(real.stampFolder), generation) };
    },
    placeUsual({ stampFolder }, shell, usual) {
      mkdirSync(stampFolder);
      folders.push(stampFolder);
      for (const [n, { seen }] of real.inputs.entries())
        if (seen) linkSync(join(real.stampFolder, String(n)), join(stampFolder, String(n)));
      writeFileSync(join(stampFolder, `usual.${shell}`), usual, { mode: 0o600 });
    },
    place(dir, plan, approved, its = text) {
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, '.bedrockrc'), its);
      const write = (path: string, bytes: string | Uint8Array) => {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        writeFileSync(path, bytes, { mode: 0o600 });
      };
      write(fileOf(dir), plan);
      if (approved) write(saidAt(state, 'approvals', dir), its);
    },
    mayApply(dir, given) {
      // bash does not see whether the last field has its NUL.
      const plan = given.at(-1) === 0 ? given : Buffer.concat([given, Buffer.of(0)]);
      const read = decodePlan(plan);
      if (read !== null) return read.root === dir && read.text === text;
      const [have, whole] = [plan, encodePlan(ground.planFor(dir))].map(fieldsOf) as [string[], string[]];
      const counts = whole.indexOf('AWS_CONFIG_FILE');
      const isCount = (field: string, at: number) => at < counts && /^\d{1,4}$/.test(field);
      const isShape = (field: string, at: number) =>
        have[at] === field ||
        // A shell may take 00 for 0.
        (isCount(field, at)
          ? /^\d{1,4}$/.test(have[at] ?? '') && Number(have[at]) === Number(field)
          : !fixed(at, whole));
      // The names, backwards: after each of them a value, at the end `end` and what is behind its NUL.
      const names = real.variables.map((_, n) => have.at(-4 - 3 * n));
      return have.length === whole.length && whole.every(isShape) && new Set(names).size === names.length;
    },
    clear(folder) {
      for (const path of [folder, ...folders.splice(0)]) rmSync(path, { recursive: true, force: true });
      for (const path of [fileOf(folder), saidAt(state, 'approvals', folder)])
        rmSync(dirname(path), { recursive: true, force: true });
    },
  };
  return ground;
}

const fieldsOf = (plan: Uint8Array) => Buffer.from(plan).toString('utf8').split('\0');

/** The version, the directory, its text, and the end. */
const fixed = (at: number, { length }: readonly string[]) => [0, 2, 3, length - 2, length - 1].includes(at);

/** Whether a plan can be read by every shell at all. */
export const fits = (plan: Plan) => encodePlan(plan).length < 200_000;
