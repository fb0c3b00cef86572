import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const hook = join(import.meta.dirname, '../conf.d/bedrockenv.fish');

type Triple = [op: string, name: string, value: string];

export interface PlanSpec {
  generation?: string;
  root?: string;
  text?: string;
  label?: string;
  session?: { kind: string; name: string; profile: string; token: string; cooldown: string };
  login?: string;
  env?: [name: string, want: string][];
  /** Further inputs: a path, present or absent as it is now. */
  inputs?: string[];
  notes?: string[];
  vars?: Triple[];
}

/** A throw-away HOME with a state folder, and a `bedrockenv` on PATH that only logs how it was called. */
export class Sandbox {
  readonly home = realpathSync(mkdtempSync(join(tmpdir(), 'bedrockenv-fish-')));
  readonly state = join(this.home, '.local/state/bedrockenv');
  readonly config = join(this.home, '.config/bedrockenv/config.yaml');
  readonly calls = join(this.home, 'calls');
  private generations = 0;

  constructor() {
    mkdirSync(this.state, { recursive: true, mode: 0o700 });
    chmodSync(this.state, 0o700);
    this.stub('');
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  write(path: string, content: string | Uint8Array): string {
    const file = path.startsWith('/') ? path : join(this.home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** What `bedrockenv` does besides logging its arguments: lines of sh. */
  stub(script: string): void {
    chmodSync(this.write('bin/bedrockenv', `#!/bin/sh\nprintf '%s\\n' "$*" >>'${this.calls}'\n${script}\n`), 0o755);
  }

  called(): string[] {
    return existsSync(this.calls) ? readFileSync(this.calls, 'utf8').trimEnd().split('\n') : [];
  }

  /** A project: its directory file, approved unless told otherwise. Returns the directory. */
  project(name: string, text: string, approved = true): string {
    const dir = name.startsWith('/') ? name : join(this.home, name);
    this.write(join(dir, '.bedrockrc'), text);
    if (approved) this.write(`${this.state}/approvals${dir}/.bedrockrc`, text);
    return dir;
  }

  /** The bytes of a plan for a directory, with its stamps laid. */
  plan(spec: PlanSpec): Buffer {
    const generation = spec.generation ?? `${++this.generations}`.padStart(16, '0');
    const stamps = join(this.state, 'stamps', generation);
    mkdirSync(stamps, { recursive: true });
    const inputs = [...(spec.root ? [join(spec.root, '.bedrockrc')] : []), ...(spec.inputs ?? [])];
    const seen = inputs.map((path, i) => {
      if (!existsSync(path)) return '';
      const stat = statSync(path, { bigint: true });
      execFileSync('touch', ['-r', path, join(stamps, `${i}`)]);
      return `${stat.size} ${stat.mtimeNs}`;
    });
    const { session, env = [], notes = [], vars = [] } = spec;
    const fields = [
      ...['bedrockenv-plan/1', generation, spec.root ?? '', spec.text ?? '', spec.label ?? ''],
      ...[session?.kind, session?.name, session?.profile, session?.token].map((field) => field ?? ''),
      ...[spec.login ?? 'auto', session?.cooldown ?? '', stamps],
      ...[env, inputs, notes, vars].map((list) => `${list.length}`),
      ...env.flat(),
      ...inputs.flatMap((path, i) => [path, seen[i] as string]),
      ...notes,
      ...vars.flat(),
      'end',
    ];
    return Buffer.from(fields.map((field) => `${field}\0`).join(''));
  }

  slot(root: string, slot = ''): string {
    return root ? `${this.state}/plans${root}/.bedrockrc${slot}` : `${this.state}/default${slot}`;
  }

  /** An approved project with its plan. */
  planned(name: string, spec: PlanSpec): string {
    const text = spec.text ?? 'model: opus\n';
    const dir = this.project(name, text);
    this.write(this.slot(dir), this.plan({ root: dir, text, ...spec }));
    return dir;
  }

  /** Runs an interactive fish without the hook. */
  bare(script: string): { out: string[]; err: string[] } {
    const run = spawnSync('fish', ['-N', '-i', '-c', script], {
      cwd: this.home,
      env: this.environment({}),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { out: lines(run.stdout), err: lines(run.stderr) };
  }

  /** Runs an interactive fish that loads the hook. `prompt` in the script is what happens at a prompt. */
  fish(script: string, env: Record<string, string> = {}): { out: string[]; err: string[] } {
    // Without its configuration fish keeps universal variables as global ones.
    const bare = !script.includes('set -U');
    const prompt = bare ? 'emit fish_prompt' : '_bedrockenv_on_prompt';
    const whole = `source ${hook}\nfunction prompt; ${prompt}; end\n${script}`;
    const run = spawnSync('fish', [...(bare ? ['-N'] : []), '-i', '-c', whole], {
      cwd: this.home,
      env: this.environment(env),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { out: lines(run.stdout), err: lines(run.stderr) };
  }

  /** The same on a terminal of its own; stdout and stderr come as one. */
  terminal(script: string, env: Record<string, string> = {}): { out: string[] } {
    const file = this.write('script.fish', `source ${hook}\nfunction prompt; emit fish_prompt; end\n${script}\n`);
    const run = spawnSync('script', ['-qec', `fish -N -i -c 'source ${file}'`, '/dev/null'], {
      cwd: this.home,
      env: this.environment(env),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { out: lines(run.stdout.replaceAll('\r\n', '\n')) };
  }

  private environment(env: Record<string, string>): Record<string, string> {
    const path = `${join(this.home, 'bin')}:/usr/bin:/bin`;
    return { HOME: this.home, PATH: path, LANG: 'C.UTF-8', TERM: 'dumb', PWD: this.home, SHELL: '/bin/sh', ...env };
  }
}

function lines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
