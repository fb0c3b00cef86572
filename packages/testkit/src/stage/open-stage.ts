import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { variableNames } from '@bedrockenv/core';
import { expect } from 'vitest';
import { awsCli } from '../aws-cli/index.ts';
import { startFakeAws } from '../fake-aws/index.ts';
import {
  drivers,
  reap,
  type Shell,
  type ShellDriver,
  snapshot,
  startShell,
  type VariableState,
  writeRc,
} from '../pty/index.ts';
import { createSandbox, sampleSessions, withTimesApart } from '../sandbox/index.ts';
import { complaints } from './complaints.ts';
import { cli, hookText, loadingLine } from './installation.ts';
import type { Result, Stage, StartOptions } from './stage.ts';
import type { Expected } from './variables.ts';

const names = [...variableNames, 'BEDROCKENV_STATE'];

function asState(expected: Expected): { state: string; value: string } {
  if (expected === null) return { state: 'u', value: '' };
  return typeof expected === 'string' ? { state: 'x', value: expected } : { state: 'l', value: expected.local };
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length < 1000 ? text : `${text.slice(0, 1000)}… (${text.length} characters)`;
}

function compare(found: Record<string, VariableState>, expected: Record<string, Expected>): void {
  const wrong = Object.entries(expected).filter(([name, want]) => !isDeepStrictEqual(found[name], asState(want)));
  const told = wrong.map(([name, want]) => `${name} is ${show(found[name])}, expected ${show(asState(want))}`);
  if (wrong.length > 0) throw new Error(told.join('\n'));
}

/** Sets a stage up; `close` fails on whatever a scenario left running and on what a shell complained about. */
export async function openStage(driver: ShellDriver): Promise<{ stage: Stage; close: () => Promise<void> }> {
  const fake = await startFakeAws();
  const linux = process.platform === 'linux' && process.arch === 'x64';
  const fresh = createSandbox({ awsUrl: fake.url, ...(linux ? { aws: await awsCli() } : {}) });
  // Scenarios change files faster than such a shell sees; what it does not see is documented.
  const sandbox = driver.comparesSeconds?.() ? withTimesApart(fresh) : fresh;
  sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600, refreshable: true });
  chmodSync(
    sandbox.write(join(sandbox.bin, 'bedrockenv'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`),
    0o755,
  );
  // What a machine is (a container, say) would choose the flow otherwise; a scenario may.
  sandbox.env.BEDROCKENV_LOGIN_FLOW = 'browser';
  const shells: Shell[] = [];

  function latest(): Shell {
    const shell = shells.at(-1);
    if (!shell) throw new Error('the scenario has started no shell');
    return shell;
  }

  async function start(options: StartOptions = {}): Promise<Shell> {
    const { before = '', after = '', loading = 'file', ...rest } = options;
    for (const other of drivers) {
      if (!other.program()) continue;
      const file = sandbox.at('.config/bedrockenv', other.installedHook);
      if (loading === 'file') sandbox.write(file, hookText(other));
      const mine = other === driver;
      writeRc(other, sandbox, [mine ? before : '', loadingLine(other, loading, file), mine ? after : ''].join('\n'));
    }
    const shell = await startShell(driver, { sandbox, ...rest });
    shells.push(shell);
    return shell;
  }

  function bedrockenv(...args: string[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      const options = {
        env: sandbox.env,
        cwd: sandbox.home,
        stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
      };
      const child = spawn(process.execPath, [cli, ...args], options);
      const result: Result = { stdout: '', stderr: '', status: null };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        result.stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        result.stderr += text;
      });
      child.on('error', reject).on('close', (status) => resolve({ ...result, status }));
    });
  }

  const stage: Stage = {
    driver,
    sandbox,
    fake,
    cli,
    get shell() {
      return latest();
    },
    start,
    run: (line, ms) => latest().run(line, ms),
    prompt: () => latest().run(driver.blankLine),
    cd: (dir) => {
      const path = dir.startsWith('-') ? `./${dir}` : dir;
      return latest().run(driver.cd?.(path) ?? `cd ${driver.quote(path)}`);
    },
    async project(path, text, { allow = true } = {}) {
      const file = sandbox.write(join(path, '.bedrockrc'), text);
      const dir = join(file, '..');
      if (allow) {
        const { status, stderr, stdout } = await bedrockenv('allow', dir);
        if (status !== 0) throw new Error(`bedrockenv allow ${dir}: ${status}\n${stdout}${stderr}`);
      }
      return dir;
    },
    bedrockenv,
    state: (...parts) => sandbox.at('.local/state/bedrockenv', ...parts),
    vars: () => snapshot(latest(), names),
    async expectVars(expected) {
      compare(await snapshot(latest(), Object.keys(expected)), expected);
    },
    async expectOnly(expected) {
      const all = Object.fromEntries(names.map((name) => [name, null as Expected]));
      const found = await snapshot(latest(), names);
      // A record of no variables is as good as none.
      if (found.BEDROCKENV_STATE?.value.split('\x1f').length === 3) delete all.BEDROCKENV_STATE;
      compare(found, { ...all, ...expected });
    },
    expectLines({ output }, expected) {
      const lines = output === '' ? [] : output.split('\n');
      expect(lines, `lines ${show(lines)}, expected ${expected.map(String).join(' | ')}`).toEqual(
        expected.map((want) => (typeof want === 'string' ? want : expect.stringMatching(want))),
      );
    },
  };

  async function close(): Promise<void> {
    const left = [];
    for (const shell of shells) left.push(...(await shell.close()));
    await fake.stop();
    left.push(...(await reap({ home: sandbox.home }, 3000)));
    const raw = shells.map((shell) => shell.raw().toString('utf8')).join('');
    await sandbox.dispose();
    expect(left, 'processes left running').toEqual([]);
    expect(complaints(raw), 'complaints of the shell or the CLI on the terminal').toEqual([]);
  }

  return { stage, close };
}
