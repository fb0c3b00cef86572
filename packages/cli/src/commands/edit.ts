import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { BedrockenvError, readDirectoryFile } from '@bedrockenv/core';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { changeFile, directoryTarget, type Target } from '../edit/change.ts';
import { say } from '../output/messages.ts';
import { resolveGathered } from '../resolution.ts';
import { Interrupted, Interruption } from '../sign-in/interruption.ts';
import { fileName, findUpwards, realDirectory } from '../state/directory.ts';
import { ioError, quoted } from '../state/folder.ts';
import { gather } from '../state/gather.ts';
import { makeScratch } from '../state/scratch.ts';

export const edit: Command = {
  name: 'edit',
  summary: 'Edit the .bedrockrc in $VISUAL or $EDITOR, and approve the edit of an approved or new one.',
  args: [
    { name: 'dir', summary: 'its directory; without it the nearest one upwards, or a new one here', optional: true },
  ],
  flags: [],
  examples: [
    ['bedrockenv edit', 'the one that applies here'],
    ['EDITOR="code --wait" bedrockenv edit', 'in another editor'],
  ],
  async run({ args: [dir] }, context) {
    const cwd = context.cwd();
    const root = realDirectory(dir === undefined ? (findUpwards(cwd)[0]?.root ?? cwd) : resolve(cwd, dir));
    const target = directoryTarget(context, root);
    // A copy, so that the edit can be told from what others write to the file meanwhile.
    const folder = makeScratch(context.state);
    const copy = join(folder, fileName);
    writeCopy(copy, target.text);
    try {
      runEditor(context, copy);
      const bytes = readCopy(copy);
      if (bytes === null) throw new BedrockenvError('editor', 'the editor left no file', { fix: 'save it there' });
      if (Buffer.compare(bytes, Buffer.from(target.text)) === 0) {
        rmSync(folder, { recursive: true });
        say(`${target.path} is unchanged`);
        return 0;
      }
      if (target.isOurs) check(context, target, bytes);
      await changeFile(context, target, bytes);
    } catch (error) {
      const edited = readCopy(copy);
      if (edited && Buffer.compare(edited, Buffer.from(target.text)) !== 0)
        say(`${target.path} is as it was; your edit is in ${copy}`);
      else rmSync(folder, { recursive: true });
      throw error;
    }
    rmSync(folder, { recursive: true });
    if (target.isOurs) say(`${target.path} is changed and approved`);
    else say(`${target.path} is changed; as before, it is not approved: bedrockenv allow ${quoted(root)}`);
    return 0;
  },
};

/** @throws {BedrockenvError} `io`; nothing of it is left */
function writeCopy(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    rmSync(dirname(path), { recursive: true });
    throw ioError(error, path);
  }
}

/** null: it is not there any more. */
function readCopy(path: string): Buffer | null {
  return existsSync(path) ? readFileSync(path) : null;
}

/**
 * As git runs it: the value is a command line of the shell, and Ctrl-C is the editor's own to take or to end by.
 * @throws {Interrupted} where it ended by that
 */
function runEditor({ env }: Context, file: string): void {
  const onWindows = process.platform === 'win32';
  const named = env.VISUAL || env.EDITOR;
  if (!named && !onWindows && !(isatty(0) && isatty(1))) {
    // One that was named may have a window of its own; vi would wait for keys that nobody can type.
    throw new BedrockenvError('editor', 'vi needs a terminal, and this is none', { fix: 'set VISUAL or EDITOR' });
  }
  const editor = named || (onWindows ? 'notepad' : 'vi');
  using _ = new Interruption();
  const { status, signal, error } = onWindows
    ? spawnSync(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
    : spawnSync('/bin/sh', ['-c', `trap : INT; ${editor} "$@"`, editor, file], { stdio: 'inherit' });
  if (status === 0) return;
  if (signal === 'SIGINT' || status === 130) throw new Interrupted();
  const reason = error?.message ?? `exit code ${status}`;
  throw new BedrockenvError('editor', `${editor} failed (${reason})`, { fix: 'set EDITOR' });
}

/** @throws {BedrockenvError} every problem of the edit */
function check(context: Context, { root, path }: Target, bytes: Uint8Array): void {
  readDirectoryFile(bytes, path);
  const { state, base, home } = context;
  const own = { root: root as string, path, bytes, seen: null };
  resolveGathered(context, gather({ state, env: base, home }, own), own.root);
}
