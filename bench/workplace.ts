import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShellDriver } from '@bedrockenv/testkit/pty';
import { createSandbox, type Sandbox, sampleSessions } from '@bedrockenv/testkit/sandbox';
import { miseOffline } from './mise.ts';

/** The built CLI, as an installation would start it. */
export const cli = fileURLToPath(new URL('../packages/cli/bin/bedrockenv.js', import.meta.url));

/** The other tools that the projects are made for. */
export interface Others {
  direnv?: boolean;
  /** mise's program. */
  mise?: string | undefined;
}

/** A HOME with projects in it, each three directories below: one of ours, and the same for each other tool. */
export interface Workplace {
  sandbox: Sandbox;
  /** Directories with an approved `.bedrockrc`; each has a folder `deep`. Neighbours differ in profile and model. */
  projects: string[];
  /** Directories with an allowed `.envrc` that exports the same variables by hand. */
  envrcs: string[];
  /** Directories with a trusted `mise.toml` that sets the same variables. */
  miseTomls: string[];
  /** mise's program. */
  mise: string | undefined;
  /** As deep, with no project above. */
  outside: string;
  /** Installs the hook as a file and returns its path. */
  installHook(driver: ShellDriver): string;
  /** Runs a program in HOME and returns what it prints; throws when it fails. */
  run(program: string, args: readonly string[]): string;
}

const looks = [
  'profile: corp-dev\nregion: eu-central-1\nmodel: sonnet\n',
  'profile: corp-prod\nregion: us-east-1\nmodel: opus\nmax_output_tokens: 8192\n',
];

/** `export` lines of what `bedrockenv export` says; direnv's own hook does the rest. */
export function envrc(json: string): string {
  const variables = Object.entries(JSON.parse(json) as Record<string, string | null>);
  const lines = variables.map(([name, value]) =>
    value === null ? `unset ${name}` : `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  );
  return `${lines.join('\n')}\n`;
}

/** The same as the table of variables in a `mise.toml`; false takes one away. */
function miseToml(json: string): string {
  const variables = Object.entries(JSON.parse(json) as Record<string, string | null>);
  return `[env]\n${variables.map(([name, value]) => `${name} = ${JSON.stringify(value ?? false)}\n`).join('')}`;
}

/** Makes a workplace with `count` projects, approved by the CLI, and a session that stays fresh for the whole run. */
export function openWorkplace(count: number, others: Others = {}): Workplace {
  // As long as most: some shells pay for a path by the character.
  const sandbox = createSandbox({ name: 'home-' });
  if (others.mise) Object.assign(sandbox.env, miseOffline);
  sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600, refreshable: true });

  function run(program: string, args: readonly string[]): string {
    const options = { cwd: sandbox.home, env: sandbox.env, encoding: 'utf8' } as const;
    const { status, stdout, stderr, error } = spawnSync(program, args, options);
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? status}\n${stdout}${stderr}`);
    return stdout;
  }

  const workplace: Workplace = {
    sandbox,
    projects: [],
    envrcs: [],
    miseTomls: [],
    mise: others.mise,
    outside: sandbox.at('work/notes/2'),
    installHook,
    run,
  };
  sandbox.write(join(workplace.outside, 'deep/file'), '');
  for (let i = 0; i < count; i += 1) {
    const place = (tool: string) => dirname(dirname(sandbox.write(join('work', tool, `p${i}`, 'deep/file'), '')));
    const project = place('ours');
    sandbox.write(join(project, '.bedrockrc'), looks[i % looks.length] as string);
    run(process.execPath, [cli, 'allow', project]);
    workplace.projects.push(project);
    const json = others.direnv || others.mise ? run(process.execPath, [cli, 'export', '--dir', project]) : '';
    if (others.direnv) {
      const dir = place('hand');
      sandbox.write(join(dir, '.envrc'), envrc(json));
      run('direnv', ['allow', dir]);
      workplace.envrcs.push(dir);
    }
    if (others.mise) {
      const dir = place('mise');
      run(others.mise, ['trust', '--quiet', sandbox.write(join(dir, 'mise.toml'), miseToml(json))]);
      workplace.miseTomls.push(dir);
    }
  }

  function installHook(driver: ShellDriver): string {
    const file = sandbox.at('.config/bedrockenv', driver.installedHook);
    sandbox.write(file, run(process.execPath, [cli, 'hook', driver.name]));
    chmodSync(file, 0o600);
    return file;
  }

  return workplace;
}
