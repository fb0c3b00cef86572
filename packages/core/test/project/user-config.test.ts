import { describe, expect, test } from 'vitest';
import { readUserConfig } from '../../src/project/index.ts';
import { bytes, problemsOf } from './bytes.ts';

const read = (text: string) => readUserConfig(bytes(text), '/p/config.yaml');

test('nothing, or blocks without keys', () => {
  const empty = { default: {}, environments: new Map(), top: {} };
  expect(read('')).toEqual(empty);
  expect(read('default:\nenvironments:\n')).toEqual(empty);
  expect(read('environments: {work: }')).toEqual({ ...empty, environments: new Map([['work', {}]]) });
});

test('all three parts', () => {
  const config = read(
    'default: {use: work, login: ask}\nenvironments:\n  work:\n    api_key: {keyring: bedrock}\nnotices: quiet\naliases: {fast: haiku}\n',
  );
  expect(config.default.use?.value).toBe('work');
  expect(config.default.login?.value).toBe('ask');
  expect(config.environments.get('work')?.api_key).toEqual({
    value: { keyring: 'bedrock' },
    line: 4,
    column: 5,
    lines: { keyring: 4 },
  });
  expect(config.top.notices?.value).toBe('quiet');
  expect(config.top.aliases?.value).toEqual({ fast: 'haiku' });
});

describe('places', () => {
  test.each([
    [
      'a setting at the top',
      'region: eu-west-1',
      'misplaced-key 1:1 region may not stand at the top level of the user config; it belongs in a directory file or under default: or in an environment',
    ],
    [
      'use in an environment',
      'environments: {a: {use: b}}',
      'misplaced-key 1:20 use may not stand in an environment; it belongs in a directory file or under default:',
    ],
    [
      'root in default',
      'default: {root: true}',
      'misplaced-key 1:11 root may not stand under default:; it belongs in a directory file',
    ],
    [
      'a misspelt block',
      'defualt: {}',
      'unknown-key 1:1 unknown key "defualt" at the top level of the user config; the keys there are default, environments, notices, aliases → did you mean default?',
    ],
    [
      'a variable',
      'default: {AWS_PROFILE: x}',
      'unknown-key 1:11 AWS_PROFILE is an environment variable; it is set with the key profile → write profile: instead',
    ],
    ['no mapping', 'default: x', 'not-a-mapping 1:10 default: expected keys with values, found text'],
  ])('%s', (_, text, expected) => expect(problemsOf(() => read(text))).toEqual([expected]));
});

describe('values, never quoted where they may be secret', () => {
  test.each([
    [
      'api_key: ABSKsecret',
      'wrong-value 1:20 api_key: expected a mapping with one of env, file, command, keyring, found text',
    ],
    ['api_key: {}', 'wrong-value 1:20 api_key: expected one of env, file, command, keyring, found an empty mapping'],
    [
      'api_key: {env: A, keyring: b}',
      'wrong-value 1:20 api_key: expected only one of env, file, command, keyring, found a mapping',
    ],
    [
      'api_key: {comand: [a]}',
      'unknown-key 1:21 api_key.comand is no key of api_key: env, file, command, keyring → did you mean command?',
    ],
    [
      'api_key: {command: []}',
      'wrong-value 1:30 api_key.command: expected a list: the program and its arguments, found an empty list',
    ],
    [
      'api_key: {command: ["", a]}',
      'wrong-value 1:30 api_key.command: expected a list: the program and its arguments, found a list',
    ],
    [
      'api_key: {file: key.txt}',
      'wrong-value 1:27 api_key.file: expected an absolute path, or one that begins with ~/, found text',
    ],
    ['api_key: {env: 1A}', 'wrong-value 1:26 api_key.env: expected the name of an environment variable, found text'],
    [
      'base_url: https://user:pass@host',
      'wrong-value 1:21 base_url: expected an http or https URL without a user name and password, found text',
    ],
    ['login: never', 'wrong-value 1:18 login: expected one of auto, ask, notify, off, found "never"'],
  ])('%s', (text, expected) => expect(problemsOf(() => read(`default: {${text}}`))).toEqual([expected]));

  test('an alias with a space in its name', () => {
    expect(problemsOf(() => read('aliases: {"a b": opus}'))).toEqual([
      'wrong-value 1:11 aliases: expected a name of letters, digits, dots and hyphens, found "a b"',
    ]);
  });
});
