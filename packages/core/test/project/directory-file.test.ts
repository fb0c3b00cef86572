import { describe, expect, test } from 'vitest';
import { readDirectoryFile } from '../../src/project/index.ts';
import { bytes, problemsOf } from './bytes.ts';

const read = (text: string) => readDirectoryFile(bytes(text), '/p/.bedrockrc');
const values = (text: string) =>
  Object.fromEntries(Object.entries(read(text).layer).map(([key, positioned]) => [key, positioned.value]));

describe('what a directory file may say', () => {
  test.each([
    ['nothing', '', {}],
    ['only comments', '# yaml-language-server: $schema=x\n\n', {}],
    ['a document marker', '---\nmodel: opus\n...\n', { model: 'opus' }],
    ['a byte order mark', '\ufeffmodel: opus\n', { model: 'opus' }],
    ['Windows line ends', 'model: opus\r\nregion: eu-west-1\r\n', { model: 'opus', region: 'eu-west-1' }],
    ['a profile by name', 'profile: corp dev', { profile: 'corp dev' }],
    [
      'a profile by account and role',
      'profile: {account: "012345678901", role: Dev, session: corp}',
      { profile: { account: '012345678901', role: 'Dev', session: 'corp' } },
    ],
    [
      'an unquoted account that loses nothing',
      'profile: {account: 123456789012, role: Dev}',
      { profile: { account: '123456789012', role: 'Dev' } },
    ],
    ['some pins', 'models: {opus: claude-opus-5, haiku: haiku}', { models: { opus: 'claude-opus-5', haiku: 'haiku' } }],
    ['caching on', 'prompt_caching: true', { prompt_caching: true }],
    ['caching off, in quotes', 'prompt_caching: "false"', { prompt_caching: false }],
    ['caching for an hour', 'prompt_caching: 1h', { prompt_caching: '1h' }],
    ['numbers', 'max_output_tokens: 4096\nmax_thinking_tokens: 0', { max_output_tokens: 4096, max_thinking_tokens: 0 }],
    ['numbers in quotes', 'max_output_tokens: "4096"', { max_output_tokens: 4096 }],
    ['a region that is new', 'region: eu-west-9', { region: 'eu-west-9' }],
    [
      'everything',
      'use: work\nrouting: us-gov\nsmall_model: haiku\nsmall_model_region: us-east-1\neffort: xhigh\nservice_tier: flex\nroot: true',
      {
        use: 'work',
        routing: 'us-gov',
        small_model: 'haiku',
        small_model_region: 'us-east-1',
        effort: 'xhigh',
        service_tier: 'flex',
        root: true,
      },
    ],
  ])('%s', (_, text, expected) => expect(values(text)).toEqual(expected));

  test('values have positions, and mappings the lines of their keys', () => {
    expect(read('# first\nmodel: opus\nmodels:\n  opus: opus\n  haiku: haiku\n').layer).toEqual({
      model: { value: 'opus', line: 2, column: 1 },
      models: { value: { opus: 'opus', haiku: 'haiku' }, line: 3, column: 1, lines: { opus: 4, haiku: 5 } },
    });
  });
});

describe('what is wrong is said with its place, the expectation and the nearest right word', () => {
  const keys =
    'use, profile, region, routing, model, models, small_model, small_model_region, prompt_caching, max_output_tokens, max_thinking_tokens, effort, service_tier, root';
  test.each([
    ['a list', '- a', ['not-a-mapping 1:1 expected keys with values (region: eu-central-1), found a list']],
    ['a word', 'opus', ['not-a-mapping 1:1 expected keys with values (region: eu-central-1), found "opus"']],
    [
      'a misspelt key',
      'model: opus\nregoin: eu-west-1',
      [`unknown-key 2:1 unknown key "regoin" in a directory file; the keys there are ${keys} → did you mean region?`],
    ],
    [
      'a key twice',
      'model: opus\nmodel: opus',
      ['duplicate-key 2:1 model is here for the second time; the first is on line 1 → remove one of them'],
    ],
    [
      'a key twice in a mapping',
      'models:\n  opus: opus\n  opus: opus',
      ['duplicate-key 3:3 opus is here for the second time; the first is on line 2 → remove one of them'],
    ],
    [
      'a misspelt routing',
      'routing: gloabl',
      [
        'wrong-value 1:10 routing: expected one of geo, global, us, eu, jp, au, apac, us-gov, found "gloabl" → did you mean global?',
      ],
    ],
    [
      'no region',
      'region: eu_central_1',
      [
        'wrong-value 1:9 region: expected an AWS region such as eu-central-1, found "eu_central_1" → did you mean eu-central-1?',
      ],
    ],
    ['no value', 'region:', ['wrong-value 1:8 region: expected an AWS region such as eu-central-1, found nothing']],
    [
      'a number for a profile',
      'profile: 2024',
      [
        'wrong-value 1:10 profile: expected the name of a profile, or a mapping with account, role and session, found 2024 → put it in quotes: "2024"',
      ],
    ],
    [
      'an account that lost its zero',
      'profile:\n  account: 012345678901\n  role: Dev',
      [
        'wrong-value 2:12 profile.account: expected an account number of 12 digits in quotes, such as "123456789012", found 012345678901',
      ],
    ],
    [
      'half a profile, misspelt',
      'profile: {account: "123456789012", roles: Dev}',
      [
        'missing-key 1:10 profile lacks role → add profile.role',
        'unknown-key 1:36 profile.roles is no key of profile: account, role, session → did you mean role?',
      ],
    ],
    [
      'an unknown tier',
      'models: {opuss: opus}',
      ['unknown-key 1:10 models.opuss is no key of models: opus, sonnet, haiku → did you mean opus?'],
    ],
    [
      'a name that every object has',
      'models: {toString: opus}',
      ['unknown-key 1:10 toString cannot be used as a name'],
    ],
    [
      'too small a number',
      'max_output_tokens: 0',
      ['wrong-value 1:20 max_output_tokens: expected a whole number from 1 to 1000000, found 0'],
    ],
    [
      'a fraction',
      'max_thinking_tokens: 1.5',
      ['wrong-value 1:22 max_thinking_tokens: expected a whole number from 0 to 1000000, found 1.5'],
    ],
    ['half a truth', 'root: yes', ['wrong-value 1:7 root: expected true or false, found "yes"']],
    [
      'no effort',
      'effort: hihgh',
      [
        'wrong-value 1:9 effort: expected one of low, medium, high, xhigh, max, auto, found "hihgh" → did you mean high?',
      ],
    ],
    ['a control character', 'profile: "a\\x1b[31mb"', ['control-character 1:10 the value has a control character']],
    ['half a surrogate pair', 'profile: "\\ud800"', ['control-character 1:10 the value has a control character']],
    ['an anchor', 'model: &a opus', ['yaml-feature 1:11 anchors (&name) are not taken: write the value out']],
    ['an alias', 'model: *a', ['yaml-feature 1:8 aliases (*name) are not taken: write the value out']],
    ['a tag', 'model: !!str opus', ['yaml-feature 1:14 tags (!name) are not taken']],
    ['a merge key', '<<: {model: opus}', ['yaml-feature 1:1 merge keys (<<) are not taken: write the keys out']],
    [
      'a directive',
      '%YAML 1.1\n---\nroot: yes',
      [
        'yaml-feature 1:1 directives (%YAML, %TAG) are not taken',
        'wrong-value 3:7 root: expected true or false, found "yes"',
      ],
    ],
    [
      'two documents',
      'model: opus\n---\nmodel: haiku',
      ['several-documents 2:1 a second document begins here; the file must be one'],
    ],
    [
      'broken YAML',
      'model: opus\n  region: x',
      ['yaml-syntax 1:8 not valid YAML: Nested mappings are not allowed in compact mappings'],
    ],
    [
      'endless nesting',
      '['.repeat(60_000),
      [expect.stringMatching(/^yaml-syntax 1:\d+ not valid YAML: it is nested too deeply$/)],
    ],
    ['a NUL byte', 'model: o\0', ['nul-byte  the file has a NUL byte, at offset 8; it must be text']],
    ['too large a file', `#${' '.repeat(65_536)}`, ['too-large  the file has 65537 bytes; at most 65536 are read']],
  ])('%s', (_, text, expected) => expect(problemsOf(() => read(text))).toEqual(expected));

  test('bytes that are not UTF-8', () => {
    const latin1 = Uint8Array.from([0x6d, 0x3a, 0x20, 0xe9]);
    expect(problemsOf(() => readDirectoryFile(latin1, '/p/.bedrockrc'))).toEqual([
      'not-utf8  the file is not valid UTF-8',
    ]);
  });

  test('all problems at once, in the order of the file', () => {
    const found = problemsOf(() => read('modle: opus\nregion: 5\napi_key: x\nroot: no'));
    expect(found.map((line) => line.split(' ', 2).join(' '))).toEqual([
      'unknown-key 1:1',
      'wrong-value 2:9',
      'refused-key 3:1',
      'wrong-value 4:7',
    ]);
  });
});

describe('what is refused in a directory file, even an approved one', () => {
  const user = 'it belongs under default: or in an environment of the user config';
  const top = 'it belongs at the top level of the user config';
  const remove = 'remove it from this file';
  test.each([
    ['base_url', user],
    ['api_key', user],
    ['login', user],
    ['login_flow', user],
    ['scope', user],
    ['endpoints', `${user}, as base_url`],
    ['headers', 'a file that comes with a project decides neither headers nor commands nor other variables'],
    ['commands', 'a file that comes with a project decides neither headers nor commands nor other variables'],
    ['credentials', 'credentials belong in ~/.aws/config, under a profile that is named here'],
    ['notices', top],
    ['aliases', top],
    ['environments', top],
    ['default', top],
  ])('%s', (key, belongs) => {
    expect(problemsOf(() => read(`${key}: SECRET`))).toEqual([
      `refused-key 1:1 ${key} may not stand in a directory file; ${belongs} → ${remove}`,
    ]);
  });

  test.each([
    ['AWS_REGION', 'it is set with the key region → write region: instead'],
    ['aws_default_profile', 'it is set with the key profile → write profile: instead'],
    ['ANTHROPIC_MODEL', 'it is set with the key model → write model: instead'],
    ['MAX_THINKING_TOKENS', 'it is set with the key max_thinking_tokens → write max_thinking_tokens: instead'],
    ['ANTHROPIC_BEDROCK_BASE_URL', `it is set with the key base_url: ${user} → ${remove}`],
  ])('%s', (key, rest) => {
    expect(problemsOf(() => read(`${key}: SECRET`))).toEqual([
      `refused-key 1:1 ${key} is an environment variable; ${rest}`,
    ]);
  });

  test('AWS_SECRET_ACCESS_KEY, without a word of its value', () => {
    expect(problemsOf(() => read('AWS_SECRET_ACCESS_KEY: SECRET'))).toEqual([
      `refused-key 1:1 AWS_SECRET_ACCESS_KEY is an environment variable and may not stand in a directory file; credentials belong in ~/.aws/config, under a profile that is named here → ${remove}`,
    ]);
  });
});
