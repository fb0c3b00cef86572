import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { encodePlan, type Plan, type PlanVariable } from '@bedrockenv/core';
import { spawn } from '@lydell/node-pty';
import { describe, expect, test } from 'vitest';

export const moduleFile = resolve(import.meta.dirname, '../bedrockenv.psm1');
export const manifest = resolve(import.meta.dirname, '../bedrockenv.psd1');

/** The first `pwsh` on PATH. */
export const pwsh = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'pwsh'))
  .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());

/** Tests that need a real PowerShell. Where there is none they are skipped, and fail where BEDROCKENV_REQUIRE names it. */
export function describePwsh(name: string, body: () => void): void {
  if (pwsh) {
    describe(name, body);
    return;
  }
  const isRequired = (process.env.BEDROCKENV_REQUIRE ?? '').split(/[\s,]+/).includes('pwsh');
  if (isRequired) test(name, () => expect.fail('pwsh is not installed'));
  else test.skip(`${name} (pwsh is not installed)`, () => {});
}

export interface PlanOptions {
  label?: string;
  text?: string;
  variables?: PlanVariable[];
  notes?: string[];
  /** Inputs beyond the directory file, which were absent. */
  absent?: string[];
  session?: Plan['session'];
  login?: Plan['login'];
}

/** What a script gave to `out`, and what the hook said. */
export interface RunResult {
  out: unknown[];
  said: string[];
  /** All that the terminal received, without escape sequences. */
  shown: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** Before the module is loaded. */
  before?: string;
  /** Instead of importing the manifest. */
  load?: string;
  args?: string[];
  /** Run it as the user with this id, whose HOME it then is; only root may. */
  user?: number;
}

export const sample: PlanVariable[] = [
  { op: 'set', name: 'AWS_PROFILE', value: 'corp' },
  { op: 'set', name: 'AWS_REGION', value: 'eu-central-1' },
];

const text = 'model: opus\n';

/** A HOME to throw away with a state folder made by hand, and scripts that call `prompt` as the host would. */
export class Sandbox {
  readonly home = realpathSync(mkdtempSync(join(tmpdir(), 'bedrockenv pwsh-')));
  readonly state = join(this.home, '.local/state/bedrockenv');

  constructor() {
    mkdirSync(this.state, { recursive: true });
    chmodSync(this.state, 0o700);
    // A command that compiles nothing.
    this.write('bin/bedrockenv', '#!/bin/sh\nexit 1\n');
    chmodSync(join(this.home, 'bin/bedrockenv'), 0o755);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  write(path: string, content: string | Uint8Array): string {
    const file = resolve(this.home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** A directory with an approved file and a plan for it. */
  project(name: string, options: PlanOptions = {}): string {
    const dir = join(this.home, name);
    this.write(join(dir, '.bedrockrc'), options.text ?? text);
    this.write(join(this.state, `approvals${dir}/.bedrockrc`), options.text ?? text);
    this.plan(dir, options);
    return dir;
  }

  /** The path of a directory's plan. */
  planFile(dir: string): string {
    return join(this.state, `plans${dir}/.bedrockrc`);
  }

  plan(dir: string, options: PlanOptions = {}): void {
    const path = join(dir, '.bedrockrc');
    const { size, mtimeNs } = statSync(path, { bigint: true });
    const generation = Math.random().toString(16).slice(2).padEnd(16, '0').slice(0, 16);
    const stampFolder = join(this.state, 'stamps', generation);
    mkdirSync(stampFolder, { recursive: true });
    const plan: Plan = {
      generation,
      root: dir,
      text: options.text ?? text,
      label: options.label ?? 'corp',
      session: options.session ?? null,
      login: options.login ?? 'off',
      stampFolder,
      env: [],
      inputs: [{ path, seen: { size, mtimeNs } }, ...(options.absent ?? []).map((at) => ({ path: at, seen: null }))],
      notes: options.notes ?? [],
      variables: options.variables ?? sample,
    };
    this.write(this.planFile(dir), encodePlan(plan));
  }

  /**
   * Runs a script in a PowerShell on a terminal. `out` hands values back; the session counts as interactive because
   * the function is there that reads a person's lines.
   */
  async run(script: string, options: RunOptions = {}): Promise<RunResult> {
    const results = join(this.home, 'results');
    writeFileSync(results, '');
    const file = this.write(
      'script.ps1',
      `function global:PSConsoleHostReadLine { 'a line' }
function global:prompt { 'PS> ' }
function global:out($value) {
  [IO.File]::AppendAllText('${results.replaceAll("'", "''")}', (ConvertTo-Json -Compress -Depth 4 -InputObject $value) + [char]10)
}
${options.before ?? ''}
${options.load ?? `Import-Module '${manifest}'`}
${script}
`,
    );
    const env = {
      HOME: this.home,
      PATH: `${this.home}/bin:/usr/bin:/bin`,
      TERM: 'xterm',
      LANG: 'C.UTF-8',
      POWERSHELL_TELEMETRY_OPTOUT: '1',
      POWERSHELL_UPDATECHECK: 'Off',
      ...options.env,
    };
    const args = options.args ?? ['-NoProfile', '-File', file];
    const { user } = options;
    if (user !== undefined) execFileSync('chown', ['-R', `${user}:${user}`, this.home]);
    const as = user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'];
    const [program, ...words] = [...as, pwsh as string, ...args] as [string, ...string[]];
    const terminal = spawn(program, words, { cwd: this.home, env, cols: 500, rows: 50 });
    let raw = '';
    terminal.onData((data) => {
      raw += data;
    });
    await new Promise((ended) => terminal.onExit(ended));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken away.
    const shown = raw.replace(/\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>])/g, '').replaceAll('\r', '');
    const lines = readFileSync(results, 'utf8').split('\n').slice(0, -1);
    return {
      out: lines.map((line) => JSON.parse(line)),
      said: shown.split('\n').filter((line) => line.startsWith('bedrockenv: ')),
      shown,
    };
  }
}
