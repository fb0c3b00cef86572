import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { BedrockenvError } from '../../src/errors.ts';
import {
  keys,
  type Place,
  readDirectoryFile,
  readUserConfig,
  schemaJson,
  schemaNames,
} from '../../src/project/index.ts';
import { bytes } from './bytes.ts';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Strict: an unknown keyword, or one that can never apply, is an error too. */
const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: true, allErrors: true });

const readers = { bedrockrc: readDirectoryFile, config: readUserConfig } as const;

const validators = new Map(schemaNames.map((name) => [name, ajv.compile(schemaJson(name))]));

/** What the editor says of a text, and what our own reader says of it. */
function verdicts(name: keyof typeof readers, text: string): { editor: boolean; reader: boolean } {
  const editor = validators.get(name)?.(parse(text)) ?? false;
  try {
    readers[name](bytes(text), '/f');
    return { editor, reader: true };
  } catch (error) {
    expect(error).toBeInstanceOf(BedrockenvError);
    return { editor, reader: false };
  }
}

test.each(schemaNames)('the schema of %s is one that a strict validator takes', (name) => {
  expect(ajv.validateSchema(schemaJson(name))).toBe(true);
  expect(validators.has(name)).toBe(true);
});

describe('good files, and bad ones', () => {
  test.each([
    ['bedrockrc', true, ''],
    ['bedrockrc', true, 'profile: corp-dev\nregion: eu-central-1\nmodel: sonnet\n'],
    ['bedrockrc', true, 'profile: {account: "123456789012", role: Dev, session: corp}\nroot: true\n'],
    ['bedrockrc', true, 'profile: {account: 123456789012, role: Dev}\nprompt_caching: 1h\n'],
    ['bedrockrc', true, 'models: {opus: opus, haiku: haiku}\nmax_output_tokens: "4096"\n'],
    ['bedrockrc', false, 'profil: corp-dev\n'],
    ['bedrockrc', false, 'region: Frankfurt\n'],
    ['bedrockrc', false, 'profile: {role: Dev}\n'],
    ['bedrockrc', false, 'models: {opus: opus, gpt: x}\n'],
    ['bedrockrc', false, 'login: auto\n'],
    ['bedrockrc', false, 'base_url: https://gateway.example\n'],
    ['bedrockrc', false, 'max_output_tokens: 0\n'],
    ['bedrockrc', false, 'effort: hihg\n'],
    ['bedrockrc', false, '- profile\n'],
    ['config', true, 'default:\nenvironments:\n  work:\n    scope: claude\n'],
    ['config', true, 'default: {api_key: {env: CORP_KEY}}\nnotices: quiet\naliases: {fast: claude-haiku-4-5}\n'],
    ['config', false, 'region: eu-central-1\n'],
    ['config', false, 'default: {root: true}\n'],
    ['config', false, 'default: {api_key: {env: A, file: /b}}\n'],
    ['config', false, 'default: {api_key: {}}\n'],
    ['config', false, 'default: {base_url: "https://user:password@gateway.example"}\n'],
    ['config', false, 'environments: {work: {notices: quiet}}\n'],
    ['config', false, 'aliases: {"a b": opus}\n'],
    ['config', false, 'aliases: [opus]\n'],
    ['bedrockrc', false, 'models: []\n'],
  ] as const)('%s, %s: %j', (name, isGood, text) => {
    expect(verdicts(name, text)).toEqual({ editor: isGood, reader: isGood });
  });
});

/** Values that are right for some key, or nearly so. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      'corp-dev',
      'a b',
      '',
      ' ',
      'eu-central-1',
      'EU-central-1',
      'geo',
      'us-gov',
      'sonnet',
      'claude-sonnet-5',
      'a=b',
    ],
    ...[
      '1h',
      'true',
      'false',
      'high',
      'xhigh',
      'priority',
      'auto',
      'device',
      'claude',
      'quiet',
      'on',
      '4096',
      '-1',
      '1e3',
    ],
    ...['https://x.example/a?b#c', 'http://u@x', 'ftp://x', '~/key', 'key', 'C:\\key', '123456789012', '012345678901'],
    ...[true, false, 0, 1, 4096, 1_000_000, 1_000_001, 1.5, -1, 1e11, 123456789012, 1e12, null],
    ...[[], ['op'], [1], {}, { account: '123456789012', role: 'Dev' }, { account: 1, role: 'Dev' }, { role: 'Dev' }],
    ...[{ opus: 'opus' }, { opus: '' }, { gpt: 'x' }, { env: 'A' }, { env: 'A-B' }, { file: '/k' }, { file: 'k' }],
    ...[{ command: ['op', 'read'] }, { command: [] }, { command: 'op' }, { keyring: 'k' }, { env: 'A', keyring: 'k' }],
    ...[
      { account: '123456789012', role: 'Dev', session: '' },
      { account: '123456789012', role: 'a b' },
      { fast: 'opus' },
    ],
  ),
  fc.string({ maxLength: 6 }).filter((text) => !/[\p{C}\u2028\u2029]/u.test(text)),
);

function block(place: Place): fc.Arbitrary<object> {
  const names = keys.map(({ name }) => name);
  const here = keys.filter(({ where }) => where.includes(place)).map(({ name }) => name);
  const key = fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...here) }, fc.constantFrom(...names, 'profil'));
  return fc.dictionary(key, value, { maxKeys: 2 });
}

const documents = {
  bedrockrc: block('directory'),
  config: fc
    .tuple(block('top'), fc.option(block('default')), fc.option(block('environment')))
    .map(([top, outer, work]) => ({ ...top, default: outer, environments: { work } })),
};

test.each(['bedrockrc', 'config'] as const)('editor and reader agree on %s', (name) => {
  fc.assert(
    fc.property(documents[name], (document) => {
      const text = JSON.stringify(document);
      const { editor, reader } = verdicts(name, text);
      expect(`${text} ${editor}`).toBe(`${text} ${reader}`);
    }),
    { seed, numRuns: 1000 },
  );
});
