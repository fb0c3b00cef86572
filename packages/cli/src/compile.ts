import { setTimeout as sleep } from 'node:timers/promises';
import { ambientNames, BedrockenvError, FileErrors, type Plan, printable, readWords } from '@bedrockenv/core';
import type { Context } from './context.ts';
import { problemLine } from './output/messages.ts';
import { type Resolved, resolveGathered, resolveWords } from './resolution.ts';
import { cooldownFile } from './sign-in/cool-down.ts';
import { isDenied, verdict } from './state/approvals.ts';
import type { DirenvWords } from './state/direnv.ts';
import { openState } from './state/folder.ts';
import { type Gathered, gather, readOwn } from './state/gather.ts';
import { notApproved } from './state/located.ts';
import type { PlanTree } from './state/plans.ts';
import { unchanged } from './state/read.ts';
import { newGeneration, stampFolder, writeStamps, writeUsual } from './state/stamps.ts';
import { removePlansBelow, storePlan } from './state/store-plan.ts';
import { remove } from './state/write.ts';

/**
 * A file system's clock ticks every few ms: a file that was written this shortly before it was read, in ms, may be
 * written again without a new modification time.
 */
const settling = 20;

/** How often inputs may change while they are compiled. */
const attempts = 3;

/** What a plan is compiled for, and from. */
interface Subject {
  tree: PlanTree;
  /** The real directory; '' for outside of projects. */
  root: string;
  /** Reads everything that it depends on, as it is now. */
  gather(): Gathered;
  /** What the reader of the plan compares: as long as it is the same, and the inputs are, so is the plan. */
  text(gathered: Gathered): string;
  /** @throws {BedrockenvError} for what the user must mend */
  resolve(gathered: Gathered): Resolved;
}

/**
 * Compiles and stores the plan of a directory.
 * @param root the real directory; '' for outside of projects
 * @throws {BedrockenvError} `unapproved` (3), `broken`, `state-folder`, `io`, `stamps`, `busy`
 */
export function compileAt(context: Context, root: string): Promise<Plan> {
  const { state, base, home } = context;
  return compileSubject(context, {
    tree: 'plans',
    root,
    gather() {
      const own = root === '' ? null : readOwn(root);
      if (own && (isDenied(state, root) || verdict(state, root, own.bytes) !== 'approved')) {
        throw notApproved(root, own.path, '');
      }
      return gather({ state, env: base, home }, own);
    },
    text: ({ directoryFiles: [own] }) =>
      root === '' ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(own?.bytes ?? new Uint8Array()),
    resolve: (gathered) => resolveGathered({ base, home }, gathered, root === '' ? null : root),
  });
}

/**
 * Compiles and stores the plan of `use bedrock` with words. Nobody is asked to approve them: direnv did, with the
 * `.envrc`.
 * @throws {BedrockenvError} exit code 2 for a wrong word; `state-folder`, `io`, `stamps`, `busy`
 */
export async function compileWords(context: Context, said: DirenvWords): Promise<Plan> {
  const { state, base, home } = context;
  // A wrong word is no matter of the inputs: nothing is stored that would wait for one of them to change.
  readWords(said.words);
  return compileSubject(context, {
    tree: 'direnv',
    root: said.root,
    gather: () => gather({ state, env: base, home }, null),
    text: () => said.words.map((word) => `${word}\n`).join(''),
    resolve: (gathered) => resolveWords({ base, home }, gathered, said),
  });
}

/**
 * Compiles and stores a plan.
 *
 * What the user must mend (a profile that is not there, a broken user config) becomes the note of a plan without
 * variables, so that the hooks say it once and compile again when an input changes.
 */
async function compileSubject(context: Context, subject: Subject): Promise<Plan> {
  const { state } = context;
  openState(state);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const gathered = await gatherSettled(() => subject.gather());
    const generation = newGeneration();
    const folder = stampFolder(state, generation);
    const plan = planOf(context, subject, gathered, { generation, folder });
    try {
      if (writeStamps(folder, plan.inputs) && plan.inputs.every(unchanged)) {
        if (subject.tree === 'plans') writeUsual(folder, plan);
        storePlan(state, plan, subject.tree);
        return plan;
      }
    } catch (error) {
      remove(folder);
      throw error;
    }
    remove(folder);
  }
  throw new BedrockenvError('busy', 'the configuration changes faster than it can be compiled', {
    ...(subject.root === '' ? {} : { where: subject.root }),
    fix: 'try again',
  });
}

async function gatherSettled(read: () => Gathered): Promise<Gathered> {
  for (let tries = 0; ; tries++) {
    const gathered = read();
    const now = Date.now();
    const isYoung = gathered.inputs.some(
      ({ seen }) => seen && Math.abs(now - Number(seen.mtimeNs / 1_000_000n)) < settling,
    );
    if (!isYoung || tries === 10) return gathered;
    await sleep(settling + 5);
  }
}

function planOf(
  { base, state }: Context,
  subject: Subject,
  gathered: Gathered,
  { generation, folder }: { generation: string; folder: string },
): Plan {
  let resolution: Resolved | null = null;
  const notes: string[] = [];
  try {
    resolution = subject.resolve(gathered);
    notes.push(...resolution.leftOut.map(({ path, reason }) => `${path} ${reason}`));
    notes.push(...resolution.warnings.map(({ message, fix }) => problemLine({ message, fix, where: undefined })));
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    const first = error instanceof FileErrors ? error.problems[0] : error;
    notes.push(problemLine(first ?? error));
  }
  const session = resolution?.session ?? null;
  return {
    generation,
    root: subject.root,
    text: subject.text(gathered),
    label: resolution?.label ?? '',
    session: session && {
      ...session,
      name: printable(session.name),
      cooldownFile: cooldownFile(state, session.tokenFile),
    },
    login: resolution?.login ?? 'off',
    stampFolder: folder,
    env: (resolution?.dependsOn ?? ambientNames).map((name) => ({ name, value: base[name] ?? null })),
    inputs: resolution?.inputs ?? [...gathered.inputs, ...gathered.lists],
    // Hooks print what is said, and the files that it tells of may hold anything.
    notes: notes.map(printable),
    variables: (resolution?.variables ?? []).map(({ op, name, value }) => ({ op, name, value })),
  };
}

/**
 * After something was said about a directory's file: compiles its plan, and forgets those below it, which were compiled
 * with what was said before.
 */
export async function compileAll(context: Context, root: string): Promise<void> {
  removePlansBelow(context.state, root);
  await compileAt(context, root);
}
