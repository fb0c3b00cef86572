import { describe, expect, test } from 'vitest';
import { isShown, namedCommands, readSteps } from '../src/pages/read.ts';

describe('the steps of a page', () => {
  test('commands, what they print, how they end, and files', () => {
    const page = [
      'Text, `aws sso login`.',
      '```sh',
      'one',
      'two \\',
      '  more   # exit code 3',
      '```',
      '```console',
      '$ three',
      'printed',
      '$ four # a remark',
      '```',
      '<!-- file: ~/p/.bedrockrc -->',
      '```yaml',
      'model: opus',
      '```',
      '```json',
      '{}',
      '```',
    ];
    const command = { kind: 'command', status: 0, shown: null };
    expect(readSteps(page.join('\n'))).toEqual([
      { ...command, line: 3, text: 'one' },
      { ...command, line: 4, text: 'two more', status: 3 },
      { ...command, line: 8, text: 'three', shown: ['printed'] },
      { ...command, line: 10, text: 'four # a remark' },
      { kind: 'file', line: 13, path: '~/p/.bedrockrc', text: 'model: opus\n' },
    ]);
    expect(() => readSteps('```console\nno command\n```')).toThrow('line 2');
    expect(() => readSteps('```sh\nno end')).toThrow('line 1');
  });

  test('commands in its text', () => {
    expect(namedCommands('`bedrockenv use opus`, `model: x` and\n```sh\naws x\n```\n`aws y`')).toEqual([
      'bedrockenv use opus',
      'aws y',
    ]);
  });

  test.each([
    [['a'], ['a'], true],
    [['a', 'b'], ['a'], false],
    [[], ['a'], false],
    [['session 7h 12m'], ['session …'], true],
    [['a.b'], ['a?b'], false],
    [['a', 'x', 'y', 'b'], ['a', '…', 'b'], true],
    [['a', 'b'], ['a', '…', 'b'], true],
    [['a', 'x'], ['a', '…', 'b'], false],
    [['a', 'x', 'y'], ['a', '…'], true],
  ])('%j is shown as %j: %s', (printed, shown, is) => expect(isShown(printed, shown)).toBe(is));
});
