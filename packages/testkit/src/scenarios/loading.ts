import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import { hookText, type Loading, type Stage } from '../stage/index.ts';
import { keys, nothing } from './projects.ts';

/** Enters, stays, leaves: what every way of loading must give. */
export async function enterAndLeave(t: Stage, dir: string): Promise<void> {
  t.expectLines(await t.cd(dir), [keys.line]);
  await t.expectVars(keys.vars);
  t.expectLines(await t.prompt(), []);
  t.expectLines(await t.cd('/'), []);
  await t.expectOnly(nothing);
}

/** Names of functions and variables of ours that the shell still knows, and what runs at its prompts. */
async function leftovers(t: Stage): Promise<string[]> {
  const names = (await t.run(t.driver.listNames)).output.split('\n');
  return names.filter((name) => /_?bedrockenv|BEDROCKENV_(STATE|DIR|PROFILE|MODEL)/.test(name));
}

export const loading: Scenario[] = [
  ...(
    [
      ['the installed file', 'file'],
      ['the output of `bedrockenv hook`', 'eval'],
      ['a plugin', 'plugin'],
    ] as [string, Loading][]
  ).map(
    ([what, how]): Scenario => ({
      name: `loaded as ${what}: nothing is printed, and it works`,
      async run(t) {
        const dir = await t.project('app', keys.text);
        const shell = await t.start({ loading: how });
        expect(await shell.screen()).toBe('$ ');
        await enterAndLeave(t, dir);
      },
    }),
  ),
  {
    name: 'loaded as a plugin it finds the command on PATH to compile with',
    async run(t) {
      const dir = await t.project('app', keys.text);
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  max_output_tokens: 4096\n');
      await t.start({ loading: 'plugin' });
      await t.cd(dir);
      await t.expectVars({ ...keys.vars, CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096' });
    },
  },
  {
    name: 'loaded as a plugin where there is no command: said once, where something asks to be approved',
    async run(t) {
      const dir = await t.project('app', keys.text, { allow: false });
      const other = await t.project('other', keys.text, { allow: false });
      const shell = await t.start({ loading: 'plugin', env: { PATH: '/usr/bin:/bin' } });
      expect(await shell.screen()).toBe('$ ');
      t.expectLines(await t.cd(dir), [/^bedrockenv: the bedrockenv command is gone; .*npm install -g bedrockenv/]);
      for (const where of ['/', other, dir]) t.expectLines(await t.cd(where), []);
      t.expectLines(await t.prompt(), []);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'evaluated twice, and again inside a project: everything once',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const again = t.driver.sourceFile(t.sandbox.at('.config/bedrockenv', t.driver.installedHook));
      await t.start({ after: again });
      await enterAndLeave(t, dir);
      await t.cd(dir);
      t.expectLines(await t.run(again), []);
      t.expectLines(await t.prompt(), []);
      await t.expectVars(keys.vars);
      t.expectLines(await t.cd('/'), []);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'unloaded inside a project: everything is put back and nothing of it stays',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.run(t.driver.exportVar('AWS_REGION', 'mine'));
      await t.cd(dir);
      await t.expectVars(keys.vars);
      t.expectLines(await t.run(t.driver.unloadHook), []);
      await t.expectOnly({ AWS_REGION: 'mine' });
      expect(await leftovers(t)).toEqual([]);
      t.expectLines(await t.cd('/'), []);
      t.expectLines(await t.cd(dir), []);
      await t.expectOnly({ AWS_REGION: 'mine' });
    },
  },
  {
    name: 'loaded and unloaded in a running shell: its names, its environment and its prompt hooks are what they were',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const hook = t.sandbox.write(t.driver.installedHook, hookText(t.driver));
      await t.start({ loading: 'none' });
      const look = async () => {
        const lines = async (line: string) => (await t.run(line)).output.split('\n').sort();
        // What the shell itself sets at a `cd` and a command is there from the second time on.
        for (const line of [t.driver.listNames, 'env']) await t.run(line);
        return { names: await lines(t.driver.listNames), environment: await lines('env') };
      };
      await t.cd(dir);
      await t.cd('/');
      const before = await look();
      await t.run(t.driver.sourceFile(hook));
      await enterAndLeave(t, dir);
      await t.cd(dir);
      await t.expectVars(keys.vars);
      t.expectLines(await t.run(t.driver.unloadHook), []);
      await t.cd('/');
      expect(await look()).toEqual(before);
    },
  },
  {
    name: 'unloaded before the first directory, loaded again: it works',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      t.expectLines(await t.run(t.driver.unloadHook), []);
      expect(await leftovers(t)).toEqual([]);
      t.expectLines(await t.run(t.driver.sourceFile(t.sandbox.at('.config/bedrockenv', t.driver.installedHook))), []);
      await enterAndLeave(t, dir);
    },
  },
  {
    name: 'the recorded node and CLI are gone: the command on PATH is used; without one, one line and no more',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const fresh = await t.project('fresh', keys.text);
      const moved = t.driver.sourceFile(
        t.sandbox.write(t.driver.installedHook, hookText(t.driver).replaceAll(t.cli, '/gone')),
      );
      // A changed input makes a compilation necessary, in either directory.
      const change = () => t.sandbox.write('.aws/config', `[profile keys]\nregion = eu-west-1\n# ${Math.random()}\n`);
      change();
      await t.start({ loading: 'none', after: moved });
      await enterAndLeave(t, dir);
      change();
      await t.start({ loading: 'none', after: moved, env: { PATH: '/usr/bin:/bin' } });
      const { output } = await t.cd(fresh);
      expect(output).toMatch(/^bedrockenv: the bedrockenv command is gone; [^\n]+$/);
      await t.expectOnly(nothing);
      t.expectLines(await t.prompt(), []);
      t.expectLines(await t.cd(dir), []);
      await t.expectOnly(nothing);
    },
  },
];
