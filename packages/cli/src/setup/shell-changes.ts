import { dirname, join, relative } from 'node:path';
import type { HookFile, ShellSetup } from '@bedrockenv/core';
import { asByteText, byteText, textBytes } from '../byte-text.ts';
import type { Context } from '../context.ts';
import { completionsText, hookText } from '../installation.ts';
import type { ShellName } from '../shells.ts';
import { exists } from '../state/directory.ts';
import { quoted } from '../state/folder.ts';
import { type Change, type LeftAlone, readRc, whyNotOurs } from './change.ts';
import type { ShellHere } from './machine.ts';
import { findHook, ourLine, withLine } from './rc-line.ts';
import { isAsMade, type Made } from './record.ts';

/** A file of the state folder, which goes with it. */
export interface StateFile {
  path: string;
  text: string;
}

/** What is to be done for a shell. */
export interface ShellChanges {
  /** The hook, and what it makes known. */
  hooks: StateFile[];
  changes: Change[];
  leftAlone: LeftAlone[];
}

/** The hook as a file, a line in each rc file that loads it, and completions. */
export async function shellChanges(
  { state, home }: Context,
  shell: ShellHere,
  made: readonly Made[],
): Promise<ShellChanges> {
  const { name, setup, place } = shell;
  const hooks = await hookFiles({ state, home }, name, setup);
  const line = ourLine(setup.load(hookFile(join(state, 'hooks', setup.hookName), home)));
  const result: ShellChanges = { hooks, changes: [], leftAlone: [] };
  const others = setup.otherFiles?.(place) ?? [];
  for (const rc of shell.rcFiles) {
    const [change, left] = rcChange(rc, line, shell, others, home);
    if (change) result.changes.push(change);
    if (left) result.leftAlone.push(left);
  }
  if ('path' in setup.completions) {
    const text = await completionsText(name);
    const byHand = `bedrockenv completions ${name}`;
    const [change, left] = wholeFile(setup.completions.path(place), text, { home, made, byHand });
    if (change) result.changes.push(change);
    if (left) result.leftAlone.push(left);
  }
  return result;
}

/** A shell's hook, and completions where they lie beside it. */
export async function hookFiles(
  { state, home }: Pick<Context, 'state' | 'home'>,
  name: ShellName,
  { hookName, completions }: ShellSetup,
): Promise<StateFile[]> {
  const hook = { path: join(state, 'hooks', hookName), text: await hookText(name) };
  if ('path' in completions) return [hook];
  const beside = join(state, 'hooks', completions.name);
  hook.text = `${completions.announce(hookFile(beside, home))}\n${hook.text}`;
  return [hook, { path: beside, text: await completionsText(name) }];
}

function hookFile(path: string, home: string): HookFile {
  const inside = relative(home, path);
  return { path, belowHome: inside.startsWith('..') || inside === path ? null : inside };
}

type Outcome = [change: Change | null, left: LeftAlone | null];

function rcChange(path: string, line: string, { setup }: ShellHere, others: readonly string[], home: string): Outcome {
  const { bytes, reason } = readRc(path);
  const text = byteText(bytes);
  if (reason === null) {
    for (const each of [path, ...others.filter((other) => other !== path)]) {
      const own = each === path ? text : byteText(readRc(each).bytes);
      const found = findHook(own, setup);
      if (found.kind !== 'by-hand') continue;
      return [null, { path: each, reason: `loads the hook already, in line ${found.number}`, line: null }];
    }
  }
  const wanted = withLine(text, asByteText(line), setup);
  if (reason === null && wanted.inserted === null) return [null, null];
  const obstacle = whyNotOurs(path, home) ?? reason;
  if (obstacle !== null || wanted.inserted === null) return [null, { path, reason: obstacle ?? '', line }];
  const own = { kind: 'line', inserted: wanted.inserted } as const;
  return [{ path, before: bytes, after: textBytes(wanted.text), mode: 0o666, own }, null];
}

/** A file that is ours alone. One that is there already and was not made by us stays as it is. */
export function wholeFile(
  path: string,
  text: string,
  { home, made, byHand }: { home: string; made: readonly Made[]; byHand: string },
): Outcome {
  const after = new TextEncoder().encode(text);
  const { bytes, reason } = readRc(path);
  if (bytes && Buffer.compare(bytes, after) === 0) return [null, null];
  const earlier = made.find((each) => each.path === path && each.kind === 'file');
  const isOurs = bytes === null || (earlier && isAsMade(earlier, bytes));
  const not = earlier ? 'was changed by hand' : 'was put there by somebody else';
  const obstacle = whyNotOurs(path, home) ?? reason ?? (isOurs ? null : not);
  if (obstacle !== null) {
    const folder = dirname(path);
    const first = exists(folder) ? '' : `mkdir -p ${quoted(folder)} && `;
    return [null, { path, reason: obstacle, line: `${first}${byHand} > ${quoted(path)}`, isCommand: true }];
  }
  return [{ path, before: bytes, after, mode: 0o666, own: { kind: 'file', old: false } }, null];
}
