import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fish } from '../src/index.ts';

// From a file: fish does not read a script from the kind of pipe that Node gives its children.
function run(script: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'bedrockenv-fish-'));
  try {
    writeFileSync(join(dir, 'script'), script);
    return execFileSync('fish', ['-N', join(dir, 'script')], {
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: dir },
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test('names its hook file', () => {
  expect(fish.name).toBe('fish');
  expect(existsSync(join(import.meta.dirname, '..', fish.hookFile))).toBe(true);
});

test('2,000 random values read back exactly', () => {
  const seed = Date.now() % 2 ** 31;
  console.log(`seed ${seed}`);
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({
      unit: fc.constantFrom(
        '\\',
        "'",
        '"',
        '$',
        '\n',
        '\r',
        '\t',
        '\u001b',
        '(',
        ')',
        ' ',
        '*',
        '~',
        'x',
        '4',
        '1',
        '\ufdd0',
        '\uf600',
        '\u0085',
      ),
    }),
  );
  const values = fc.sample(text, { seed, numRuns: 2000 }).map((value) => value.replaceAll('\0', ''));
  const script = values.map((value) => `${fish.assign('V', value)}\nprintf '%s\\0' "$V"\n`).join('');
  const back = run(script).split('\0').slice(0, -1);
  expect(back.length).toBe(values.length);
  for (const [i, value] of values.entries()) expect(back[i]).toBe(value);
});

test('exports, unsets, and is one line', () => {
  expect(run(`${fish.assign('V', 'a\nb')}\nenv | grep -c ^V=; ${fish.assign('V', null)}\nset -q V; echo $status`)).toBe(
    '1\n1\n',
  );
  expect(fish.assign('V', 'a\nb')).not.toContain('\n');
  expect(() => fish.assign('V', 'a\0b')).toThrow(RangeError);
});

test('the prologue sets where node and the CLI lie, and exports nothing', () => {
  const at = { node: "/o'dd \\dir/node", cli: '/a\nb/cli.js' };
  const out = run(`${fish.prologue(at)}printf '%s\\0' $_bedrockenv_node $_bedrockenv_cli (env | grep -c ^_bedrockenv)`);
  expect(out.split('\0')).toEqual([at.node, at.cli, '0', '']);
});
