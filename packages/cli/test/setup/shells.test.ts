import { describe, it } from 'vitest';
import { drivers } from '../../../testkit/src/pty/index.ts';
import { program } from '../cli.ts';
import { liveThrough } from './life.ts';

const script = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;

for (const driver of drivers) {
  describe.runIf(driver.program())(driver.name, () => {
    it('set up, entered, left, uninstalled: HOME is as it was', async () => {
      await liveThrough(driver, { script }, ['--yes', '--shell', driver.name]);
    }, 180_000);
  });
}
