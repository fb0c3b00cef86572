import { expect } from 'vitest';
import { drivers } from '../drivers/index.ts';
import { only, type Scenario } from '../scenario.ts';
import { enterAndLeave } from './loading.ts';
import { keys, notApproved, nothing } from './projects.ts';

export const options: Scenario[] = [
  ...drivers.flatMap(({ name, oddities }) =>
    oddities.each.map(
      (line): Scenario => ({
        name: `under \`${line}\``,
        except: only(name),
        async run(t) {
          const dir = await t.project('app', keys.text);
          const other = await t.project('other', keys.text, { allow: false });
          await t.start();
          await t.run(line);
          const before = (await t.run(oddities.print)).output;
          await enterAndLeave(t, dir);
          t.expectLines(await t.cd(other), [notApproved(other)]);
          t.expectLines(await t.cd('/'), []);
          expect((await t.run(oddities.print)).output).toBe(before);
          // An input that changed makes it compile in this shell too.
          t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n');
          await t.cd(dir);
          await t.expectVars({ ...keys.vars, CLAUDE_CODE_EFFORT_LEVEL: 'high' });
        },
      }),
    ),
  ),
  {
    name: 'the same line in the rc file, before the hook is read: all oddities that get along, at once',
    except: ({ oddities }) => (oddities.together === undefined ? 'it has no options' : undefined),
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start({ before: t.driver.oddities.together ?? '' });
      await enterAndLeave(t, dir);
    },
  },
  {
    name: "the user's aliases and functions do not get into the hook",
    async run(t) {
      const dir = await t.project('app', keys.text);
      // The hook's file is given by its absolute path and read with a builtin that no alias names.
      const shell = await t.start({ before: t.driver.oddities.shadows, loading: 'none' });
      const hook = t.sandbox.write(t.driver.installedHook, (await t.bedrockenv('hook', t.driver.name)).stdout);
      const { source, cd } = t.driver.oddities.plainly;
      await shell.run(`${source} ${hook}`);
      expect((await t.run(`${cd} ${dir}`)).output).toMatch(keys.line);
      await t.expectVars(keys.vars);
      await t.run(`${cd} /`);
      await t.expectOnly(nothing);
    },
  },
];
