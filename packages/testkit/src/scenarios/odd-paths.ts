import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import { keys, notApproved, nothing } from './projects.ts';

const names = [
  'with space',
  ' at both ends ',
  "it's",
  'double "quotes"',
  'two\nlines',
  'ends in a newline\n',
  '開発',
  '[a-z]*?',
  '-n',
  '$(touch canary)',
  '`touch canary`',
  'back\\slash',
  '~',
  '%d %s %n',
  '!bang',
  '#hash',
  'a;b&c|d',
  '{a,b}',
  'percent%1F',
  'tab\there',
];

export const oddPaths: Scenario[] = [
  {
    name: 'directories with every kind of name',
    async run(t) {
      const dirs: string[] = [];
      const reachable = names.filter((name) => !t.driver.unreachable?.test(name));
      for (const name of reachable) dirs.push(await t.project(join('odd', name), keys.text));
      await t.start();
      for (const dir of dirs) {
        t.expectLines(await t.cd(dir), [keys.line]);
        await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: dir });
        t.expectLines(await t.cd('..'), []);
        await t.expectOnly(nothing);
      }
      // A shell inside must read the record with the odd name in it.
      await t.cd(dirs[4] ?? '');
      t.expectLines(await t.run(t.driver.nested()), []);
      await t.cd('/');
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'an unapproved directory with escape sequences in its name: one harmless line',
    async run(t) {
      const dir = await t.project('a\x1b]0;pwned\x07\x1b[31m\x9b31m\u202e\nz', keys.text, { allow: false });
      const shell = await t.start();
      const { output } = await t.cd(dir);
      expect(output.split('\n')).toHaveLength(1);
      expect(output).toMatch(/^bedrockenv: .* is not approved; to use it: bedrockenv allow$/);
      const raw = shell.raw().toString('latin1');
      expect(raw).not.toContain('\x1b]0;pwned');
      expect(raw).not.toContain('\x1b[31mz');
      await t.expectOnly(nothing);
      t.expectLines(await t.prompt(), []);
    },
  },
  {
    name: 'a project reached through a symbolic link is the real one, approved or not',
    async run(t) {
      const dir = await t.project('real/app', keys.text);
      const other = await t.project('real/other', keys.text, { allow: false });
      mkdirSync(join(dir, 'sub'));
      symlinkSync('real', t.sandbox.at('link'));
      symlinkSync(join(dir, 'sub'), t.sandbox.at('deep'));
      await t.start();
      t.expectLines(await t.cd(t.sandbox.at('link/app')), [keys.line]);
      await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: dir });
      t.expectLines(await t.cd(t.sandbox.at('link/app/sub')), []);
      await t.cd('/');
      const { output } = await t.cd(t.sandbox.at('link/other'));
      expect(output).toBe(notApproved(t.sandbox.at('link/other')));
      expect((await t.run('bedrockenv allow')).status).toBe(0);
      await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: other });
      await t.cd('/');
      t.expectLines(await t.cd(other), [keys.line]);
    },
  },
  {
    name: 'the directory file itself is a symbolic link',
    async run(t) {
      t.sandbox.write('dotfiles/bedrockrc', keys.text);
      mkdirSync(t.sandbox.at('app'));
      symlinkSync('../dotfiles/bedrockrc', t.sandbox.at('app/.bedrockrc'));
      const dir = t.sandbox.at('app');
      await t.start();
      t.expectLines(await t.cd(dir), [notApproved(dir)]);
      await t.bedrockenv('allow', dir);
      t.expectLines(await t.prompt(), [keys.line]);
      t.sandbox.write('dotfiles/bedrockrc', keys.text.replace('sonnet', 'opus'));
      t.expectLines(await t.prompt(), [notApproved(dir)]);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'the working directory is removed: left at the next prompt, without a word of ours',
    async run(t) {
      const dir = await t.project('gone/app', keys.text);
      mkdirSync(join(dir, 'sub'));
      await t.start();
      await t.cd(join(dir, 'sub'));
      rmSync(t.sandbox.at('gone'), { recursive: true });
      const { output } = await t.prompt();
      expect(output).not.toContain('bedrockenv');
      await t.expectOnly(nothing);
      expect((await t.run('echo alive')).output).toContain('alive');
      await t.cd('/');
      t.expectLines(await t.run('echo x'), ['x']);
    },
  },
];
