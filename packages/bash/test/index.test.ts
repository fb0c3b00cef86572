import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bash } from '../src/index.ts';
import { shell } from './sandbox.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

// Everything that may stand in a variable: no NUL, no half of a surrogate pair.
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '"',
      '\\',
      '$',
      '`',
      '\n',
      '\r',
      '\t',
      '\x1b',
      '!',
      ' ',
      '0',
      'x',
      '\x7f',
      '\u009b',
      '\u202e',
    ),
  }),
);
const clean = (text: string): string => text.replaceAll('\0', '');

describe('assign', () => {
  it(`reads back exactly in bash, in any locale, one line each (seed ${seed})`, () => {
    const values = fc.sample(value.map(clean), { numRuns: 2000, seed });
    for (const locale of ['C', 'C.UTF-8']) {
      const script = values.map((text) => `${bash.assign('V', text)}\nprintf '%s\\0' "$V"\n`).join('');
      const read = execFileSync(shell, ['--norc'], { input: script, env: { LC_ALL: locale }, maxBuffer: 1 << 26 });
      expect(read.toString('utf8').split('\0').slice(0, -1)).toEqual(values);
    }
  });

  it('has nothing in it that a terminal acts upon', () => {
    fc.assert(
      fc.property(value.map(clean), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(bash.assign('V', text)).not.toMatch(/[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
      { seed },
    );
  });

  it('unsets', () => {
    expect(bash.assign('V', null)).toBe('unset V');
    expect(bash.assign('V', "it's")).toBe("export V='it'\\''s'");
  });
});

it('prologue gives the paths of node and the CLI', () => {
  const at = { node: "/o'dd/node\n", cli: '/cli $(x)' };
  const script = `${bash.prologue(at)}printf '%s\\0' "$_bedrockenv_node" "$_bedrockenv_cli"`;
  expect(execFileSync(shell, ['--norc', '-c', script], { encoding: 'utf8' }).split('\0')).toEqual([
    at.node,
    at.cli,
    '',
  ]);
});
