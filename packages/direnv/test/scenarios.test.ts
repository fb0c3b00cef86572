import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { drivers } from '@bedrockenv/testkit/pty';
import { describe, expect, it, onTestFinished } from 'vitest';
import { program } from './place.ts';
import { scenarios } from './scenarios.ts';
import { Stage } from './stage.ts';

// direnv has a hook for PowerShell only since 2.33; what ours does beside it is in both-hooks.test.ts.
for (const driver of drivers.filter(({ name }) => name !== 'powershell')) {
  describe.skipIf(!program || !driver.program())(`use bedrock in ${driver.name}`, () => {
    it.each(scenarios)('$name', async ({ run }) => {
      const stage = new Stage(driver);
      onTestFinished(() => stage.close());
      await run(stage);
    });
  });
}

it('docs/direnv.md has a line for each scenario', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/direnv.md'), 'utf8');
  expect(scenarios.map(({ name }) => name).filter((name) => !page.includes(`- ${name}\n`))).toEqual([]);
});
