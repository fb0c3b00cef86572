import { expect } from 'vitest';
import { only, type Scenario } from '../scenario.ts';
import { keys, nothing } from './projects.ts';

export const neighbours: Scenario[] = [
  {
    name: 'the status of the last command is kept at every event',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const unapproved = await t.project('other', keys.text, { allow: false });
      await t.start();
      for (const to of [dir, `${dir}/..`, unapproved, '/']) {
        const line = `cd ${t.driver.quote(to)}; sh -c 'exit 7'`;
        expect((await t.run(line)).status).toBe(7);
        expect((await t.prompt()).status).toBe(7);
        expect((await t.run(t.driver.printStatus)).output).toBe('7');
      }
    },
  },
  {
    name: 'a cd that works is 0, one that fails is 1, inside a project too',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      for (const from of ['/', dir]) {
        await t.cd(from);
        expect((await t.run('cd /no/such/place')).status).not.toBe(0);
        expect((await t.cd(dir)).status).toBe(0);
      }
    },
  },
  {
    name: "the user's precmd and chpwd run, see the status, and stay",
    except: only('zsh'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      const mine =
        'precmd() { print "precmd $?" }; chpwd() { print chpwd }; p2() { print "second $?" }; precmd_functions+=(p2)';
      await t.start({ before: mine });
      t.expectLines(await t.run("sh -c 'exit 3'"), ['precmd 3', 'second 3']);
      t.expectLines(await t.cd(dir), ['chpwd', 'precmd 0', 'second 0', keys.line]);
      await t.run(t.driver.unloadHook);
      expect((await t.run('print -r -- $precmd_functions')).output).toMatch(/^p2\n/);
    },
  },
  {
    name: 'a function that has one of the variables as a local: it keeps it, the prompt sets the global',
    except: only('zsh'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.run('go() { local AWS_REGION=here; cd $1; print -r -- "[$AWS_REGION]" }');
      t.expectLines(await t.run(`go ${dir}`), ['[here]', keys.line]);
      await t.expectVars(keys.vars);
    },
  },
  ...(
    [
      ['a string', `PROMPT_COMMAND='echo "pc $?"'`, ['pc 3']],
      ['a string that ends in a semicolon', `PROMPT_COMMAND='echo "pc $?"; '`, ['pc 3']],
      ['an array', `PROMPT_COMMAND=('echo "pc $?"' 'echo two')`, ['pc 3', 'two']],
      ['a function that changes $?', `mine() { echo "pc $?"; false; }; PROMPT_COMMAND=mine`, ['pc 3']],
      ['empty', `PROMPT_COMMAND=`, []],
      ['unset', `unset PROMPT_COMMAND`, []],
    ] as const
  ).map(
    ([what, before, lines]): Scenario => ({
      name: `PROMPT_COMMAND is ${what}: it still runs, and sees the status`,
      except: only('bash'),
      async run(t) {
        const dir = await t.project('app', keys.text);
        await t.start({ before });
        // Before 5.1, a bash runs only the first element of an array.
        const { output: version } = await t.run('echo $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1]))');
        const said = Number(version.split('\n')[0]) < 501 ? lines.slice(0, 1) : lines;
        t.expectLines(await t.run("sh -c 'exit 3'"), said);
        expect((await t.cd(dir)).output).toMatch(/^bedrockenv: keys · eu-central-1 · Sonnet 5$/m);
        await t.expectVars(keys.vars);
        expect((await t.run("sh -c 'exit 3'")).status).toBe(3);
        const exported = await t.run('env | grep -c "^PROMPT_COMMAND="');
        expect(exported.output).toMatch(/^0/);
        await t.run(t.driver.unloadHook);
        t.expectLines(await t.run("sh -c 'exit 3'"), said);
        await t.expectOnly(nothing);
      },
    }),
  ),
  {
    name: 'PROMPT_COMMAND that the user sets again after the hook was loaded by appending',
    except: only('bash'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start({ after: `PROMPT_COMMAND+='; echo later'` });
      t.expectLines(await t.cd(dir), [keys.line, 'later']);
      await t.expectVars(keys.vars);
    },
  },
  {
    name: "the user's fish_prompt and events run as before",
    except: only('fish'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      const before = [
        'function fish_prompt; echo -n "mine $status> "; end',
        'function my_event --on-event fish_prompt; echo "event $status"; end',
        'function my_pwd --on-variable PWD; echo "pwd"; end',
      ].join('\n');
      const shell = await t.start({ before });
      t.expectLines(await t.run("sh -c 'exit 3'"), ['event 3']);
      expect(await shell.screen()).toMatch(/\nmine 3> $/);
      const { output } = await t.cd(dir);
      expect(output.split('\n').sort()).toEqual(['bedrockenv: keys · eu-central-1 · Sonnet 5', 'event 0', 'pwd']);
      await t.expectVars(keys.vars);
    },
  },
  {
    name: 'a prompt that the profile defines after the hook still brings the variables and the status line',
    except: only('powershell'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      const before = '$global:plain = $function:prompt';
      const after = "function global:prompt { (& $global:plain) + 'mine ' }";
      const shell = await t.start({ before, after, cwd: dir });
      expect(await shell.screen()).toMatch(/^\$ mine *\nbedrockenv: keys · eu-central-1 · Sonnet 5\n\$ mine $/);
      await t.expectVars(keys.vars);
      t.expectLines(await t.cd('/'), []);
      await t.expectOnly(nothing);
      expect((await t.run("sh -c 'exit 7'")).status).toBe(7);
      t.expectLines(await t.cd(dir), [keys.line]);
      expect(await shell.screen()).toMatch(/\n\$ mine $/);
    },
  },
  {
    name: "the user's traps stay",
    except: {
      fish: 'its traps are event functions, which the scenario before this one tries',
      powershell: 'it has no traps of signals',
    },
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start({
        before: `${t.driver.ownTraps ?? ''} trap 'echo int' INT; trap 'echo usr1' USR1; trap 'echo bye' EXIT`,
      });
      const before = (await t.run('trap')).output;
      await t.cd(dir);
      await t.prompt();
      await t.cd('/');
      expect((await t.run('trap')).output).toBe(before);
      t.expectLines(await t.run('kill -USR1 $$'), ['usr1']);
      await t.cd(dir);
      t.expectLines(await t.run('kill -USR1 $$'), ['usr1']);
    },
  },
  {
    name: 'no new global variables or functions but our own',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const list = t.driver.listNames;
      await t.start({ loading: 'none', cwd: dir });
      const plain = new Set((await t.run(list)).output.split('\n'));
      await t.start({ cwd: dir });
      await t.cd('/');
      await t.cd(dir);
      const names = (await t.run(list)).output.split('\n').filter((name) => !plain.has(name));
      const ours = /^(_?bedrockenv|BEDROCKENV_|AWS_(PROFILE|REGION)$|ANTHROPIC_|CLAUDE_CODE_USE_BEDROCK$)/;
      const shells = /^(OLDPWD$|(precmd|chpwd)_functions$|PROMPT_COMMAND$|dirprev|PIPESTATUS$|_$|__fish|BASH_)/;
      expect(names.filter((name) => !ours.test(name) && !shells.test(name))).toEqual([]);
    },
  },
];
