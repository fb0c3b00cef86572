import { expect, it } from 'vitest';
import { shellWords } from '../../src/aws/shell-words.ts';

// Expected values from shlex.split of Python 3.11; null is its ValueError.
it.each([
  ['profile a', ['profile', 'a']],
  [' profile\t\r\n a ', ['profile', 'a']],
  ['profile my\\ dev', ['profile', 'my dev']],
  ['profile de"v x"', ['profile', 'dev x']],
  ['profile \'a\'"b"c', ['profile', 'abc']],
  ['profile ""', ['profile', '']],
  ['"pro file" a', ['pro file', 'a']],
  ['profile #a', ['profile', '#a']],
  ['profile "a\\"b\\\\c\\d"', ['profile', 'a"b\\c\\d']],
  ["profile 'a\\b'", ['profile', 'a\\b']],
  ['profile a\u00a0b', ['profile', 'a\u00a0b']],
  ['profile a"', null],
  ["profile 'a", null],
  ['profile a\\', null],
  ['profile "a\\', null],
  ['', []],
])('%j', (text, words) => {
  expect(shellWords(text)).toEqual(words);
});
