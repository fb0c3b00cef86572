import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { drivers } from '../pty/index.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { snapshotIn } from './nested.ts';

const name = 'AWS_BEARER_TOKEN_BEDROCK';
const own = 'users-own-key';
const lost = `bedrockenv: ${name} is unset here: only the shell that replaced it knows its value`;

/** How many lines of what a program gets from the shell hold the user's own key. */
const inEnvironment = existsSync('/proc/self/environ') ? `grep -c ${own} /proc/self/environ` : `env | grep -c ${own}`;

/** A project whose API key lies in a file; returns its directory. */
async function withKey(t: Stage): Promise<string> {
  t.sandbox.write('key', 'projects-key\n');
  t.sandbox.write('.config/bedrockenv/config.yaml', 'environments:\n  work:\n    api_key: {file: ~/key}\n');
  return t.project('app', 'use: work\nregion: eu-central-1\nmodel: claude-sonnet-5\n');
}

/** Inside, no program may find the user's own key, nor any key in the record. */
async function expectHidden(t: Stage): Promise<void> {
  await t.expectVars({ [name]: 'projects-key' });
  expect((await t.run(inEnvironment)).output).toBe('0');
  expect((await t.vars()).BEDROCKENV_STATE?.value).not.toContain('-key');
}

export const apiKeyBefore: Scenario[] = [
  {
    name: 'an API key of the user stays in the shell while another replaces it, and comes back',
    async run(t) {
      const dir = await withKey(t);
      await t.start();
      await t.run(t.driver.exportVar(name, own));
      expect((await t.run(inEnvironment)).output).toBe('1');
      for (let round = 0; round < 2; round += 1) {
        await t.cd(dir);
        await expectHidden(t);
        t.sandbox.write('app/.bedrockrc', `use: work\nregion: eu-west-${round + 1}\n`);
        await t.bedrockenv('allow', dir);
        await t.prompt();
        await t.expectVars({ AWS_REGION: `eu-west-${round + 1}` });
        await expectHidden(t);
        t.expectLines(await t.cd('/'), []);
        await t.expectOnly({ [name]: own });
      }
      await t.run(t.driver.unset(name));
      await t.run(t.driver.setLocal(name, own));
      await t.cd(dir);
      t.expectLines(await t.cd('/'), []);
      await t.expectOnly({ [name]: { local: own } });
    },
  },
  {
    name: 'an API key that is changed or unset by hand inside stays so',
    async run(t) {
      const dir = await withKey(t);
      await t.start();
      await t.run(t.driver.exportVar(name, own));
      await t.cd(dir);
      await t.run(t.driver.exportVar(name, 'by hand'));
      // The plan is made anew, with the same key: the hand wins, and what was there before is still known.
      t.sandbox.write('app/.bedrockrc', 'use: work\nregion: eu-west-1\n');
      await t.bedrockenv('allow', dir);
      await t.prompt();
      await t.expectVars({ [name]: 'by hand', AWS_REGION: 'eu-west-1' });
      expect((await t.run(inEnvironment)).output).toBe('0');
      await t.cd('/');
      await t.expectOnly({ [name]: 'by hand' });
      await t.cd(dir);
      await t.expectVars({ [name]: 'projects-key' });
      await t.run(t.driver.unset(name));
      t.expectLines(await t.cd('/'), []);
      await t.expectOnly({});
    },
  },
  {
    name: 'a shell inside cannot know the API key that was replaced: it is unset there, which is said once',
    async run(t) {
      const dir = await withKey(t);
      await t.start();
      await t.run(t.driver.exportVar(name, own));
      await t.cd(dir);
      for (const inner of drivers.filter((driver) => driver.program())) {
        for (const line of [inner.nested(), inner.blankLine, inner.blankLine])
          expect((await t.run(line)).output, `in ${inner.name}`).toBe('');
        expect(await snapshotIn(t.shell, inner, [name])).toEqual({ [name]: 'x:projects-key' });
        t.expectLines(await t.run('cd /'), [lost]);
        expect(await snapshotIn(t.shell, inner, [name])).toEqual({ [name]: 'u:' });
        t.expectLines(await t.run(inner.blankLine), []);
        await t.run(inner.cd?.(dir) ?? `cd ${inner.quote(dir)}`);
        expect(await snapshotIn(t.shell, inner, [name])).toEqual({ [name]: 'x:projects-key' });
        t.expectLines(await t.run('cd /'), []);
        await t.run('exit');
        await expectHidden(t);
      }
      const elsewhere = "bedrockenv exec --dir / -- sh -c 'echo key: $AWS_BEARER_TOKEN_BEDROCK.'";
      t.expectLines(await t.run(elsewhere), [lost, 'key: .']);
      t.expectLines(await t.run(elsewhere.replace('--dir /', '')), ['key: projects-key.']);
      await t.cd('/');
      await t.expectOnly({ [name]: own });
    },
  },
  {
    name: 'an API key that is the same before and inside stays as it is, in a shell inside too',
    async run(t) {
      const dir = await withKey(t);
      await t.start();
      await t.run(t.driver.exportVar(name, 'projects-key'));
      await t.cd(dir);
      await t.run(t.driver.nested());
      t.expectLines(await t.cd('/'), []);
      await t.expectOnly({ [name]: 'projects-key' });
      await t.run('exit');
      await t.cd('/');
      await t.expectOnly({ [name]: 'projects-key' });
    },
  },
];
