import { expect } from 'vitest';
import { drivers } from '../pty/index.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { snapshotIn } from './nested.ts';
import { keys, nothing, prod } from './projects.ts';

const installed = () => drivers.filter((driver) => driver.program());

/** Values of each kind before the project, in the shell that is outermost. */
async function before(t: Stage): Promise<void> {
  await t.run(t.driver.exportVar('ANTHROPIC_MODEL', 'mine'));
  await t.run(t.driver.setLocal('AWS_REGION', 'local'));
}

export const shellsInside: Scenario[] = [
  {
    name: 'a nested shell of each kind takes the project over without a word and leaves it rightly',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await before(t);
      await t.cd(dir);
      for (const inner of installed()) {
        for (const line of [inner.nested(), inner.blankLine])
          expect((await t.run(line)).output, `in ${inner.name}`).toBe('');
        expect(await snapshotIn(t.shell, inner, ['AWS_REGION', 'AWS_PROFILE'])).toEqual({
          AWS_REGION: 'x:eu-central-1',
          AWS_PROFILE: 'x:keys',
        });
        t.expectLines(await t.run('cd /'), []);
        // A shell-local value of the outer shell never was in this one.
        expect(
          await snapshotIn(t.shell, inner, ['ANTHROPIC_MODEL', 'AWS_REGION', 'AWS_PROFILE', 'BEDROCKENV_STATE']),
        ).toEqual({ ANTHROPIC_MODEL: 'x:mine', AWS_REGION: 'u:', AWS_PROFILE: 'u:', BEDROCKENV_STATE: 'u:' });
        await t.run('exit');
        await t.expectVars(keys.vars);
      }
      await t.cd('/');
      await t.expectOnly({ ANTHROPIC_MODEL: 'mine', AWS_REGION: { local: 'local' } });
    },
  },
  {
    name: 'a chain of all shells: the innermost leaves, each outer one keeps its own',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await before(t);
      await t.cd(dir);
      for (const inner of installed()) expect((await t.run(inner.nested())).output, `in ${inner.name}`).toBe('');
      const innermost = installed().at(-1) ?? t.driver;
      await t.run('cd /');
      expect(await snapshotIn(t.shell, innermost, ['ANTHROPIC_MODEL', 'AWS_PROFILE'])).toEqual({
        ANTHROPIC_MODEL: 'x:mine',
        AWS_PROFILE: 'u:',
      });
      for (let depth = installed().length; depth > 0; depth -= 1) await t.run('exit');
      await t.expectVars(keys.vars);
      await t.cd('/');
      await t.expectOnly({ ANTHROPIC_MODEL: 'mine', AWS_REGION: { local: 'local' } });
    },
  },
  {
    name: 'a nested shell that goes to another project',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const other = await t.project('other', prod.text);
      await t.start();
      await t.cd(dir);
      await t.run(t.driver.nested());
      t.expectLines(await t.cd(other), [prod.line]);
      await t.expectVars(prod.vars);
      await t.cd('/');
      await t.expectOnly(nothing);
      await t.run('exit');
      await t.expectVars(keys.vars);
    },
  },
  {
    name: 'exec of itself, inside: nothing is said, leaving restores what was exported',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await before(t);
      await t.cd(dir);
      t.expectLines(await t.run(t.driver.replace()), []);
      await t.expectVars(keys.vars);
      t.expectLines(await t.cd('/'), []);
      await t.expectOnly({ ANTHROPIC_MODEL: 'mine' });
    },
  },
  {
    name: 'a nested shell started elsewhere by a program leaves at its first prompt',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await before(t);
      await t.cd(dir);
      t.expectLines(await t.run(`sh -c 'cd / && exec ${t.driver.nested()}'`), []);
      await t.expectOnly({ ANTHROPIC_MODEL: 'mine' });
      await t.run('exit');
      await t.expectVars(keys.vars);
    },
  },
];
