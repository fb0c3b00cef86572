import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompletionsBeside } from '@bedrockenv/core';
import { afterAll, expect, it } from 'vitest';
import { drivers } from '../../../testkit/src/pty/index.ts';
import { type ShellName, setups } from '../../src/shells.ts';

const home = mkdtempSync(join(tmpdir(), "bedrockenv a 'b 開 "));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A completion of each kind, what to run before and after the line, and what is then printed. */
const cases: Record<string, { text: string; run(line: string): string[]; prints: string }> = {
  zsh: {
    text: '#compdef bedrockenv\n_bedrockenv() { :; }\n',
    run: (line) => [
      '-f',
      '-i',
      '-c',
      `autoload -Uz compinit; compinit -D; ${line}; print $_comps[bedrockenv]; whence -w _bedrockenv`,
    ],
    prints: '_bedrockenv\n_bedrockenv: function\n',
  },
  'zsh before compinit': {
    text: '#compdef bedrockenv\n_bedrockenv() { :; }\n',
    run: (line) => ['-f', '-i', '-c', `${line}; autoload -Uz compinit; compinit -u -D; print $_comps[bedrockenv]`],
    prints: '_bedrockenv\n',
  },
  bash: {
    text: 'complete -W "alpha beta" bedrockenv\n',
    run: (line) => ['--norc', '-i', '-c', `${line}\n_bedrockenv_completions; echo $?; complete -p bedrockenv`],
    prints: "124\ncomplete -W 'alpha beta' bedrockenv\n",
  },
  powershell: {
    text: 'Register-ArgumentCompleter -Native -CommandName bedrockenv -ScriptBlock { param($word) "alpha", "beta" -like "$word*" }\n',
    run: (line) => [
      '-NoProfile',
      '-Command',
      `${line}\n(TabExpansion2 'ls; bedrockenv b' 16).CompletionMatches.CompletionText; (TabExpansion2 'bedrockenv ' 11).CompletionMatches.CompletionText`,
    ],
    prints: 'beta\nalpha\nbeta\n',
  },
};

for (const [name, { text, run, prints }] of Object.entries(cases)) {
  const [shell = ''] = name.split(' ');
  const program = drivers.find((driver) => driver.name === shell)?.program();
  it.runIf(program)(`${name}: the line makes the completions beside the hook known`, { timeout: 60_000 }, async () => {
    const setup = await setups[shell as ShellName]();
    const completions = setup.completions as CompletionsBeside;
    const path = join(home, completions.name);
    writeFileSync(path, text);
    for (const belowHome of [null, completions.name]) {
      const line = completions.announce({ path, belowHome });
      const env = { HOME: home, PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm' };
      const { stdout } = spawnSync(program as string, run(line), { env, encoding: 'utf8', cwd: home });
      expect(stdout.replace(/\r/g, '')).toBe(prints);
    }
  });
}
