import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { drivers, type Shell, startShell, writeRc } from '../../../testkit/src/pty/index.ts';
import { createSandbox, type Sandbox, sampleSessions } from '../../../testkit/src/sandbox/index.ts';
import { run } from '../../../testkit/test/run.ts';
import { program } from '../cli.ts';
import { tree } from './tree.ts';

const open: { shell: Shell | null; sandbox: Sandbox | null } = { shell: null, sandbox: null };

afterEach(async () => {
  await open.shell?.close();
  await open.sandbox?.dispose();
});

// A shell writes histories and caches of its own while it runs.
const shellsOwn = /^(\.cache|\.local\/share|\.config\/fish\/fish_variables|\.tmp)(\/|$)/;

for (const driver of drivers) {
  const path = driver.program();
  describe.runIf(path)(`${driver.name}`, () => {
    it('set up, a new shell enters and leaves a project, uninstalled: HOME is as it was', async () => {
      const folders = [dirname(path as string), '/usr/bin', '/bin'];
      const sandbox = createSandbox({ path: [...new Set(folders)] });
      open.sandbox = sandbox;
      sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600 });
      const bedrockenv = join(sandbox.bin, 'bedrockenv');
      chmodSync(sandbox.write(bedrockenv, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`), 0o755);
      const say = (...words: string[]) => run(bedrockenv, words, { ...sandbox.env, PWD: sandbox.home });
      mkdirSync(sandbox.at('my app'));
      writeRc(driver, sandbox, '');
      // What a shell makes when it runs for the first time is its user's.
      await (await startShell(driver, { sandbox })).close();
      const before = tree(sandbox.home, shellsOwn);

      const setup = await say('setup', '--yes', '--shell', driver.name);
      expect(setup.stderr).toContain(`a new ${driver.name} has the hook`);
      expect(setup.status).toBe(0);

      const shell = await startShell(driver, { sandbox });
      open.shell = shell;
      const cd = (dir: string) => shell.run(driver.cd?.(dir) ?? `cd ${driver.quote(dir)}`);
      const seen = async () => (await shell.run(`echo "<${driver.variable('AWS_PROFILE')}>"`)).output;
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
    }, 180_000);
  });
}
