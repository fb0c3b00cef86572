import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drivers, writeRc } from '../../../testkit/src/pty/index.ts';
import { createSandbox } from '../../../testkit/src/sandbox/index.ts';
import { run } from '../../../testkit/test/run.ts';
import { program } from '../cli.ts';
import { liveThrough } from './life.ts';

const script = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;

for (const driver of drivers) {
  describe.runIf(driver.program())(driver.name, () => {
    it('set up, entered, left, uninstalled: HOME is as it was', async () => {
      await liveThrough(driver, { script }, ['--yes', '--shell', driver.name]);
    }, 180_000);

    it('where start-up files print a mark without an end of line, under odd options: the hook is found', async () => {
      const sandbox = createSandbox({ path: [...new Set([dirname(driver.program() as string), '/usr/bin', '/bin'])] });
      try {
        const bedrockenv = sandbox.write('.bin/bedrockenv', script);
        chmodSync(bedrockenv, 0o755);
        const mark = driver.name === 'powershell' ? "[Console]::Write('mark')" : 'printf mark';
        writeRc(driver, sandbox, `${driver.oddities?.together ?? ''}\n${mark}`);
        const { stderr } = await run(bedrockenv, ['setup', '--yes', '--shell', driver.name], {
          ...sandbox.env,
          PWD: sandbox.home,
        });
        expect(stderr).toContain(`a new ${driver.name} has the hook`);
      } finally {
        await sandbox.dispose();
      }
    }, 60_000);
  });
}
