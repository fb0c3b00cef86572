import { basename, dirname, join } from 'node:path';
import { decodeRecord, type HookFacts } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { hookText, rawHook } from '../installation.ts';
import { type HookName, isShellName } from '../shells.ts';
import { exists } from '../state/directory.ts';
import { isHook, type Line, type Place, sourcedFile, startUp, startUpLines, textOf } from './start-up-files.ts';

/**
 * How the hook stands in the user's login shell; null where there is none for it.
 * @param root the real directory whose file applies; null outside of projects
 * @param isTerminal whether a person's shell started this, and not a script
 */
export async function hookFacts(
  { env, base, home, state }: Context,
  root: string | null,
  isTerminal: boolean,
): Promise<HookFacts | null> {
  const name = basename(env.SHELL ?? (process.platform === 'win32' ? 'pwsh' : '')).replace(/\.exe$/, '');
  const shell = name === 'pwsh' ? 'powershell' : name;
  const own = startUp[shell];
  // A runner has no start-up files of anybody's.
  if (own === undefined || !isShellName(shell) || base.CI) return null;
  const place = { env: base, home };
  const direnv = join(base.XDG_CONFIG_HOME || join(home, '.config'), 'direnv/lib/bedrockenv.sh');
  const loads = new Set<string>();
  const gone: HookFacts['gone'][number][] = [];
  const files = new Map<string, HookName>(exists(direnv) ? [[direnv, 'direnv']] : []);
  const paths = own.files(place);
  // Of fish's folders, a file may be the hook itself.
  for (const path of paths.filter((each) => isHook(textOf(each) ?? ''))) {
    loads.add(`${path}:1`);
    files.set(path, shell);
  }
  const { lines, isWhole } = startUpLines(
    paths.filter((path) => !files.has(path)),
    place,
  );
  for (const { text, where } of lines.filter((line) => loadsHook(line.text, place))) {
    loads.add(where);
    const file = sourcedFile(text, place);
    if (file !== null && !exists(file)) gone.push({ where, ...fileFacts(file, shell, state) });
    else if (file !== null) files.set(file, shell);
  }
  const overwritten = overwriting(lines, loads, own.calledBy);
  // Whoever has direnv's library alone wants no hook.
  if (loads.size === 0 && files.size > 0) loads.add(direnv);
  return {
    shell: name,
    line: own.line,
    rc: paths[0] as string,
    loads: [...loads],
    overwritten,
    // Where $PROFILE lies, only PowerShell can tell.
    isWhole: isWhole && shell !== 'powershell',
    gone,
    ...(await filesOfHook(files, state)),
    isActive: isActive(env.BEDROCKENV_STATE, root, isTerminal),
  };
}

/**
 * Whether the hook of the shell that started this has set what applies here. It cannot be told outside of projects, of a
 * script, and where what it has set is of another directory: then it is loaded, and has only not run since.
 */
function isActive(state: string | undefined, root: string | null, isTerminal: boolean): boolean | null {
  const record = state === undefined ? null : decodeRecord(state);
  if (root === null) return record === null ? null : true;
  if (record !== null) return record.root === root ? true : null;
  return isTerminal ? false : null;
}

/** `setup` writes into the state folder, beside the hook of the shell. */
function fileFacts(file: string, shell: string, state: string): HookFacts['old'][number] {
  const folder = dirname(file);
  return { file, shell, isOfSetup: folder === join(state, 'hooks'), missingFolder: exists(folder) ? null : folder };
}

/**
 * Lines behind the last one that loads the hook, in the same file, that give a variable a value without what it had. One
 * that is indented may stand in a function or under a condition.
 */
function overwriting(lines: readonly Line[], loads: ReadonlySet<string>, name: string | undefined) {
  const last = lines.findLastIndex(({ where }) => loads.has(where));
  if (name === undefined || last < 0) return [];
  const assigns = new RegExp(
    `^(?:export\\s+|(?:declare|typeset)\\s+(?:-\\w+\\s+)*)?${name}=(?!.*${name})|^unset\\s+(?:-v\\s+)?${name}\\b`,
  );
  return lines
    .slice(last + 1)
    .filter(({ path, text }) => path === lines[last]?.path && assigns.test(text))
    .map(({ where }) => ({ where, name }));
}

async function filesOfHook(
  files: ReadonlyMap<string, HookName>,
  state: string,
): Promise<Pick<HookFacts, 'old' | 'cliGone'>> {
  const old: HookFacts['old'][number][] = [];
  const cliGone: HookFacts['cliGone'][number][] = [];
  for (const [file, shell] of files) {
    const text = textOf(file);
    // An empty one is what a failed `bedrockenv hook zsh > FILE` leaves.
    if (text === null || (text !== '' && !isHook(text))) continue;
    if (!(await isCurrent(text, shell))) old.push(fileFacts(file, shell, state));
    const program = programsOf(text).find((path) => !exists(path));
    if (program !== undefined) cliGone.push({ ...fileFacts(file, shell, state), program });
  }
  return { old, cliGone };
}

/** A line that loads the hook, by itself or by a plugin manager. A mere test for a file does not. */
function loadsHook(line: string, place: Place): boolean {
  if (!/bedrockenv/.test(line)) return false;
  const file = sourcedFile(line, place);
  if (file !== null) {
    const text = textOf(file) ?? '';
    return text === '' ? /bedrockenv/.test(lastTwo(file)) : isHook(text);
  }
  return (
    /bedrockenv(\.js)?["']?\s+hook\s/.test(line) ||
    /(^|[\s;&|{(])(source|\.)\s+\S*.*bedrockenv/.test(line) ||
    /\b(plugins?\s*\+?=|zinit|zplug|antigen|antibody|antidote|zgenom|zmodule|Import-Module|fisher)\b.*bedrockenv/i.test(
      line,
    ) ||
    /^\s*\(?\s*([\w.-]+\/)*bedrockenv[\w./-]*\s*\)?\s*$/.test(line)
  );
}

/** `bedrockenv/hook.zsh`: a home folder may be called anything. */
function lastTwo(path: string): string {
  return path.split(/[/\\]/).slice(-2).join('/');
}

/** Whatever stands around it: the paths of this machine, comments. */
async function isCurrent(text: string, name: HookName): Promise<boolean> {
  const bodies = [await rawHook(name), withoutPrologue(await hookText(name))];
  const own = text.replaceAll('\r\n', '\n');
  return bodies.some((body) => own.includes(body.trim()));
}

function withoutPrologue(text: string): string {
  const lines = text.split('\n');
  return lines.slice(lines.findIndex((line) => !/_bedrockenv_(node|cli)\b/.test(line))).join('\n');
}

/** The node and the CLI that a hook names. */
function programsOf(text: string): string[] {
  const found = text.slice(0, 4096).matchAll(/_bedrockenv_(?:node|cli)[= ]+'([^'\n]+)'/g);
  return [...found].map(([, path]) => path as string);
}
