import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { expect } from 'vitest';
import { type Shell, type ShellDriver, startShell, writeRc } from '../../../testkit/src/pty/index.ts';
import { createSandbox, sampleSessions } from '../../../testkit/src/sandbox/index.ts';
import { run } from '../../../testkit/test/run.ts';
import { tree } from './tree.ts';

// A shell writes histories and caches of its own while it runs.
const shellsOwn = /^(\.cache|\.local\/share|\.config\/fish\/fish_variables|\.tmp)(\/|$)/;

/** The command under test: a program on PATH, or the text of a script that stands for it. */
export type Installed = { folders: readonly string[] } | { script: string };

/**
 * A user's whole life with bedrockenv in one kind of shell: set up, a new shell, a project chosen, entered and left,
 * uninstalled from within the project. HOME is then as it was.
 * @param setup words after `setup`
 */
export async function liveThrough(driver: ShellDriver, installed: Installed, setup: readonly string[]): Promise<void> {
  const folders = 'folders' in installed ? installed.folders : [];
  const program = driver.program() as string;
  const sandbox = createSandbox({ path: [...new Set([...folders, dirname(program), '/usr/bin', '/bin'])] });
  let shell: Shell | null = null;
  try {
    sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600 });
    if ('script' in installed) chmodSync(sandbox.write('.bin/bedrockenv', installed.script), 0o755);
    mkdirSync(sandbox.at('my app'));
    writeRc(driver, sandbox, '');
    // What a shell makes when it runs for the first time is its user's.
    await (await startShell(driver, { sandbox })).close();
    const before = tree(sandbox.home, shellsOwn);

    const [bedrockenv] = (sandbox.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => `${folder}/bedrockenv`)
      .filter(existsSync);
    const env = { ...sandbox.env, PWD: sandbox.home };
    const said = await run(bedrockenv as string, ['setup', ...setup], env);
    expect(said.stderr).toContain(`a new ${driver.name} has the hook`);
    expect(said.status).toBe(0);

    shell = await startShell(driver, { sandbox });
    const here = shell;
    const cd = (dir: string) => here.run(driver.cd?.(dir) ?? `cd ${driver.quote(dir)}`);
    const seen = async () => (await here.run(`echo "<${driver.variable('AWS_PROFILE')}>"`)).output;
    await cd(sandbox.at('my app'));
    await shell.run('bedrockenv use corp-dev sonnet');
    expect(await seen()).toContain('<corp-dev>');
    await cd(sandbox.home);
    expect(await seen()).toContain('<>');
    // Taken back from within: the next prompt brings nothing of it to life again.
    await cd(sandbox.at('my app'));
    await shell.run('bedrockenv uninstall --yes');
    await shell.run(driver.blankLine);
    await cd(sandbox.home);
    await cd(sandbox.at('my app'));
    expect(await seen()).toContain('<>');
    await shell.close();
    expect(existsSync(sandbox.at('.local/state/bedrockenv'))).toBe(false);
    rmSync(sandbox.at('my app/.bedrockrc'));
    expect(tree(sandbox.home, shellsOwn)).toEqual(before);
  } finally {
    await shell?.close();
    await sandbox.dispose();
  }
}
