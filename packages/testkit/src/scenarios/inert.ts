import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import { hookText } from '../stage/index.ts';
import { keys, nothing } from './projects.ts';

export const inert: Scenario[] = [
  {
    name: '`cd project && command` on one line has the variables',
    except: {
      bash: 'it has no cd hook: the variables come with the next prompt (documented)',
      powershell: 'it has no cd hook: the variables come with the next prompt (documented)',
    },
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      const line = `cd ${t.driver.quote(dir)} && echo "[$AWS_PROFILE]" && sh -c 'echo "[$AWS_REGION]"'`;
      t.expectLines(await t.run(line), ['[keys]', '[eu-central-1]', keys.line]);
      t.expectLines(await t.run('cd / && echo "[$AWS_PROFILE]"'), ['[]']);
    },
  },
  {
    name: 'there and back on one line says nothing',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      t.expectLines(await t.run(`cd ${t.driver.quote(dir)} && cd /`), []);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'a subshell that enters a project is silent and changes nothing',
    except: { fish: 'it has no subshells', powershell: 'it has no subshells' },
    async run(t) {
      const dir = await t.project('app', keys.text);
      const other = await t.project('other', keys.text, { allow: false });
      await t.start();
      for (const to of [dir, other]) {
        t.expectLines(await t.run(`(cd ${t.driver.quote(to)}; echo "[$AWS_PROFILE]")`), ['[]']);
      }
      await t.expectOnly(nothing);
      await t.cd(dir);
      t.expectLines(await t.run('(cd /; echo "[$AWS_PROFILE]")'), ['[keys]']);
      await t.expectVars(keys.vars);
    },
  },
  {
    name: 'a command substitution that enters a project is silent and changes nothing',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start({ cwd: '/' });
      // Where a substitution is no process of its own it has to go back by itself.
      const back = t.driver.subshell('') === undefined ? '; cd /' : '';
      const there = `cd ${dir}; echo "${t.driver.variable('AWS_PROFILE')}"${back}`;
      t.expectLines(await t.run(t.driver.capture(there)), ['[]']);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'a shell that is not interactive does nothing and says nothing',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const hook = t.sandbox.write('hook-by-hand', hookText(t.driver));
      await t.start({ loading: 'none' });
      const script = t.sandbox.write(
        'script',
        `${t.driver.sourceFile(hook)}\ncd ${t.driver.quote(dir)}\necho "[${t.driver.variable('AWS_PROFILE')}]"\n`,
      );
      for (const line of t.driver.runScript(script)) t.expectLines(await t.run(line), ['[]']);
    },
  },
  {
    name: 'CLAUDECODE=1: nothing happens, nothing is said, no one signs in',
    async run(t) {
      const dir = await t.project('app', 'profile: corp-dev\nmodel: claude-sonnet-5\n');
      const other = await t.project('other', keys.text, { allow: false });
      t.sandbox.removeToken('corp');
      await t.start({ env: { CLAUDECODE: '1' } });
      t.expectLines(await t.cd(dir), []);
      t.expectLines(await t.cd(other), []);
      await t.expectOnly(nothing);
      expect(t.fake.log).toEqual([]);
    },
  },
  {
    name: 'BEDROCKENV_DISABLE=1 leaves and stays out; without it the project applies again',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      t.expectLines(await t.run(t.driver.exportVar('BEDROCKENV_DISABLE', '1')), []);
      await t.expectOnly(nothing);
      t.expectLines(await t.cd('/'), []);
      t.expectLines(await t.cd(dir), []);
      await t.expectOnly(nothing);
      t.expectLines(await t.run(t.driver.unset('BEDROCKENV_DISABLE')), [keys.line]);
      await t.expectVars(keys.vars);
    },
  },
  {
    name: 'BEDROCKENV_QUIET=1: no status line',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start({ env: { BEDROCKENV_QUIET: '1' } });
      t.expectLines(await t.cd(dir), []);
      await t.expectVars(keys.vars);
    },
  },
];
