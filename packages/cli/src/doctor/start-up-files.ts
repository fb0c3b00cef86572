import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '@bedrockenv/core';
import { readFile } from '../state/read.ts';

/** More than any start-up file has. */
const limit = 1 << 20;
/** How many files are followed from a start-up file to those that it sources. */
const most = 200;

export interface Place {
  env: Env;
  home: string;
}

/**
 * What differs from shell to shell: its start-up files, the first of which gets the line, that line, and the variable by
 * which the hook is called at the prompt.
 */
export const startUp: Readonly<Record<string, { files: (place: Place) => string[]; line: string; calledBy?: string }>> =
  {
    zsh: {
      files: ({ env, home }) => [
        ...['.zshrc', '.zshenv', '.zprofile', '.zlogin', '.zsh_plugins.txt', '.zimrc'].map((name) =>
          join(env.ZDOTDIR || home, name),
        ),
        ...['/etc/zshrc', '/etc/zsh/zshrc', '/etc/zshenv', '/etc/zsh/zshenv'],
      ],
      line: 'eval "$(bedrockenv hook zsh)"',
      calledBy: 'precmd_functions',
    },
    bash: {
      files: ({ home }) => [
        ...['.bashrc', '.bash_profile', '.bash_login', '.profile', '.bash_aliases'].map((name) => join(home, name)),
        ...['/etc/bashrc', '/etc/bash.bashrc', '/etc/profile'],
        ...filesIn('/etc/profile.d', /\.sh$/),
      ],
      line: 'eval "$(bedrockenv hook bash)"',
      calledBy: 'PROMPT_COMMAND',
    },
    fish: {
      files: ({ env, home }) => {
        const folder = join(env.XDG_CONFIG_HOME || join(home, '.config'), 'fish');
        const others = [join(folder, 'conf.d'), '/etc/fish/conf.d', '/usr/share/fish/vendor_conf.d'];
        return [
          join(folder, 'config.fish'),
          ...others.flatMap((each) => filesIn(each, /\.fish$/)),
          '/etc/fish/config.fish',
        ];
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

/** One line of a start-up file. */
export interface Line {
  /** `file:line`. */
  where: string;
  path: string;
  text: string;
}

/**
 * The lines that run at the start of a shell, without comments: those of the files, and of what they source as far as
 * that can be told without a shell.
 * @returns also whether there is something that could not be followed
 */
export function startUpLines(files: readonly string[], place: Place): { lines: Line[]; isWhole: boolean } {
  const lines: Line[] = [];
  const seen = new Set<string>();
  let isWhole = true;
  const read = (path: string) => {
    const text = textOf(path);
    if (text === null || isHook(text) || seen.size >= most || seen.has(realpathSync(path))) return;
    seen.add(realpathSync(path));
    for (const [at, raw] of text.split(/\r?\n/).entries()) {
      const line = raw.replace(/(^|\s)#.*$/, '');
      if (line.trim() === '') continue;
      lines.push({ where: `${path}:${at + 1}`, path, text: line });
      if (!sourcing.test(line)) continue;
      const next = sourcedFile(line, place);
      // A system's files source each other in loops, of which the folders are read anyway.
      if (next === null) isWhole &&= !path.startsWith(place.home);
      else read(next);
    }
  };
  for (const path of files) read(path);
  return { lines, isWhole };
}

const sourcing = /(?:^|[\s;&|{(])(?:source|\.)\s+(?:--\s+)?(?:"([^"]+)"|'([^']+)'|([^\s;&|)}]+))/;

/** The file that a line sources; null where only a shell can tell, and for a line that sources none. */
export function sourcedFile(line: string, { env, home }: Place): string | null {
  const match = sourcing.exec(line);
  const word = match?.[1] ?? match?.[2] ?? match?.[3];
  if (word === undefined) return null;
  const values: Record<string, string | undefined> = { ...env, HOME: home };
  const path = word
    .replace(/^~(?=\/)/, () => home)
    .replace(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, other: string) => values[name] || other)
    .replace(/\$\{?(\w+)\}?/g, (all, name: string) => values[name] ?? all);
  return /[$`*?<]/.test(path) || !/^(\/|[A-Za-z]:)/.test(path) ? null : path;
}

/** Whether a text is a hook, of whatever version. */
export function isHook(text: string): boolean {
  return /_bedrockenv_(state|names|load|read)\b/.test(text);
}

/** The text of a file; null where there is none that can be read. */
export function textOf(path: string): string | null {
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
