import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import { countProcesses, straceMissing } from '../strace/index.ts';
import { keys, prod } from './projects.ts';

export const steadyState: Scenario[] = [
  {
    name: 'no event starts a process, once a shell has entered a first project',
    except: (shell) => shell.startsProcesses?.(),
    unless: straceMissing,
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.project('app/nested', 'model: claude-opus-5\n');
      const session = await t.project('session', prod.text);
      const unapproved = await t.project('unapproved', keys.text, { allow: false });
      t.sandbox.write('app/a/b/file', '');
      const counter = countProcesses();
      try {
        await t.start({ under: counter.under });
        const forks: Record<string, string[]> = {};
        const event = async (name: string, line: string) => {
          await t.run(line || t.driver.blankLine);
          forks[name] = counter.taken();
        };
        expect(counter.taken().join('\n')).toContain('execve(');
        await event('prompt outside, before anything', '');
        await event('prompt outside', '');
        await event('cd outside', 'cd /usr/lib');
        // The first plan of a shell may cost one `ls -ld` of the state folder in bash and fish.
        await t.cd(dir);
        const first = counter.taken().filter((line) => line.includes('execve('));
        expect(first.length).toBeLessThanOrEqual(1);
        await event('prompt inside', '');
        await event('prompt inside, after a builtin', 'echo x');
        await event('cd inside', 'cd a/b');
        await event('enter nested', `cd ${dir}/nested`);
        await event('prompt nested', '');
        await event('leave nested', 'cd ..');
        await event('leave', 'cd /');
        await event('enter', `cd ${dir}`);
        await event('switch to a project with a session', `cd ${session}`);
        await event('prompt with a session', '');
        await event('switch back', `cd ${dir}`);
        await event('enter an unapproved directory', `cd ${unapproved}`);
        await event('prompt in an unapproved directory', '');
        await event('cd outside, after', 'cd /usr');
        await event('prompt outside, after', '');
        expect(Object.fromEntries(Object.entries(forks).filter(([, calls]) => calls.length > 0))).toEqual({});
        // A counter that cannot see a process would pass everything.
        await t.run('/bin/true');
        expect(counter.taken().filter((line) => line.includes('/bin/true')).length).toBe(1);
      } finally {
        counter.dispose();
      }
    },
  },
  {
    name: 'nor with a user config, an AWS_PROFILE of its own and a nested shell',
    except: (shell) => shell.startsProcesses?.(),
    unless: straceMissing,
    async run(t) {
      const dir = await t.project('app', keys.text);
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n');
      await t.start({ env: { AWS_PROFILE: 'keys' } });
      // Everything is compiled once before it counts.
      await t.cd(dir);
      await t.cd('/');
      const counter = countProcesses();
      try {
        await t.start({ under: counter.under, env: { AWS_PROFILE: 'keys' } });
        await t.cd(dir);
        await t.cd('/');
        counter.taken();
        const blank = t.driver.blankLine;
        for (const line of [blank, `cd ${dir}`, blank, 'cd /', blank]) {
          await t.run(line);
          expect(counter.taken()).toEqual([]);
        }
        await t.cd(dir);
        await t.run(t.driver.nested());
        await t.prompt();
        await t.cd('/');
        await t.cd(dir);
        counter.taken();
        for (const line of [blank, 'cd /', `cd ${dir}`, blank]) {
          await t.run(line);
          expect(counter.taken()).toEqual([]);
        }
      } finally {
        counter.dispose();
      }
    },
  },
];
