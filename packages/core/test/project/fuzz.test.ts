import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BedrockenvError } from '../../src/errors.ts';
import { mergeLayers, readDirectoryFile, readUserConfig } from '../../src/project/index.ts';
import { bytes } from './bytes.ts';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.log(`fuzz seed ${seed} (run again with SEED=${seed})`);
const options = { seed, numRuns: 500 };

/** No other error, within the time, and nothing that could act on a terminal in what it says. */
function isSafe(read: (bytes: Uint8Array, path: string) => unknown, input: Uint8Array): void {
  const start = performance.now();
  try {
    read(input, '/f');
  } catch (error) {
    expect(error).toBeInstanceOf(BedrockenvError);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  }
  expect(performance.now() - start).toBeLessThan(5000);
}

const sample = `# a comment
use: work
profile: {account: "123456789012", role: Dev}
region: eu-central-1
models: {opus: opus, sonnet: claude-sonnet-5}
prompt_caching: 1h
max_output_tokens: 4096
environments:
  work:
    api_key: {command: [op, read, key]}
`;
const piece = fc.constantFrom(
  ...[
    '\n',
    ' ',
    '\t',
    ':',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!!str ',
    '<<: ',
    '? ',
    '|',
    '>',
    '"',
    "'",
    '#',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\\x1b',
    '\u202e',
    '\x1b[0m',
    '__proto__: 1\n',
    'region: ',
    'root: true\n',
    '~',
    '0x',
    '1e999',
  ],
);
const mutated = fc
  .array(fc.tuple(fc.nat(sample.length), fc.nat(6), piece), { minLength: 1, maxLength: 6 })
  .map((edits) => edits.reduce((text, [at, cut, add]) => text.slice(0, at) + add + text.slice(at + cut), sample));

describe.each([
  ['directory file', readDirectoryFile],
  ['user config', readUserConfig],
] as const)('%s', (_, read) => {
  test('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => isSafe(read, input)),
      options,
    );
  });
  test('pieces of YAML', () => {
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 });
    fc.assert(
      fc.property(text, (parts) => isSafe(read, bytes(parts.join('')))),
      options,
    );
  });
  test('mutated documents', () => {
    fc.assert(
      fc.property(mutated, (text) => isSafe(read, bytes(text))),
      options,
    );
  });
});

describe('the largest file there may be, of one kind of text', () => {
  test.each([
    '[',
    '{',
    '{a: ',
    '- ',
    '? ',
    '&a ',
    '!a ',
    'a:\n',
    '"',
    '- - ',
    '*a ',
    '[a,',
    '\n',
    '#',
    '|\n ',
    '---\n',
    '%a\n',
  ])('64 KiB of %j', (unit) => isSafe(readDirectoryFile, bytes(unit.repeat(65_536 / unit.length))));
  test('64 KiB of different keys', () => {
    isSafe(readDirectoryFile, bytes(Array.from({ length: 9000 }, (_value, i) => `k${i}:\n`).join('')));
  });
});

test('what is read can be merged', () => {
  fc.assert(
    fc.property(mutated, (text) => {
      try {
        const file = readDirectoryFile(bytes(text), '/f');
        mergeLayers({ directoryFiles: [{ path: '/f', file }], userConfig: null });
      } catch (error) {
        expect(error).toBeInstanceOf(BedrockenvError);
      }
    }),
    options,
  );
});
