import { expect, test } from 'vitest';
import { complaints } from '../src/stage/complaints.ts';

test.each([
  '_bedrockenv_precmd:12: bad substitution',
  '/home/u/.config/bedrockenv/hook.bash: line 33: x: unbound variable',
  'bash: /r/packages/bash/bedrockenv.bash: line 3: syntax error',
  '~/.config/bedrockenv/hook.fish (line 12): Unknown command',
  "in function '_bedrockenv_enter' with arguments '/x'",
  '    at Object.<anonymous> (/r/dist/main.js:3:14)',
  '    at node:internal/main/run_main:1:2',
])('%s', (line) => {
  expect(complaints(`before\r\n${line}\r\nafter\n`)).toEqual([line]);
});

test('what bedrockenv says on purpose is no complaint', () => {
  const lines = ['bedrockenv: /p/.bedrockrc:4:1: unknown key', 'bedrockenv: keys · eu-central-1', '$ echo at 3:14'];
  expect(complaints(lines.join('\r\n'))).toEqual([]);
});
