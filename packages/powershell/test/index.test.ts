import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { powershell } from '../src/index.ts';
import { describePwsh, Sandbox } from './sandbox.ts';

test('a value is a single-quoted string with each of the five single quotes doubled', () => {
  expect(powershell.assign('AWS_PROFILE', `it's`)).toBe(`$env:AWS_PROFILE = 'it''s'`);
  expect(powershell.assign('AWS_PROFILE', '\u2018\u2019\u201a\u201b$(x)`"')).toBe(
    `$env:AWS_PROFILE = '\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b$(x)\`"'`,
  );
  expect(powershell.assign('AWS_PROFILE', '')).toBe(`$env:AWS_PROFILE = ''`);
  expect(powershell.assign('AWS_PROFILE', null)).toBe('Remove-Item -LiteralPath Env:AWS_PROFILE -ErrorAction Ignore');
  expect(() => powershell.assign('AWS_PROFILE', 'a\0b')).toThrow(RangeError);
});

test('the prologue is ASCII, one line for each path', () => {
  const text = powershell.prologue({ node: "C:\\J\u00fcrgen's\\node.exe", cli: '\u958b\nx' });
  expect(text.split('\n')).toEqual([
    "$global:_bedrockenv_node = 'C:\\J' + [char]252 + 'rgen''s\\node.exe'",
    "$global:_bedrockenv_cli = '' + [char]38283 + [char]10 + 'x'",
    '',
  ]);
});

describePwsh('read back by PowerShell', () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  // Everything that ends a string, begins an expression or is lost on the way, and any other text.
  const pieces = [
    "'",
    '"',
    '\u2018',
    '\u2019',
    '\u201a',
    '\u201b',
    '\u201c',
    '\u201d',
    '`',
    '$',
    '$(',
    ')',
    '@"',
    '\n',
  ];
  const others = ['\r', '\r\n', '\t', '\x1b', ';', '#', '{', '}', '\\', '%', ' ', '\u200b', '\ufeff', 'Ω', '開', '😀'];
  const value = fc.oneof(
    fc.array(fc.oneof(fc.constantFrom(...pieces, ...others), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 20,
    }),
  );
  const values = value.map((parts) => parts.join('').replaceAll('\0', ''));

  test('2,000 values are exactly what they were', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`seed ${seed}`);
    const samples = fc.sample(values, { numRuns: 2000, seed });
    const lines = samples.map((sample, i) => powershell.assign(`V${i}`, sample));
    const dump = `[string]::Join([char]0, @(foreach ($i in 0..${samples.length - 1}) { [Environment]::GetEnvironmentVariable("V$i") }))`;
    const { out } = await box.run(`${lines.join('\n')}\n$text = ${dump}\nout $text`, { load: '' });
    expect(String(out[0]).split('\0')).toEqual(samples);
  });

  test('the prologue, through the pipeline that people type', async () => {
    const paths = fc.sample(values, { numRuns: 200, seed: 1 }).filter((path) => path !== '');
    const script = paths.map((path) => `${powershell.prologue({ node: path, cli: 'x' })}out $global:_bedrockenv_node`);
    const { out } = await box.run(
      `Get-Content ${box.home}/p | Out-String | Invoke-Expression`.replace(
        `${box.home}/p`,
        `'${box.write('p', script.join('\n'))}'`,
      ),
      { load: '' },
    );
    expect(out).toEqual(paths);
  });

  test('unsetting is right for what is set, what is not, and under Stop', async () => {
    const unset = powershell.assign('AWS_PROFILE', null);
    const { out } = await box.run(
      `Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $env:AWS_PROFILE = 'x'
${unset}
out (Test-Path Env:AWS_PROFILE)
${unset}
out $Error.Count`,
      { load: '' },
    );
    expect(out).toEqual([false, 0]);
  });
});
