import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variableNames } from '@bedrockenv/core';
import { type Shell, type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import type { Ground } from './ground.ts';

/** A variable as a shell has it: `x`, `l` or `u`, and its value. */
export type Seen = Readonly<Record<string, string>>;

/** The closed list, the record, and names that no plan may set. */
export const managed: readonly string[] = [...variableNames, 'BEDROCKENV_STATE'];
const foreign = ['EVIL', 'LD_PRELOAD', 'PATH', 'IFS', 'HOME', 'PROMPT_COMMAND', 'BEDROCKENV_DISABLE', 'aws_region'];

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
  /** Enters and leaves each directory; what it saw in each, and after it. */
  walk(dirs: readonly string[], timeoutMs: number): Promise<{ inside: Seen; after: Seen }[]>;
  /** What it says now: its variables, before any walk. */
  readonly before: Seen;
  /** What the hook wrote to stderr on the latest walk. */
  log(): string;
  /** The names of all functions and variables that are not the hook's, and the environment that a program gets. */
  surroundings(): Promise<string>;
  close(): Promise<void>;
}

/** Starts one; `preset` are variables that it has beforehand. */
export async function startWalker(
  driver: ShellDriver,
  ground: Ground,
  preset: Readonly<Record<string, string>>,
): Promise<Walker> {
  const { sandbox } = ground;
  const hook = sandbox.write(join('.config/bedrockenv', driver.installedHook), ground.hook(driver.name));
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

  return {
    before,
    async walk(dirs, timeoutMs) {
      const cd = (dir: string) => driver.cd?.(dir) ?? `cd ${driver.quote(dir)}`;
      const prompt = prompts[driver.name] as string;
      const dump = (file: string) => driver.dumpVariables(names, sandbox.at(file));
      const steps = dirs.flatMap((dir, n) => [
        cd(dir),
        prompt,
        dump(`dumps/${n}-in`),
        cd(sandbox.home),
        prompt,
        dump(`dumps/${n}-out`),
      ]);
      // PowerShell goes by the extension.
      const script = sandbox.write(
        `walk.${driver.name === 'powershell' ? 'ps1' : driver.name}`,
        `${steps.join('\n')}\n`,
      );
      sandbox.write('dumps/none', '');
      const line = source[driver.name]?.(script, log) ?? `${driver.sourceFile(script)} >${log} 2>&1`;
      await shell.run(line, timeoutMs);
      return dirs.map((_, n) => ({
        inside: parse(sandbox.at(`dumps/${n}-in`)),
        after: parse(sandbox.at(`dumps/${n}-out`)),
      }));
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
