import { describe, expect, test } from 'vitest';
import { drivers, startShell } from '../src/pty/index.ts';
import { createSandbox } from '../src/sandbox/index.ts';
import { countProcesses, straceMissing } from '../src/strace/index.ts';

describe.skipIf(straceMissing())('processes that a shell starts', () => {
  test.each(drivers.filter((driver) => driver.program()))('$name', async (driver) => {
    const sandbox = createSandbox();
    const counter = countProcesses();
    const shell = await startShell(driver, { sandbox, under: counter.under });
    try {
      counter.taken();
      await shell.run('');
      await shell.run('cd /usr');
      await shell.run('echo builtin');
      expect(counter.taken()).toEqual([]);
      await shell.run('/bin/true');
      const calls = counter.taken();
      expect(calls.filter((line) => line.includes('execve("/bin/true"'))).toHaveLength(1);
      expect(calls.filter((line) => /fork|clone/.test(line))).toHaveLength(1);
      await shell.run(driver.capture('/bin/true'));
      expect(counter.taken().length).toBeGreaterThanOrEqual(2);
    } finally {
      expect(await shell.close()).toEqual([]);
      counter.dispose();
      await sandbox.dispose();
    }
  });
});
