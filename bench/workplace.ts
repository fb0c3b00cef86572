import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShellDriver } from '@bedrockenv/testkit/pty';
import { createSandbox, type Sandbox, sampleSessions } from '@bedrockenv/testkit/sandbox';

/** The built CLI, as an installation would start it. */
export const cli = fileURLToPath(new URL('../packages/cli/bin/bedrockenv.js', import.meta.url));

/** A HOME with projects in it, each three directories below, in pairs: one of ours and the same for direnv. */
export interface Workplace {
  sandbox: Sandbox;
  /** Directories with an approved `.bedrockrc`; each has a folder `deep`. Neighbours differ in profile and model. */
  projects: string[];
  /** Directories with an allowed `.envrc` that exports the same variables by hand. */
  envrcs: string[];
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

/** Makes a workplace with `count` projects, approved by the CLI, and a session that stays fresh for the whole run. */
export function openWorkplace(count: number, withDirenv: boolean): Workplace {
  const sandbox = createSandbox();
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
    outside: sandbox.at('work/notes/2'),
    installHook,
    run,
  };
  sandbox.write(join(workplace.outside, 'deep/file'), '');
  for (let i = 0; i < count; i += 1) {
    const [project, direnv] = [sandbox.at('work/ours', `p${i}`), sandbox.at('work/hand', `p${i}`)];
    for (const dir of [project, direnv]) sandbox.write(join(dir, 'deep/file'), '');
    sandbox.write(join(project, '.bedrockrc'), looks[i % looks.length] as string);
    run(process.execPath, [cli, 'allow', project]);
    workplace.projects.push(project);
    if (!withDirenv) continue;
    sandbox.write(join(direnv, '.envrc'), envrc(run(process.execPath, [cli, 'export', '--dir', project])));
    run('direnv', ['allow', direnv]);
    workplace.envrcs.push(direnv);
  }

  function installHook(driver: ShellDriver): string {
    const file = sandbox.at('.config/bedrockenv', driver.installedHook);
    sandbox.write(file, run(process.execPath, [cli, 'hook', driver.name]));
    chmodSync(file, 0o600);
    return file;
  }

  return workplace;
}
