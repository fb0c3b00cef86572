import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ambientNames, decodePlan, encodePlan, type Plan, variableNames } from '../../src/plan/index.ts';

const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
const path = text.map((value) => `/${value}`);

const plans: fc.Arbitrary<Plan> = fc.record({
  generation: fc.stringMatching(/^[0-9a-f]{16}$/),
  root: path,
  text,
  label: text,
  session: fc.option(
    fc.record({
      kind: fc.constantFrom('sso' as const, 'sso-legacy' as const, 'login' as const),
      name: text,
      profile: text,
      tokenFile: path,
      cooldownFile: path,
    }),
  ),
  login: fc.constantFrom('auto', 'ask', 'notify', 'off'),
  stampFolder: path,
  env: fc.array(fc.record({ name: fc.constantFrom(...ambientNames), value: fc.option(text) }), { maxLength: 5 }),
  inputs: fc.array(
    fc.record({
      path,
      seen: fc.option(
        fc.record({
          size: fc.bigInt({ min: 0n, max: 1n << 40n }),
          mtimeNs: fc.bigInt({ min: -(1n << 62n), max: 1n << 62n }),
        }),
      ),
    }),
    { maxLength: 5 },
  ),
  notes: fc.array(text, { maxLength: 3 }),
  variables: fc.uniqueArray(
    fc
      .record({
        op: fc.constantFrom('set' as const, 'unset' as const, 'env' as const, 'file' as const, 'command' as const),
        name: fc.constantFrom(...variableNames),
        value: text,
      })
      .filter(({ op, name }) => op !== 'set' || name !== 'AWS_BEARER_TOKEN_BEDROCK'),
    { maxLength: 20, selector: ({ name }) => name },
  ),
});

const sample: Plan = {
  generation: '0123456789abcdef',
  root: '/home/me/atlas',
  text: 'profile: corp-dev\n',
  label: 'corp-dev · eu-central-1',
  session: null,
  login: 'auto',
  stampFolder: '/state/stamps/0123456789abcdef',
  env: [{ name: 'AWS_CONFIG_FILE', value: null }],
  inputs: [{ path: '/home/me/atlas/.bedrockrc', seen: { size: 18n, mtimeNs: 1_700_000_000_123_456_789n } }],
  notes: [],
  variables: [{ op: 'set', name: 'AWS_PROFILE', value: 'corp-dev' }],
};

describe('a plan', () => {
  test('reads back as it was written', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(decodePlan(encodePlan(plan))).toEqual(plan);
      }),
    );
  });

  test('never holds a secret', () => {
    const variables = [{ op: 'set' as const, name: 'AWS_BEARER_TOKEN_BEDROCK' as const, value: 'THE-KEY' }];
    expect(() => encodePlan({ ...sample, variables })).toThrow(RangeError);
    const elsewhere = [{ ...variables[0], name: 'ANTHROPIC_BEDROCK_BASE_URL' } as (typeof sample.variables)[number]];
    const text = new TextDecoder().decode(encodePlan({ ...sample, variables: elsewhere }));
    const planted = text.replace('ANTHROPIC_BEDROCK_BASE_URL', 'AWS_BEARER_TOKEN_BEDROCK');
    expect(decodePlan(new TextEncoder().encode(text))).not.toBeNull();
    expect(decodePlan(new TextEncoder().encode(planted))).toBeNull();
  });

  test('is NUL-terminated fields in the documented order', () => {
    expect(new TextDecoder().decode(encodePlan(sample)).split('\0')).toEqual([
      'bedrockenv-plan/1',
      '0123456789abcdef',
      '/home/me/atlas',
      'profile: corp-dev\n',
      'corp-dev · eu-central-1',
      ...['', '', '', ''],
      'auto',
      '',
      '/state/stamps/0123456789abcdef',
      ...['1', '1', '0', '1'],
      ...['AWS_CONFIG_FILE', ''],
      ...['/home/me/atlas/.bedrockrc', '18 1700000000123456789'],
      ...['set', 'AWS_PROFILE', 'corp-dev'],
      'end',
      '',
    ]);
  });

  test('that was cut short anywhere is none', () => {
    const whole = encodePlan(sample);
    for (let length = 0; length < whole.length; length++) expect(decodePlan(whole.subarray(0, length))).toBeNull();
  });

  test.each(['AWS_PROFILE', 'AWS_CONFIG_FILE'])(
    'with a name outside the closed lists instead of %s is none',
    (name) => {
      const bytes = new TextDecoder().decode(encodePlan(sample)).replace(name, 'LD_PRELOAD');
      expect(decodePlan(new TextEncoder().encode(bytes))).toBeNull();
    },
  );

  test('that has a variable twice is none', () => {
    const twice = [...sample.variables, { op: 'unset' as const, name: 'AWS_PROFILE' as const, value: '' }];
    expect(decodePlan(encodePlan({ ...sample, variables: twice }))).toBeNull();
  });

  test('that has another generation than sixteen hexadecimal digits is none', () => {
    for (const generation of ['', '0123', '0123456789abcdef\x1f', '0123456789abcdeg', '0123456789ABCDEF'])
      expect(decodePlan(encodePlan({ ...sample, generation }))).toBeNull();
  });

  test('that is random bytes is none, and never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(decodePlan(bytes)).toBeNull();
      }),
    );
  });

  test('cannot hold a NUL', () => {
    expect(() => encodePlan({ ...sample, notes: ['a\0b'] })).toThrow(RangeError);
  });
});
