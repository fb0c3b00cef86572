import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { zsh } from '../src/index.ts';
import { hook } from './place.ts';

const text = readFileSync(hook, 'utf8');

test('what `eval` gets is read with the options that a file is read with', () => {
  const wrapped = zsh.wrap?.(text) ?? '';
  const options = text.match(/'builtin' 'emulate' 'zsh'[^']*(?:'-o' '\w+'[^']*)+'-c'/)?.[0] ?? 'none';
  expect(options).toContain("'no_aliases'");
  expect(wrapped.split(options)).toHaveLength(3);
});

test('a hook without them is refused', () => {
  expect(() => zsh.wrap?.('# The rest.\n')).toThrow('emulate -c');
});
