import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeRecord, type Env, type HookFacts } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { hookText, rawHook } from '../installation.ts';
import { type HookName, isShellName } from '../shells.ts';
import { exists } from '../state/directory.ts';
import { readFile } from '../state/read.ts';

/** More than any start-up file has. */
const limit = 1 << 20;

/** What differs from shell to shell: its start-up files, the first of which gets the line, and that line. */
const shells: Readonly<Record<string, { files: (place: Place) => string[]; line: string }>> = {
  zsh: {
    files: ({ env, home }) =>
      ['.zshrc', '.zshenv', '.zprofile', '.zlogin', '.zsh_plugins.txt', '.zimrc'].map((name) =>
        join(env.ZDOTDIR || home, name),
      ),
    line: 'eval "$(bedrockenv hook zsh)"',
  },
  bash: {
    files: ({ home }) =>
      ['.bashrc', '.bash_profile', '.bash_login', '.profile', '.bash_aliases'].map((name) => join(home, name)),
    line: 'eval "$(bedrockenv hook bash)"',
  },
  fish: {
    files: ({ env, home }) => {
      const folder = join(env.XDG_CONFIG_HOME || join(home, '.config'), 'fish');
      return [join(folder, 'config.fish'), ...filesIn(join(folder, 'conf.d'), /\.fish$/)];
    },
    line: 'bedrockenv hook fish | source',
  },
  powershell: {
    files: ({ env, home }) =>
      ['Microsoft.PowerShell_profile.ps1', 'profile.ps1'].map((name) =>
        process.platform === 'win32'
          ? join(home, 'Documents', 'PowerShell', name)
          : join(env.XDG_CONFIG_HOME || join(home, '.config'), 'powershell', name),
      ),
    line: 'bedrockenv hook powershell | Out-String | Invoke-Expression',
  },
};

interface Place {
  env: Env;
  home: string;
}

/**
 * How the hook stands in the user's login shell; null where there is none for it, or where another way is used: direnv.
 * @param root the real directory whose file applies; null outside of projects
 * @param isTerminal whether a person's shell started this, and not a script
 */
export async function hookFacts(
  { env, base, home }: Context,
  root: string | null,
  isTerminal: boolean,
): Promise<HookFacts | null> {
  const name = basename(env.SHELL ?? (process.platform === 'win32' ? 'pwsh' : '')).replace(/(\.exe)?$/, '');
  const shell = name === 'pwsh' ? 'powershell' : name;
  const own = shells[shell];
  if (own === undefined || !isShellName(shell)) return null;
  const place = { env: base, home };
  const direnv = join(base.XDG_CONFIG_HOME || join(home, '.config'), 'direnv/lib/bedrockenv.sh');
  const loads: string[] = [];
  const gone: { where: string; file: string; shell: string }[] = [];
  const files = new Map<string, HookName>(exists(direnv) ? [[direnv, 'direnv']] : []);
  const startUp = own.files(place);
  for (const path of startUp) {
    const lines = textOf(path)?.split(/\r?\n/) ?? [];
    if (isHook(lines.join('\n'))) {
      loads.push(`${path}:1`);
      files.set(path, shell);
      continue;
    }
    for (const [at, line] of lines.entries()) {
      if (!loadsHook(line)) continue;
      const where = `${path}:${at + 1}`;
      loads.push(where);
      const file = sourcedFile(line, place);
      if (file !== null && !exists(file)) gone.push({ where, file, shell });
      else if (file !== null) files.set(file, shell);
    }
  }
  // Whoever has direnv's library alone wants no hook.
  if (loads.length === 0 && files.size > 0) loads.push(direnv);
  const old: { file: string; shell: string }[] = [];
  const cliGone: { file: string; shell: string; program: string }[] = [];
  for (const [file, kind] of files) {
    const text = textOf(file);
    if (text === null || !isHook(text)) continue;
    if (!(await isCurrent(text, kind))) old.push({ file, shell: kind });
    const program = programsOf(text).find((path) => !exists(path));
    if (program !== undefined) cliGone.push({ file, shell: kind, program });
  }
  const record = env.BEDROCKENV_STATE === undefined ? null : decodeRecord(env.BEDROCKENV_STATE);
  const isActive = root === null || (!isTerminal && record === null) ? null : record?.root === root;
  return { shell: name, line: own.line, rc: startUp[0] as string, loads, gone, old, cliGone, isActive };
}

/** A line that loads the hook, by itself or by a plugin manager. A comment and a mere test for a file do not. */
function loadsHook(line: string): boolean {
  if (/^\s*#/.test(line) || !/bedrockenv/.test(line)) return false;
  return (
    /bedrockenv(\.js)?["']?\s+hook\s/.test(line) ||
    /(^|[\s;&|{(])(source|\.)\s+\S*.*bedrockenv/.test(line) ||
    /\b(plugins?\s*\+?=|zinit|zplug|antigen|antibody|antidote|zgenom|sheldon|zmodule|Import-Module|fisher)\b.*bedrockenv/i.test(
      line,
    ) ||
    /^\s*[\w.-]+\/bedrockenv\S*\s*$/.test(line)
  );
}

/** The file that a line sources, as far as it can be told without a shell. */
function sourcedFile(line: string, { env, home }: Place): string | null {
  const match = /(?:^|[\s;&|{(])(?:source|\.)\s+(?:--\s+)?(?:"([^"]+)"|'([^']+)'|([^\s;&|)}]+))/.exec(line);
  const word = match?.[1] ?? match?.[2] ?? match?.[3];
  if (word === undefined || !word.includes('bedrockenv')) return null;
  const values: Record<string, string | undefined> = { ...env, HOME: home };
  const path = word
    .replace(/^~(?=\/)/, home)
    .replace(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, other: string) => values[name] || other)
    .replace(/\$\{?(\w+)\}?/g, (all, name: string) => values[name] ?? all);
  return /[$`*?<]/.test(path) || !/^(\/|[A-Za-z]:)/.test(path) ? null : path;
}

function isHook(text: string): boolean {
  return /_bedrockenv_(state|names|load|read)\b/.test(text);
}

/** Whatever stands around it: the paths of this machine, comments. */
async function isCurrent(text: string, name: HookName): Promise<boolean> {
  const bodies = [await rawHook(name), withoutPrologue(await hookText(name))];
  const own = text.replaceAll('\r\n', '\n');
  return bodies.some((body) => own.includes(body.trim()));
}

function withoutPrologue(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !/_bedrockenv_(node|cli)\b/.test(line));
  return lines.slice(first).join('\n');
}

/** The node and the CLI that a hook names. */
function programsOf(text: string): string[] {
  return [...text.slice(0, 4096).matchAll(/_bedrockenv_(?:node|cli)[= ]+'([^'\n]+)'/g)].map(
    ([, path]) => path as string,
  );
}

function textOf(path: string): string | null {
  const read = readFile(path, limit);
  return read.kind === 'file' ? new TextDecoder().decode(read.bytes) : null;
}

function filesIn(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
