import { expect, test } from 'vitest';
import { promptAfter } from '../src/pty/prompts.ts';

const mark = (shell: string, status: number) => `\x1b]777;testkit;${shell};${status}\x07$ `;
const on = '\x1b[?2004h';
const off = '\x1b[?2004l';

test('bash: editing begins before the prompt', () => {
  const before = `${on}${mark('bash', 0)}`;
  const text = `${before}false\r\n${off}\rout\r\n${on}${mark('bash', 1)}`;
  const found = promptAfter(text, before.length);
  expect(found?.status).toBe(1);
  expect(text.slice(found?.outputFrom, found?.outputTo)).toBe(`\rout\r\n${on}`);
  expect(promptAfter(text.slice(0, -12), before.length)).toBeNull();
});

test('zsh: a prompt counts once editing has begun after it', () => {
  const before = `${mark('zsh', 0)}${on}`;
  const text = `${before}false${off}\r\r\nout\r\n${mark('zsh', 1)}`;
  expect(promptAfter(text, before.length)).toBeNull();
  expect(promptAfter(text + on, before.length)?.status).toBe(1);
});

test('fish: an empty line switches on only; a prompt that is drawn again before it is no new one', () => {
  const before = `${on}${mark('fish', 0)}`;
  expect(promptAfter(`${before}ec${mark('fish', 0)}`, before.length)).toBeNull();
  expect(promptAfter(`${before}\r\n${on}${mark('fish', 4)}`, before.length)?.status).toBe(4);
});

test('fish 4: what it draws of the line between the switch and the command is no output', () => {
  const before = `${on}${mark('fish', 0)}`;
  for (const end of ['\x07', '\x1b\\']) {
    const text = `${before}ec\r${off}ho\r\n\x1b]133;C;cmdline_url=echo${end}out\r\n${on}${mark('fish', 0)}`;
    const found = promptAfter(text, before.length);
    expect(text.slice(found?.outputFrom, found?.outputTo)).toBe(`out\r\n${on}`);
  }
});

test('zsh: the prompt after a key that ended a running command', () => {
  const before = `${mark('zsh', 0)}${on}sleep 9${off}\r\r\n`;
  expect(promptAfter(`${before}^C\r\n${mark('zsh', 130)}${on}`, before.length)?.status).toBe(130);
});
