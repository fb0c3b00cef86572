import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  baseEnvironment,
  decodeRecord,
  encodeRecord,
  type RestoreRecord,
  variableNames,
  withheldName,
} from '../../src/plan/index.ts';

const value = fc.string({ unit: fc.constantFrom('%', '\x1f', '1', 'F', '2', '5', 'a', '\n', '開') });

const records: fc.Arbitrary<RestoreRecord> = fc.record({
  generation: fc.stringMatching(/^[0-9a-f]{16}$/),
  root: value,
  entries: fc.array(
    fc.record({
      name: fc.constantFrom(...variableNames),
      ours: fc.oneof(fc.record({ value: fc.option(value) }), fc.constant('secret' as const)),
      previous: fc.oneof(
        fc.constant({ how: 'unset' as const }),
        fc.record({ how: fc.constantFrom('exported' as const, 'local' as const), value: fc.option(value) }),
      ),
    }),
    { maxLength: 20 },
  ),
});

const secret = 'AWS_BEARER_TOKEN_BEDROCK';
const state = (...fields: string[]): string => ['1', '0123456789abcdef', '/p', ...fields].join('\x1f');

describe('the restore record', () => {
  test('reads back as it was written, separators and escapes included', () => {
    fc.assert(
      fc.property(records, (record) => {
        const entries = record.entries.map((entry) =>
          entry.name !== secret
            ? entry
            : {
                ...entry,
                ours: 'secret',
                previous: entry.previous.how === 'unset' ? entry.previous : { ...entry.previous, value: null },
              },
        );
        expect(decodeRecord(encodeRecord(record))).toEqual({ ...record, entries });
      }),
    );
  });

  test('never holds a secret, ours or the previous one', () => {
    for (const how of ['exported', 'local'] as const) {
      const previous = { how, value: 'THE-KEY' };
      const text = encodeRecord({
        generation: '0123456789abcdef',
        root: '/p',
        entries: [{ name: secret, ours: { value: 'THE-KEY' }, previous }],
      });
      expect(text).toBe(state(secret, '*', how === 'exported' ? 'X' : 'L', ''));
    }
  });

  test.each([
    ['another version', '2\x1fg\x1f/p'],
    ['a name outside the closed list', state('PATH', '=x', 'u', '')],
    ['a name with a subscript', state('a[$(id)]', '=x', 'u', '')],
    ['an unknown way of having been', state('AWS_REGION', '=x', 'z', '')],
    ['a value without its sign', state('AWS_REGION', 'x', 'u', '')],
    ['a field too few', state('AWS_REGION', '=x', 'u')],
    ['nothing', ''],
  ])('with %s is void', (_, text) => expect(decodeRecord(text)).toBeNull());
});

describe('the base environment', () => {
  test('puts back what still has our value', () => {
    const env = {
      HOME: '/h',
      AWS_PROFILE: 'ours',
      AWS_REGION: 'ours',
      ANTHROPIC_MODEL: 'ours',
      BEDROCKENV_STATE: state(
        ...['AWS_PROFILE', '=ours', 'x', 'before'],
        ...['AWS_REGION', '=ours', 'u', ''],
        ...['ANTHROPIC_MODEL', '=ours', 'l', 'shell-local, so unknown to programs'],
      ),
    };
    expect(baseEnvironment(env)).toEqual({ HOME: '/h', AWS_PROFILE: 'before' });
  });

  test('keeps what was changed or unset by hand', () => {
    const record = state('AWS_PROFILE', '=ours', 'x', 'before', 'AWS_REGION', '=ours', 'x', 'before');
    expect(baseEnvironment({ AWS_PROFILE: 'by hand', BEDROCKENV_STATE: record })).toEqual({ AWS_PROFILE: 'by hand' });
  });

  test('takes a secret of ours away without having recorded it', () => {
    const record = state('AWS_BEARER_TOKEN_BEDROCK', '*', 'u', '');
    expect(baseEnvironment({ AWS_BEARER_TOKEN_BEDROCK: 'key', BEDROCKENV_STATE: record })).toEqual({});
  });

  test('lacks a secret of the user that only the shell knows, and says which', () => {
    const env = { [secret]: 'ours', BEDROCKENV_STATE: state(secret, '*', 'X', '', 'AWS_REGION', '=r', 'x', 'before') };
    expect(baseEnvironment(env)).toEqual({});
    expect(withheldName(env)).toBe(secret);
    expect(withheldName({ BEDROCKENV_STATE: state(secret, '*', 'L', '') })).toBeNull();
    expect(withheldName({})).toBeNull();
  });

  test('puts back what we had unset', () => {
    const record = state('DISABLE_PROMPT_CACHING', '', 'x', '1');
    expect(baseEnvironment({ BEDROCKENV_STATE: record })).toEqual({ DISABLE_PROMPT_CACHING: '1' });
  });

  test('ignores a void record', () => {
    expect(baseEnvironment({ AWS_REGION: 'r', BEDROCKENV_STATE: 'garbage' })).toEqual({ AWS_REGION: 'r' });
  });
});
