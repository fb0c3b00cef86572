import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { render } from '../pty/index.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { keys, notApproved, nothing } from './projects.ts';

const root = process.getuid?.() === 0;

/** Every line of ours since the shell began: it may speak at its first prompt or at the first project. */
async function said(t: Stage): Promise<string[]> {
  const lines = (await render(t.shell.raw().toString('utf8'), 400)).split('\n');
  return lines.filter((line) => line.startsWith('bedrockenv: '));
}

export const stateFolder: Scenario[] = [
  ...[0o770, 0o707, 0o777].map(
    (mode): Scenario => ({
      name: `a state folder with mode ${mode.toString(8)}: nothing is applied, one line says how to mend it`,
      async run(t) {
        const dir = await t.project('app', keys.text);
        chmodSync(t.state(), mode);
        await t.start();
        const line = `bedrockenv: ${t.state()} is writable by others; nothing is applied; run: chmod 700 ${t.state()}`;
        await t.cd(dir);
        await t.prompt();
        await t.cd('/');
        await t.cd(dir);
        expect(await said(t)).toEqual([line]);
        await t.expectOnly(nothing);
        await t.run(`chmod 700 ${t.state()}`);
        await t.start();
        t.expectLines(await t.cd(dir), [keys.line]);
      },
    }),
  ),
  {
    name: "another user's state folder: nothing is applied, one line says so",
    unless: () => (root ? undefined : 'only root can give a folder away'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      execFileSync('chown', ['65534', t.state()]);
      await t.start();
      await t.cd(dir);
      await t.prompt();
      expect(await said(t)).toEqual([`bedrockenv: ${t.state()} belongs to another user; nothing is applied`]);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'a read-only state folder: what is compiled applies, what is not says so; allow fails with a clear message',
    unless: () => (root ? 'root can write everywhere' : undefined),
    async run(t) {
      const dir = await t.project('app', keys.text);
      const other = await t.project('other', keys.text, { allow: false });
      chmodSync(t.state(), 0o500);
      for (const name of ['approvals', 'plans', 'stamps']) chmodSync(t.state(name), 0o500);
      await t.start();
      t.expectLines(await t.cd(dir), [keys.line]);
      const { status, stderr } = await t.bedrockenv('allow', other);
      expect(status).toBe(1);
      expect(stderr).toContain(t.state());
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  },
  {
    name: 'a state or config folder that is relative is none: a repository could bring its own',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const bad = await t.project('bad', keys.text);
      cpSync(t.state(), join(bad, 'own/bedrockenv'), { recursive: true, preserveTimestamps: true });
      cpSync(t.state(), join(bad, '.local/state/bedrockenv'), { recursive: true, preserveTimestamps: true });
      await t.bedrockenv('revoke', bad);
      await t.start();
      for (const name of ['XDG_STATE_HOME', 'XDG_CONFIG_HOME']) await t.run(t.driver.exportVar(name, 'own'));
      t.expectLines(await t.cd(dir), [keys.line]);
      t.expectLines(await t.cd(bad), [notApproved(bad)]);
      await t.expectOnly(nothing);
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n');
      await t.cd('/');
      await t.expectVars({ CLAUDE_CODE_EFFORT_LEVEL: 'high' });
      await t.run(t.driver.exportVar('HOME', '.'));
      await t.cd(bad);
      await t.expectVars({ AWS_PROFILE: null });
    },
  },
  {
    name: 'a user config before there is a state folder, named without its own: it lies in HOME, as for the CLI',
    async run(t) {
      t.sandbox.write('own.yaml', 'default:\n  effort: high\n');
      await t.start({ cwd: '/', env: { BEDROCKENV_CONFIG: 'own.yaml' } });
      await t.expectVars({ CLAUDE_CODE_EFFORT_LEVEL: 'high' });
    },
  },
];
