import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { decodePlan } from '@bedrockenv/core';
import { createSandbox, type Sandbox, type SandboxOptions, sampleSessions } from '@bedrockenv/testkit/sandbox';

/** The built CLI. */
export const cli = fileURLToPath(new URL('../packages/cli/bin/bedrockenv.js', import.meta.url));

/** A run of the CLI that came to its end. */
export type Ended = Pick<SpawnSyncReturns<string>, 'status' | 'signal' | 'stdout' | 'stderr'>;

/** A HOME with one project, and the CLI in it. */
export interface Box {
  sandbox: Sandbox;
  project: string;
  state: string;
  /** Runs a command in the project; `under` goes before it. */
  run(words: readonly string[], under?: readonly string[], env?: Record<string, string>): Ended;
  /** Starts one and kills it after `ms`. @returns whether it was still running */
  kill(words: readonly string[], ms: number): Promise<boolean>;
  /** What is broken: half files below the state folder, a directory file or settings that are neither old nor new. */
  broken(): string[];
}

export const oldText = 'profile: corp-dev\nregion: eu-central-1\nmodel: sonnet\n';
/** What a second project says. */
export const otherText = 'profile: corp-prod\nregion: us-east-1\nmodel: opus\n';

/** @param state the folder for XDG_STATE_HOME, where it is not the usual one */
export function openBox(options: SandboxOptions & { state?: string } = {}): Box {
  const sandbox = createSandbox(options);
  sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600, refreshable: true });
  if (options.state !== undefined) sandbox.env.XDG_STATE_HOME = options.state;
  const project = join(sandbox.write('app/.bedrockrc', oldText), '..');
  const state = join(options.state ?? sandbox.at('.local/state'), 'bedrockenv');
  return {
    sandbox,
    project,
    state,
    run(words, under = [], env = {}) {
      const [file = '', ...args] = [...under, process.execPath, cli, ...words];
      const more = { env: { ...sandbox.env, ...env }, encoding: 'utf8', input: '', timeout: 120_000 } as const;
      return spawnSync(file, args, { cwd: project, ...more });
    },
    async kill(words, ms) {
      const child = spawn(process.execPath, [cli, ...words], { cwd: project, env: sandbox.env, stdio: 'ignore' });
      const ended = new Promise((done) => child.once('exit', done));
      await sleep(ms);
      const running = child.exitCode === null;
      child.kill('SIGKILL');
      await ended;
      return running;
    },
    broken: () => brokenIn(state, project),
  };
}

function brokenIn(state: string, project: string): string[] {
  const wrong: string[] = [];
  for (const path of filesBelow(state)) {
    const tree = path.slice(state.length + 1).split('/')[0];
    const name = basename(path);
    const bytes = readFileSync(path);
    // A temporary file has another name; `prune` takes it away.
    if (tree === 'approvals' && name === '.bedrockrc' && !isText(bytes.toString()) && bytes.toString() !== otherText)
      wrong.push(`${path} is neither old nor new: ${JSON.stringify(bytes.toString())}`);
    if (
      (tree === 'plans' || tree === 'default') &&
      /^(\.bedrockrc|default)(\.[123])?$/.test(name) &&
      !decodePlan(bytes)
    )
      wrong.push(`${path} is half a plan (${bytes.length} bytes)`);
  }
  const file = join(project, '.bedrockrc');
  if (!existsSync(file) || !isText(readFileSync(file, 'utf8'))) wrong.push(`${file} is neither old nor new`);
  const settings = join(project, '.claude/settings.local.json');
  if (existsSync(settings)) {
    try {
      JSON.parse(readFileSync(settings, 'utf8'));
    } catch {
      wrong.push(`${settings} is half a file`);
    }
  }
  return wrong;
}

/** What `use` makes of the directory file, and what was there before. */
const isText = (text: string) => /^profile: corp-dev\nregion: eu-central-1\nmodel: (sonnet|opus|haiku)\n$/.test(text);

/** Every regular file below a folder; none where there is no folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What is wrong with the way in which a command failed; undefined when it failed as it should. */
export function badManners({ status, stdout, stderr, signal }: Ended): string | undefined {
  if (signal) return `it was ended by ${signal}`;
  if (/^\s+at .*:\d+:\d+\)?$/m.test(stderr)) return `a stack trace: ${stderr.slice(0, 300)}`;
  if (status !== 0 && stdout !== '') return `it failed with an answer on stdout: ${stdout.slice(0, 200)}`;
  if (status !== 0 && stderr.trim() === '') return `it failed with ${status} and without a word`;
  return status !== null && [0, 1, 2, 3, 4, 130].includes(status) ? undefined : `it ended with ${status}`;
}
