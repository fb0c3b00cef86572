import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { keys, nothing } from './projects.ts';

/** A restore record as the hook writes it: version, generation, root, four fields per variable. */
const record = (...variables: string[][]): string =>
  ['1', '0123456789abcdef', '/root', ...variables.flat()].join('\x1f');

/** Records that must do nothing at all; `canary` is a file that none of them may make. */
const hostile: [name: string, make: (canary: string) => string][] = [
  ['PATH', () => record(['PATH', '', 'x', '/evil'])],
  ['LD_PRELOAD', () => record(['LD_PRELOAD', '', 'x', '/evil.so'])],
  ['EVIL', () => record(['EVIL', '', 'x', 'evil'])],
  ['an own name that is not listed', () => record(['BEDROCKENV_DISABLE', '', 'x', '1'])],
  ['a subscript with a command', (canary) => record([`a[$(touch ${canary})]`, '', 'x', 'v'])],
  ['a subscript of a listed name', (canary) => record([`AWS_PROFILE[$(touch ${canary})]`, '', 'x', 'v'])],
  ['a name with an assignment', (canary) => record([`AWS_PROFILE=$(touch ${canary})`, '', 'x', 'v'])],
  ['a name with a flag', () => record(['-p', '', 'x', 'v'])],
  ['an empty name', () => record(['', '', 'x', 'v'])],
  ['a listed name with a newline', () => record(['AWS_PROFILE\nEVIL', '', 'x', 'v'])],
  ['another version', () => record(['AWS_REGION', '', 'x', 'evil']).replace(/^1/, '2')],
  ['version 01', () => `0${record(['AWS_REGION', '', 'x', 'evil'])}`],
  ['an unknown kind', () => record(['AWS_REGION', '', 'z', 'evil'])],
  ['a value of ours without =', () => record(['AWS_REGION', 'evil', 'x', 'evil'])],
  ['a field too few', () => record(['AWS_REGION', '', 'x'])],
  ['a field too many', () => record(['AWS_REGION', '', 'x', 'evil', 'more'])],
  ['a bad entry after a good one', () => record(['AWS_REGION', '', 'x', 'evil'], ['PATH', '', 'x', '/evil'])],
  ['only the head', () => '1'],
  ['garbage', () => '\x01\x02\x7f$(x)`x`\\%%%\x1f\x1f\x1f\x1b[31m開'],
  ['separators only', () => '\x1f'.repeat(1000)],
  ['120 KB of a listed name', () => record(...Array.from({ length: 6000 }, () => ['AWS_PROFILE', 'x', '', '']))],
  ['120 KB', () => '1\x1f'.padEnd(120_000, 'x')],
];

/** A line that prints what no record may set, PATH as fish prints lists. */
function showVariables({ driver }: Stage): string {
  const [evil, preload, path] = ['EVIL', 'LD_PRELOAD', 'PATH'].map((name) => driver.variable(name));
  return `echo "[${evil}][${preload}]${path}" | tr " " ":"`;
}

async function expectUntouched(t: Stage, canary: string): Promise<void> {
  expect(existsSync(canary)).toBe(false);
  await t.expectOnly(nothing);
  const { output } = await t.run(showVariables(t));
  expect(output).toBe(`[][]${t.sandbox.env.PATH}`);
}

export const hostileState: Scenario[] = [
  ...hostile.map(
    ([name, make]): Scenario => ({
      name: `an inherited record with ${name}: dropped, nothing is done`,
      async run(t) {
        const dir = await t.project('app', keys.text);
        const canary = t.sandbox.at('canary');
        const shell = await t.start({ env: { BEDROCKENV_STATE: make(canary) } });
        expect(await shell.screen()).toBe('$ ');
        await expectUntouched(t, canary);
        t.expectLines(await t.cd(dir), [keys.line]);
        await t.expectVars(keys.vars);
        await t.cd('/');
        await expectUntouched(t, canary);
      },
    }),
  ),
  {
    name: 'a record that is replaced while the shell runs, by 1 MB and by hostile ones',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const canary = t.sandbox.at('canary');
      await t.start();
      await t.cd(dir);
      for (const text of ['x'.repeat(1_000_000), ...hostile.slice(0, 6).map(([, make]) => make(canary))]) {
        const file = t.sandbox.write('record', text);
        const load = t.driver.exportFile('BEDROCKENV_STATE', file);
        t.expectLines(await t.run(load), []);
        t.expectLines(await t.cd('/'), []);
        expect(existsSync(canary)).toBe(false);
        await t.expectVars({ BEDROCKENV_STATE: null });
        expect((await t.run(showVariables(t))).output).toBe(`[][]${t.sandbox.env.PATH}`);
        // The record is lost, so our values stay behind; take them away by hand.
        for (const name of Object.keys(keys.vars)) await t.run(t.driver.unset(name));
        await t.cd(dir);
        await t.expectVars(keys.vars);
      }
    },
  },
  {
    name: 'previous values are data: quotes, commands, newlines and escapes come back as they are',
    async run(t) {
      const canary = t.sandbox.at('canary');
      const value = `$(touch ${canary}) \`touch ${canary}\` ' " \\ ; touch ${canary}\n\x1b[31m%d 開 -n`;
      await t.start({
        env: {
          AWS_REGION: 'ours',
          BEDROCKENV_STATE: record(['AWS_REGION', '=ours', 'x', value], ['AWS_PROFILE', '', 'x', value]),
        },
      });
      expect(existsSync(canary)).toBe(false);
      await t.expectOnly({ AWS_REGION: value, AWS_PROFILE: value });
    },
  },
  {
    name: 'percent signs and separators in a record are decoded once',
    async run(t) {
      const state = record(['AWS_REGION', '=a%1Fb%25', 'x', '%251F %1F %2525']);
      await t.start({ env: { AWS_REGION: 'a\x1fb%', BEDROCKENV_STATE: state } });
      await t.expectOnly({ AWS_REGION: '%1F \x1f %25' });
    },
  },
];
