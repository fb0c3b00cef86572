import { setTimeout as sleep } from 'node:timers/promises';
import { ambientNames, BedrockenvError, FileErrors, type Plan } from '@bedrockenv/core';
import type { Context } from './context.ts';
import { problemLine } from './output/messages.ts';
import { type Resolved, resolveGathered } from './resolution.ts';
import { cooldownFile } from './sign-in/cool-down.ts';
import { isDenied, verdict } from './state/approvals.ts';
import { openState } from './state/folder.ts';
import { type Gathered, gather, readOwn } from './state/gather.ts';
import { notApproved } from './state/located.ts';
import { unchanged } from './state/read.ts';
import { newGeneration, stampFolder, writeStamps } from './state/stamps.ts';
import { removePlansBelow, storePlan } from './state/store-plan.ts';
import { remove } from './state/write.ts';

/**
 * A file system's clock ticks every few ms: a file that was written this shortly before it was read, in ms, may be
 * written again without a new modification time.
 */
const settling = 20;

/** How often inputs may change while they are compiled. */
const attempts = 3;

/**
 * Compiles and stores the plan of a directory.
 *
 * What the user must mend (a profile that is not there, a broken user config) becomes the note of a plan without
 * variables, so that the hooks say it once and compile again when an input changes.
 * @param root the real directory; '' for outside of projects
 * @throws {BedrockenvError} `unapproved` (3), `broken`, `state-folder`, `io`, `stamps`, `busy`
 */
export async function compileAt(context: Context, root: string): Promise<Plan> {
  const { state, base, home } = context;
  openState(state);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const gathered = await gatherSettled(() => {
      const own = root === '' ? null : readOwn(root);
      if (own && (isDenied(state, root) || verdict(state, root, own.bytes) !== 'approved')) {
        throw notApproved(root, own.path, '');
      }
      return gather({ state, env: base, home }, own);
    });
    const generation = newGeneration();
    const folder = stampFolder(state, generation);
    const plan = planOf(context, gathered, { generation, root, folder });
    try {
      if (writeStamps(folder, plan.inputs) && plan.inputs.every(unchanged)) {
        storePlan(state, plan);
        return plan;
      }
    } catch (error) {
      remove(folder);
      throw error;
    }
    remove(folder);
  }
  throw new BedrockenvError('busy', 'the configuration changes faster than it can be compiled', {
    ...(root === '' ? {} : { where: root }),
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
  { base, home, state }: Context,
  gathered: Gathered,
  { generation, root, folder }: { generation: string; root: string; folder: string },
): Plan {
  let resolution: Resolved | null = null;
  const notes: string[] = [];
  try {
    resolution = resolveGathered({ base, home }, gathered, root === '' ? null : root);
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
    root,
    text:
      root === ''
        ? ''
        : new TextDecoder('utf-8', { ignoreBOM: true }).decode(gathered.directoryFiles[0]?.bytes ?? new Uint8Array()),
    label: resolution?.label ?? '',
    session: session && { ...session, cooldownFile: cooldownFile(state, session.tokenFile) },
    login: resolution?.login ?? 'off',
    stampFolder: folder,
    env: (resolution?.dependsOn ?? ambientNames).map((name) => ({ name, value: base[name] ?? null })),
    inputs: resolution?.inputs ?? gathered.inputs,
    notes,
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
