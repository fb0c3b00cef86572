import { expect, test } from 'vitest';
import { printable, printableJson } from '../src/display.ts';

// Unicode, PropList.txt: Bidi_Control.
const bidi = [0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069];
const controls = Array.from({ length: 0xa0 }, (_, code) => code).filter((code) => code < 0x20 || code > 0x7e);
const each = [...controls, ...bidi].map((code) => String.fromCodePoint(code));

test.each(each)('%j is shown by its number', (character) => {
  expect(printable(`a${character}b`)).toMatch(/^a\\(x[0-9a-f]{2}|u[0-9a-f]{4})b$/);
  const json = printableJson({ [character]: character });
  expect(printable(json)).toBe(json);
  expect(JSON.parse(json)).toEqual({ [character]: character });
});

test('all else stays as it is, and an indent of JSON too', () => {
  const text = 'naïve 開発 ·’ \u{1f600}\u200b\u00a0';
  expect(printable(text)).toBe(text);
  expect(printableJson([text], 1)).toBe(`[\n "${text}"\n]`);
});
