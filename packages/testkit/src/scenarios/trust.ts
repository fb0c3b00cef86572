import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import { keys, notApproved, nothing } from './projects.ts';

export const trust: Scenario[] = [
  {
    name: 'an unapproved file: one line, once, nothing of it; again when it changed or was left and entered',
    async run(t) {
      const dir = await t.project('app', keys.text, { allow: false });
      t.sandbox.write('app/sub/file', '');
      await t.start();
      t.expectLines(await t.cd(dir), [notApproved(dir)]);
      await t.expectOnly(nothing);
      t.expectLines(await t.prompt(), []);
      t.expectLines(await t.cd('sub'), []);
      t.sandbox.write('app/.bedrockrc', `${keys.text}effort: high\n`);
      t.expectLines(await t.prompt(), [`${notApproved(dir)} ${dir}`]);
      await t.cd('/');
      t.expectLines(await t.cd(dir), [notApproved(dir)]);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'the same bytes elsewhere are not approved; another byte here is not',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const evil = await t.project('app-evil', keys.text, { allow: false });
      const below = await t.project('app/below', keys.text, { allow: false });
      await t.start();
      t.expectLines(await t.cd(evil), [notApproved(evil)]);
      await t.expectOnly(nothing);
      t.expectLines(await t.cd(below), [keys.line, notApproved(below)]);
      await t.expectVars({ BEDROCKENV_DIR: dir });
      for (const text of [`${keys.text}\n`, keys.text.slice(0, -1), ` ${keys.text}`, keys.text.replace('s', 'S')]) {
        t.sandbox.write('app/.bedrockrc', text);
        await t.cd('/');
        t.expectLines(await t.cd(dir), [notApproved(dir)]);
        await t.expectOnly(nothing);
      }
    },
  },
  {
    name: 'the typed command of the line works as it stands',
    async run(t) {
      const dir = await t.project("it's a dir", keys.text, { allow: false });
      t.sandbox.write("it's a dir/sub/file", '');
      await t.start();
      const { output } = await t.cd(join(dir, 'sub'));
      const command = /to use it: (bedrockenv allow .*)$/.exec(output)?.[1] ?? '';
      expect(command).not.toBe('');
      const allowed = await t.run(command);
      expect(allowed.status).toBe(0);
      expect(allowed.output).toMatch(/bedrockenv: keys · eu-central-1 · Sonnet 5$/);
    },
  },
  {
    name: 'deny silences for good, revoke forgets',
    async run(t) {
      const dir = await t.project('app', keys.text, { allow: false });
      await t.start();
      t.expectLines(await t.cd(dir), [notApproved(dir)]);
      expect((await t.bedrockenv('deny', dir)).status).toBe(0);
      t.sandbox.write('app/.bedrockrc', `${keys.text}effort: high\n`);
      t.expectLines(await t.prompt(), []);
      await t.cd('/');
      t.expectLines(await t.cd(dir), []);
      await t.expectOnly(nothing);
      expect((await t.bedrockenv('revoke', dir)).status).toBe(0);
      t.expectLines(await t.prompt(), [notApproved(dir)]);
    },
  },
  {
    name: 'deny of an approved project while the shell is inside: it is left',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      await t.bedrockenv('deny', dir);
      t.expectLines(await t.prompt(), []);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'allow shows what will be set and stores exactly the bytes',
    async run(t) {
      const dir = await t.project('app', keys.text, { allow: false });
      const { status, stdout, stderr } = await t.bedrockenv('allow', dir);
      expect(status).toBe(0);
      for (const word of ['AWS_PROFILE', 'keys', 'AWS_REGION', 'eu-central-1', 'eu.anthropic.claude-sonnet-5']) {
        expect(stdout + stderr).toContain(word);
      }
      expect(readFileSync(t.state(`approvals${dir}/.bedrockrc`), 'utf8')).toBe(keys.text);
    },
  },
  {
    name: 'refused keys are refused with their place, and in a file that was approved by other means too',
    async run(t) {
      await t.start();
      const refused = [
        'base_url: https://evil.example',
        'api_key: {command: [touch, never]}',
        'login: off',
        'login_flow: device',
      ];
      for (const [i, line] of refused.entries()) {
        const dir = await t.project(`app${i}`, `${keys.text}${line}\n`, { allow: false });
        const { status, stderr } = await t.bedrockenv('allow', dir);
        expect(status).toBe(1);
        expect(stderr).toContain(`${dir}/.bedrockrc:4:1`);
        const approval = t.state(`approvals${dir}/.bedrockrc`);
        mkdirSync(dirname(approval), { recursive: true });
        copyFileSync(join(dir, '.bedrockrc'), approval);
        const { output } = await t.cd(dir);
        expect(output).toContain('bedrockenv: ');
        expect(output).not.toMatch(keys.line);
        await t.expectOnly(nothing);
        t.expectLines(await t.prompt(), []);
      }
    },
  },
];
