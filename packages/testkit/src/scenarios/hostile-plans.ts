import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { only, type Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { brokenPlans, brokenUsuals, setTo } from './broken-plans.ts';
import { eachCase } from './each-case.ts';
import { keys, nothing } from './projects.ts';

const planOf = (t: Stage, dir: string) => t.state(`plans${dir}/.bedrockrc`);

/** A good plan's fields, each with a NUL after it. */
const fieldsOf = (t: Stage, dir: string, encoding: BufferEncoding = 'utf8') =>
  readFileSync(planOf(t, dir), encoding).split('\0');

/** What is ready-made of it for the stage's shell. */
const usualOf = (t: Stage, dir: string) => t.state('stamps', fieldsOf(t, dir)[1] as string, `usual.${t.driver.name}`);

/** Puts something else in a plan's place, and takes away what is ready-made of it, which would be used instead. */
function replacePlan(t: Stage, dir: string, text: string, encoding: BufferEncoding = 'utf8'): void {
  rmSync(usualOf(t, dir), { force: true });
  writeFileSync(planOf(t, dir), text, encoding);
}

/** A line that prints what no plan may set, PATH as fish prints lists. */
function showVariables({ driver }: Stage): string {
  const [evil, preload, path] = ['EVIL', 'LD_PRELOAD', 'PATH'].map((name) => driver.variable(name));
  return `echo "[${evil}][${preload}]${path}" | tr " " ":"`;
}

/** In a new shell the project applies all the same (compiled anew), and nothing else happens. */
async function expectRecovered(t: Stage, dir: string, canary: string): Promise<void> {
  await t.start();
  try {
    t.expectLines(await t.cd(dir), [keys.line]);
    await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: dir });
    expect(existsSync(canary)).toBe(false);
    expect((await t.run(showVariables(t))).output).toBe(`[][]${t.sandbox.env.PATH}`);
    t.expectLines(await t.cd('/'), []);
    await t.expectOnly(nothing);
  } finally {
    await t.shell.close();
  }
}

export const hostilePlans: Scenario[] = [
  {
    name: 'plans that are not in order are not used: the project is compiled anew',
    async run(t) {
      const canary = t.sandbox.at('canary');
      const dir = await t.project('app', keys.text);
      await eachCase(brokenPlans, async ([, edit]) => {
        // Of a good plan, its stamps included, and in a new shell: one that was here may know the place by heart.
        rmSync(dirname(planOf(t, dir)), { recursive: true });
        await t.bedrockenv('compile', '--dir', dir);
        const edited = edit(fieldsOf(t, dir, 'latin1'), canary);
        replacePlan(t, dir, typeof edited === 'string' ? edited : edited.join('\0'), 'latin1');
        await expectRecovered(t, dir, canary);
      });
    },
  },
  {
    name: 'what is ready-made of a plan and not in order is not used: the plan is',
    except: only(...Object.keys(brokenUsuals)),
    async run(t) {
      const canary = t.sandbox.at('canary');
      const dir = await t.project('app', keys.text);
      const usual = usualOf(t, dir);
      const good = readFileSync(usual, 'latin1');
      await eachCase(brokenUsuals[t.driver.name] ?? [], async ([, edit]) => {
        const bad = edit(good, canary);
        expect(bad).not.toBe(good);
        writeFileSync(usual, bad, 'latin1');
        await expectRecovered(t, dir, canary);
      });
    },
  },
  {
    name: 'a ready-made record is a record from anywhere: a name outside the closed list is not looked at',
    except: only(...Object.keys(brokenUsuals)),
    async run(t) {
      const canary = t.sandbox.at('canary');
      const dir = await t.project('app', keys.text);
      const usual = usualOf(t, dir);
      for (const name of [`a[$(touch ${canary})]`, 'PATH']) {
        writeFileSync(usual, readFileSync(usual, 'utf8').replace('\x1fAWS_PROFILE\x1f=', `\x1f${name}\x1f=`));
        await t.start();
        await t.cd(dir);
        // So that the record is read on leaving.
        await t.run(t.driver.exportVar('ANTHROPIC_MODEL', 'by hand'));
        await t.cd('/');
        expect(existsSync(canary)).toBe(false);
        expect((await t.run(showVariables(t))).output).toBe(`[][]${t.sandbox.env.PATH}`);
        await t.shell.close();
      }
    },
  },
  {
    name: 'a plan that is no regular file: the prompt comes back, the project applies or not, nothing else happens',
    async run(t) {
      const canary = t.sandbox.at('canary');
      const dir = await t.project('app', keys.text);
      const plan = planOf(t, dir);
      const victim = t.sandbox.write('victim', 'mine\n');
      const kinds: [string, () => void][] = [
        ['a FIFO', () => execFileSync('mkfifo', [plan])],
        ['a link to a file of the user', () => symlinkSync(victim, plan)],
        ['a link to itself', () => symlinkSync('.bedrockrc', plan)],
        ['a dangling link', () => symlinkSync('nowhere', plan)],
        ['a directory', () => mkdirSync(plan)],
      ];
      for (const [name, make] of kinds) {
        // rmSync does not see a dangling link (Node 24).
        if (lstatSync(plan).isSymbolicLink()) unlinkSync(plan);
        else rmSync(plan, { recursive: true });
        make();
        await t.start();
        const { output } = await t.cd(dir);
        expect(output, name).toMatch(/^bedrockenv: /);
        expect(readFileSync(victim, 'utf8'), name).toBe('mine\n');
        expect(existsSync(canary)).toBe(false);
        await t.cd('/');
        await t.expectOnly(nothing);
        await t.shell.close();
      }
    },
  },
  {
    name: 'values are data: quotes, commands, newlines and escapes are set as they are',
    async run(t) {
      const canary = t.sandbox.at('canary');
      const dir = await t.project('app', keys.text);
      const value = `$(touch ${canary})\`touch ${canary}\` ' " \\ ; touch ${canary} #\n\x1b[31m %d * ~ -n 開 `;
      replacePlan(t, dir, setTo('AWS_REGION', value)(fieldsOf(t, dir)).join('\0'));
      await t.start();
      await t.cd(dir);
      await t.expectVars({ ...keys.vars, AWS_REGION: value });
      expect(existsSync(canary)).toBe(false);
      t.expectLines(await t.run(t.driver.nested()), []);
      await t.cd('/');
      await t.expectOnly(nothing);
      await t.run('exit');
      await t.cd('/');
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'paths in a plan are data',
    async run(t) {
      const canary = t.sandbox.at('canary');
      const dir = await t.project('app', keys.text);
      const hostile = [
        `$(touch ${canary})`,
        `a[$(touch ${canary})]`,
        '-nt',
        ')',
        '!',
        `x; touch ${canary}`,
        '/dev/zero',
      ];
      for (const path of hostile) {
        // The absent candidate above the project, and the folder of the stamps.
        for (const field of [/^\/tmp\/\.bedrockrc$/, /\/stamps\//]) {
          const plan = fieldsOf(t, dir);
          const at = plan.findIndex((text) => field.test(text));
          replacePlan(t, dir, plan.with(at, path).join('\0'));
          await t.start();
          const { output } = await t.cd(dir);
          expect(output).toMatch(keys.line);
          expect(existsSync(canary)).toBe(false);
          await t.cd('/');
          await t.expectOnly(nothing);
          await t.shell.close();
        }
      }
    },
  },
  {
    name: 'a plan that another user owns is not used',
    unless: () => (process.getuid?.() === 0 ? undefined : 'only root can give a file away'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      replacePlan(t, dir, setTo('AWS_REGION', 'evil')(fieldsOf(t, dir)).join('\0'));
      execFileSync('chown', ['65534', planOf(t, dir)]);
      await t.start();
      expect((await t.cd(dir)).output).toMatch(/^bedrockenv: [^\n]*$/);
      expect((await t.vars()).AWS_REGION?.value).not.toBe('evil');
    },
  },
];
