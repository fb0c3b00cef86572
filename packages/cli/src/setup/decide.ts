import { join } from 'node:path';
import type { SettingsChange } from '@bedrockenv/core';
import { settingsPath } from '../claude/places.ts';
import { mergeInto, readSettingsFile, writeSettingsFile } from '../claude/settings-file.ts';
import { wantedFor } from '../claude/wanted.ts';
import type { Context } from '../context.ts';
import { hookText } from '../installation.ts';
import type { Resolved } from '../resolution.ts';
import { readFile } from '../state/read.ts';
import type { Answers } from './answers.ts';
import type { Change, LeftAlone } from './change.ts';
import { configChange } from './config-change.ts';
import type { Machine, ShellHere } from './machine.ts';
import { type Made, readRecord } from './record.ts';
import { type StateFile, shellChanges, wholeFile } from './shell-changes.ts';
import { versionFile } from './version.ts';

/** Everything that setup is going to do, decided before anything of it is done. */
export interface Decided {
  /** Files of the state folder that are new or differ. */
  hooks: readonly StateFile[];
  changes: readonly Change[];
  leftAlone: readonly LeftAlone[];
  claude: { path: string; changes: readonly SettingsChange[]; write(): void } | null;
  /** What holds outside of projects afterwards. */
  resolved: Resolved;
  /** The shells that were chosen. */
  shells: readonly ShellHere[];
}

/** @throws {BedrockenvError} what keeps it from being done; nothing was written */
export async function decide(context: Context, machine: Machine, answers: Answers): Promise<Decided> {
  const { state, home, base } = context;
  const made = readRecord(state);
  const shells = machine.shells.filter(({ name }) => answers.shells.includes(name));
  const hooks: StateFile[] = [];
  const changes: Change[] = [];
  const leftAlone: LeftAlone[] = [];
  for (const shell of shells) {
    const its = await shellChanges(context, shell, made);
    hooks.push(...its.hooks);
    for (const change of its.changes) {
      if (answers.writesRc || change.own.kind !== 'line') changes.push(change);
      else leftAlone.push({ path: change.path, reason: 'is left to you (--no-rc)', line: change.own.inserted.line });
    }
    leftAlone.push(...its.leftAlone);
  }
  if (machine.direnv && shells.length > 0) {
    const [change, left] = await direnvLibrary(context, made);
    if (change) changes.push(change);
    if (left) leftAlone.push(left);
  }
  const config = configChange(context, answers);
  if (config.change) changes.push(config.change);
  if (config.leftAlone) leftAlone.push(config.leftAlone);
  if (shells.length > 0) hooks.push(versionFile(state));
  return {
    hooks: hooks.filter(({ path, text }) => textOf(path) !== text),
    ...{ changes, leftAlone, shells, resolved: config.resolved },
    claude: answers.claude ? claudeChange({ state, base, home }, config.resolved) : null,
  };
}

/** Whether there is anything to write at all. */
export function isNothing({ hooks, changes, claude }: Decided): boolean {
  return hooks.length === 0 && changes.length === 0 && (claude === null || claude.changes.length === 0);
}

async function direnvLibrary({ base, home }: Context, made: readonly Made[]) {
  const folder = base.DIRENV_CONFIG || join(base.XDG_CONFIG_HOME || join(home, '.config'), 'direnv');
  const text = await hookText('direnv');
  return wholeFile(join(folder, 'lib/bedrockenv.sh'), text, { home, made, byHand: 'bedrockenv hook direnv' });
}

function claudeChange({ state, base, home }: Pick<Context, 'state' | 'base' | 'home'>, resolved: Resolved) {
  const path = settingsPath('user', { env: base, home, dir: home });
  const file = readSettingsFile(state, path);
  const { keys } = wantedFor(resolved, 'user', base);
  const merged = mergeInto(file, keys, 'user');
  const write = () => writeSettingsFile(state, file, merged, { mode: 0o600 });
  return { path, changes: merged.changes, write };
}

function textOf(path: string): string | null {
  const read = readFile(path, 4 << 20);
  return read.kind === 'file' ? new TextDecoder().decode(read.bytes) : null;
}
