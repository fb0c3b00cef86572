import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { createSandbox, type Sandbox, sampleSessions } from '@bedrockenv/testkit/sandbox';
import { afterEach } from 'vitest';

export const library = resolve(import.meta.dirname, '../lib/bedrockenv.sh');
export const cli = resolve(import.meta.dirname, '../../cli/bin/bedrockenv.js');

/** The direnv of this machine; without one there is nothing to test with. */
export const program = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'direnv'))
  .find((path) => existsSync(path));

/** What direnv says whenever it loads something, and what bash 5.2 says when a function fails under errexit. */
const chatter = /^$|^direnv: (loading|using|export|unloading)|pop_var_context/;

const open: Sandbox[] = [];

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.dispose();
});

/** What `direnv export json` or another program did; `lines` is stderr without colours. */
export interface Loaded {
  changes: Record<string, string | null>;
  lines: string[];
  status: number | null;
}

/** A HOME with direnv, our library in it, and a `bedrockenv` on PATH that notes its runs. */
export class Place {
  readonly sandbox = createSandbox();
  readonly home = this.sandbox.home;
  /** The environment of the shell: what direnv says is applied to it. */
  env: Record<string, string> = this.sandbox.env;
  private seconds = 2_000_000_000;

  constructor() {
    open.push(this.sandbox);
    this.sandbox.write('.config/direnv/lib/bedrockenv.sh', readFileSync(library));
    this.command('bedrockenv', `exec '${process.execPath}' '${cli}' "$@"`);
    this.command('aws', 'exit 1');
    this.sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600, refreshable: true });
  }

  /** A program on PATH, as sh text, that notes its arguments first. */
  command(name: string, script: string): void {
    const log = `for word; do printf '%s ' "$word"; done >>'${this.home}/ran-${name}'\necho >>'${this.home}/ran-${name}'`;
    chmodSync(this.sandbox.write(join(this.sandbox.bin, name), `#!/bin/sh\n${log}\n${script}\n`), 0o755);
  }

  /** The runs of a program since the last time, one line each. */
  ran(name = 'bedrockenv'): string[] {
    const log = join(this.home, `ran-${name}`);
    const runs = existsSync(log) ? readFileSync(log, 'utf8').split(' \n').slice(0, -1) : [];
    writeFileSync(log, '');
    return runs;
  }

  state(...parts: string[]): string {
    return this.sandbox.at('.local/state/bedrockenv', ...parts);
  }

  /** Writes a file with a modification time of its own: direnv watches whole seconds. */
  write(path: string, text: string | Uint8Array): string {
    return this.touch(this.sandbox.write(path, text));
  }

  touch(path: string): string {
    this.seconds += 2;
    utimesSync(path, this.seconds, this.seconds);
    return path;
  }

  /** An .envrc that direnv was told to allow; returns its directory. */
  envrc(dir: string, text = 'use bedrock\n'): string {
    const file = this.write(join(dir, '.envrc'), text);
    execFileSync(program as string, ['allow', file], { env: this.sandbox.env });
    return resolve(file, '..');
  }

  /** A .bedrockrc, approved unless said otherwise, with an .envrc that uses it; returns its directory. */
  project(dir: string, text = 'profile: corp-dev\nmodel: sonnet\n', { allow = true, envrc = true } = {}): string {
    const file = this.write(join(dir, '.bedrockrc'), text);
    if (allow) this.bedrockenv('allow', resolve(file, '..'));
    return envrc ? this.envrc(dir) : resolve(file, '..');
  }

  bedrockenv(...words: string[]): string {
    const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...words], {
      env: this.sandbox.env,
      cwd: this.home,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`bedrockenv ${words.join(' ')}: ${status}\n${stdout}${stderr}`);
    for (const dir of words.slice(1)) {
      const approval = join(this.state('approvals'), dir, '.bedrockrc');
      if (words[0] === 'allow' && existsSync(approval)) this.touch(approval);
    }
    return stdout;
  }

  /** What the hook of a shell in `dir` would do now; the environment takes it over. */
  cd(dir: string): Loaded {
    const loaded = this.direnv(['export', 'json'], dir);
    const changes = (loaded.stdout === '' ? {} : JSON.parse(loaded.stdout)) as Loaded['changes'];
    this.env = { ...this.env };
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) delete this.env[name];
      else this.env[name] = value;
    }
    const own = Object.entries(changes).filter(([name]) => !name.startsWith('DIRENV_'));
    return { ...loaded, changes: Object.fromEntries(own) };
  }

  direnv(words: readonly string[], cwd = this.home): { stdout: string; lines: string[]; status: number | null } {
    const { stdout, stderr, status } = spawnSync(program as string, words, {
      cwd,
      // bash and direnv both believe a PWD that names the directory.
      env: { ...this.env, PWD: cwd },
      encoding: 'utf8',
      input: '',
      timeout: 20_000,
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
    const lines = stderr.replace(/\x1b\[[\d;]*m/g, '').split('\n');
    return { stdout, status, lines: lines.filter((line) => !chatter.test(line)) };
  }

  /** Of the shell's environment, what is ours. */
  get ours(): Record<string, string> {
    const ours = Object.entries(this.env).filter(([name]) =>
      /^(AWS_(PROFILE|REGION)|ANTHROPIC_|CLAUDE_|BEDROCKENV_|MAX_|DISABLE_|ENABLE_)/.test(name),
    );
    return Object.fromEntries(ours);
  }
}
