import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { variableNames } from '@bedrockenv/core';
import { type Shell, type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import type { Ground } from './ground.ts';
import { looks } from './look.ts';

/** A variable as a shell has it: `x`, `l` or `u`, and its value. */
export type Seen = Readonly<Record<string, string>>;

/** The closed list, the record, and names that no plan may set. */
export const managed: readonly string[] = [...variableNames, 'BEDROCKENV_STATE'];
// IFS last: in zsh it has a NUL in it, which ends a value in a dump.
const foreign = ['EVIL', 'LD_PRELOAD', 'PATH', 'HOME', 'PROMPT_COMMAND', 'BEDROCKENV_DISABLE', 'aws_region', 'IFS'];

/** How a prompt comes about in a script, by way of what the hook has registered with its shell. */
export const prompts: Readonly<Record<string, string>> = {
  zsh: `for _tk_f in "$precmd_functions[@]"; do $_tk_f; done`,
  bash: 'for _tk_f in "${PROMPT_COMMAND[@]}"; do eval "$_tk_f"; done',
  fish: 'emit fish_prompt',
  powershell: '$null = prompt',
};

/** What leads a script's errors into a file. */
const source: Readonly<Record<string, (script: string, log: string) => string>> = {
  powershell: (script, log) =>
    `$tk = [IO.StreamWriter]::new('${log}'); $tk.AutoFlush = $true; [Console]::SetError($tk); . '${script}' 2>&1 | Out-Null`,
};

/** A shell that walks through directories and writes down what it sees. */
export interface Walker {
  /**
   * Enters and leaves each directory; what it saw in each, and after it.
   * @param clean whether it unsets everything of the closed list after each
   */
  walk(dirs: readonly string[], clean: boolean, timeoutMs: number): Promise<{ inside: Seen; after: Seen }[]>;
  /** What it says now: its variables, before any walk. */
  readonly before: Seen;
  /** What the hook wrote to stderr on the latest walk. */
  log(): string;
  /** The names of all functions and variables that are not the hook's, and the environment that a program gets. */
  surroundings(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts one.
 * @param preset variables that it has beforehand
 * @param runs whether there is a CLI for the hook
 */
export async function startWalker(
  driver: ShellDriver,
  ground: Ground,
  preset: Readonly<Record<string, string>>,
  runs: boolean,
): Promise<Walker> {
  const { sandbox } = ground;
  const hook = sandbox.write(join('.config/bedrockenv', driver.installedHook), ground.hook(driver.name, runs));
  const rcText = driver.sourceFile(hook);
  const env = { ...preset, BEDROCKENV_NO_LOGIN: '1' };
  const shell: Shell = await startShell(driver, { sandbox, rcText, env, timeoutMs: 120_000 });
  const names = [...managed, ...foreign];
  const log = sandbox.at('walk.log');
  const look = async (): Promise<Seen> => {
    await shell.run(driver.dumpVariables(names, sandbox.at('dump')));
    return parse(sandbox.at('dump'));
  };
  await shell.run(driver.blankLine);
  const before = await look();
  const { define, count } = looks[driver.name] as (typeof looks)[string];
  // PowerShell goes by the extension.
  const write = (name: string, lines: string) =>
    sandbox.write(`${name}.${driver.name === 'powershell' ? 'ps1' : driver.name}`, `${lines}\n`);
  await shell.run(driver.sourceFile(write('look', define(before))));

  return {
    before,
    async walk(dirs, clean, timeoutMs) {
      // The `cd` of fish is a function around it, which keeps a history.
      const cd = (dir: string) => driver.cd?.(dir) ?? `builtin cd ${driver.quote(dir)}`;
      const prompt = prompts[driver.name] as string;
      const file = (n: number, where: string) => sandbox.at(`dumps/${n}-${where}`);
      const steps = dirs.flatMap((dir, n) => [
        cd(dir),
        prompt,
        `_tk_look ${file(n, 'in')}`,
        cd(sandbox.home),
        prompt,
        `_tk_look ${file(n, 'out')}`,
        ...(clean ? [driver.unset(managed.join(' '))] : []),
      ]);
      const script = write('walk', [...steps, count(sandbox.at('dumps/looks'))].join('\n'));
      rmSync(sandbox.at('dumps'), { recursive: true, force: true });
      mkdirSync(sandbox.at('dumps'));
      const line = source[driver.name]?.(script, log) ?? `${driver.sourceFile(script)} >${log} 2>&1`;
      await shell.run(line, timeoutMs);
      const times = Number(readFileSync(sandbox.at('dumps/looks'), 'utf8'));
      if (times !== 2 * dirs.length)
        throw new Error(`${driver.name} has looked ${times} times, not ${2 * dirs.length}`);
      const dumped = new Set(readdirSync(sandbox.at('dumps')));
      const seen = (n: number, where: string) => (dumped.has(`${n}-${where}`) ? parse(file(n, where)) : before);
      return dirs.map((_, n) => ({ inside: seen(n, 'in'), after: seen(n, 'out') }));
    },
    log: () => readFileSync(log, 'utf8'),
    async surroundings() {
      await shell.run(`/usr/bin/env -0 > ${sandbox.at('env')}`);
      const env = readFileSync(sandbox.at('env'), 'utf8').split('\0').sort();
      const { output } = await shell.run(driver.listNames);
      const named = output.split('\n').map((line) => line.trim());
      return [...env.filter((line) => !own.test(line)), ...named.filter((line) => !own.test(line))].join('\n');
    },
    async close() {
      await shell.close();
    },
  };
}

/** What a shell changes by itself, what the hook has for itself, and what this file brings. */
const own =
  /^(_|\?|\$|!|OLDPWD|PWD|SHLVL|LINENO|RANDOM|SECONDS|EPOCH\w*|SRANDOM|BASH_\w+|COLUMNS|LINES|TTYIDLE|status|pipestatus|REPLY|reply|match|mbegin|mend|MATCH|MBEGIN|MEND|_?bedrockenv\w*|_tk_\w*|tk|history|historywords|histcmd|HISTCMD|dirstack|DIRSTACK|jobstates|funcstack|\w+trace|CMD_DURATION|PIPESTATUS|Error|StackTrace|Matches|foreach|PSBoundParameters|__fish\w*|fish_\w+|SHELLOPTS|compcontext|argv|args|input|line|dirprev|dirnext|psitem)(=|$)/i;

function parse(file: string): Seen {
  const fields = readFileSync(file, 'utf8').split('\0');
  const seen: Record<string, string> = {};
  for (let at = 0; at + 2 < fields.length; at += 3) seen[fields[at] as string] = `${fields[at + 1]}${fields[at + 2]}`;
  return seen;
}
