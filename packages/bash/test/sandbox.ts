import { execFileSync, spawnSync } from 'node:child_process';
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
import { dirname, join, resolve } from 'node:path';

export const hook = resolve(import.meta.dirname, '../bedrockenv.bash');
export const shell = process.env.BEDROCKENV_TEST_BASH ?? 'bash';

export interface PlanOptions {
  generation?: string;
  label?: string;
  session?: { kind: string; name: string; profile: string; token: string; login: string; cooldown: string };
  env?: [name: string, want: string][];
  /** Files beyond the directory file; those that do not exist are recorded as absent. */
  inputs?: string[];
  notes?: string[];
  variables: [op: string, name: string, value: string][];
  text?: string;
  slot?: string;
  root?: string;
}

/** A throw-away home with a hand-made state folder, a `bedrockenv` that only logs, and a real bash to run in it. */
export class Sandbox {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'bedrockenv bash-')));
  readonly home = join(this.root, 'home');
  readonly state = join(this.home, '.local/state/bedrockenv');
  readonly log = join(this.root, 'log');

  constructor() {
    mkdirSync(this.state, { recursive: true });
    chmodSync(this.state, 0o700);
    this.write(
      join(this.root, 'bin/bedrockenv'),
      `#!/bin/sh\necho "$*" >>'${this.log}'\n[ ! -f '${this.root}/cli' ] || . '${this.root}/cli'\n`,
    );
    chmodSync(join(this.root, 'bin/bedrockenv'), 0o755);
    this.write(this.log, '');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  write(path: string, content: string | Uint8Array): string {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** The command lines that the stub of the CLI was run with. */
  calls(): string[] {
    return readFileSync(this.log, 'utf8').split('\n').slice(0, -1);
  }

  /** Replaces bytes in a file. */
  replace(path: string, from: string, to: string | Buffer): void {
    const bytes = readFileSync(path);
    const at = bytes.indexOf(from);
    if (at === -1) throw new Error(`${path} has no ${JSON.stringify(from)}`);
    const rest = bytes.subarray(at + Buffer.byteLength(from));
    this.write(path, Buffer.concat([bytes.subarray(0, at), Buffer.from(to as string), rest]));
  }

  /** What the stub of the CLI does, as sh text. */
  cli(script: string): void {
    this.write(join(this.root, 'cli'), script);
  }

  /** A directory with an approved `.bedrockrc`; its plan is not made here. */
  approved(dir: string, text = 'model: opus\n'): string {
    this.write(join(dir, '.bedrockrc'), text);
    this.write(join(this.state, `approvals${dir}/.bedrockrc`), text);
    return dir;
  }

  /** An approved project with a plan, as `bedrockenv allow` leaves it. */
  project(name: string, plan: PlanOptions): string {
    const dir = this.approved(join(this.home, name), plan.text);
    this.plan(dir, plan);
    return dir;
  }

  /** Writes the plan of a directory ('' for the default plan) with stamps; gives the plan's path. */
  plan(dir: string, plan: PlanOptions): string {
    const generation = plan.generation ?? Math.random().toString(16).slice(2).padEnd(16, '0').slice(0, 16);
    const stamps = join(this.state, 'stamps', generation);
    mkdirSync(stamps, { recursive: true });
    const inputs = [...(dir === '' ? [] : [join(dir, '.bedrockrc')]), ...(plan.inputs ?? [])];
    const recorded = inputs.map((path, i) => {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
      if (stat === undefined) return '';
      execFileSync('touch', ['-r', path, join(stamps, String(i))]);
      return `${stat.size} ${stat.mtimeNs}`;
    });
    const { session } = plan;
    const fields = [
      'bedrockenv-plan/1',
      generation,
      plan.root ?? dir,
      dir === '' ? '' : (plan.text ?? 'model: opus\n'),
      plan.label ?? '',
      ...(session ? [session.kind, session.name, session.profile, session.token] : ['', '', '', '']),
      session?.login ?? 'off',
      session?.cooldown ?? '',
      stamps,
      ...[plan.env ?? [], inputs, plan.notes ?? [], plan.variables].map((list) => String(list.length)),
      ...(plan.env ?? []).flat(),
      ...inputs.flatMap((path, i) => [path, recorded[i] as string]),
      ...(plan.notes ?? []),
      ...plan.variables.flat(),
      'end',
    ];
    const file = join(this.state, dir === '' ? 'default' : `plans${dir}/.bedrockrc`) + (plan.slot ?? '');
    return this.write(file, fields.map((field) => `${field}\0`).join(''));
  }

  /** Runs lines in an interactive bash that has sourced the hook; `before` stands in front of that in the rc file. */
  run(lines: string[], options: RunOptions = {}): RunResult {
    const rc = [`PS1='' PS2=''`, options.before ?? '', options.load ?? `. '${hook}'`, options.after ?? ''];
    const script = join(this.root, 'rc');
    this.write(script, `${rc.join('\n')}\n`);
    const result = spawnSync(shell, ['--noprofile', '--noediting', '--rcfile', script, '-i'], {
      cwd: options.cwd ?? this.home,
      input: `${lines.join('\n')}\n`,
      env: { HOME: this.home, PATH: `${this.root}/bin:/usr/bin:/bin`, LC_ALL: 'C.UTF-8', TERM: 'dumb', ...options.env },
      encoding: 'latin1',
      timeout: 10_000,
    });
    const text = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
    const errors = text(result.stderr)
      .split('\n')
      .filter(
        (line) => line !== '' && line !== 'exit' && !/cannot set terminal process group|no job control/.test(line),
      );
    return { out: text(result.stdout).split('\n').slice(0, -1), errors, status: result.status };
  }
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  before?: string;
  load?: string;
  after?: string;
}

export interface RunResult {
  out: string[];
  /** stderr without what bash itself says when it has no terminal. */
  errors: string[];
  status: number | null;
}
