import { expect, test } from 'vitest';
import { decodeRecord, encodeUsual, type Plan, variableNames } from '../../src/plan/index.ts';

const plan: Plan = {
  generation: '0123456789abcdef',
  root: '/home/me/atlas',
  text: 'profile: corp-dev\n',
  label: 'corp-dev · eu-central-1',
  session: { kind: 'sso', name: 'corp', profile: 'corp-dev', tokenFile: '/token', cooldownFile: '/cooldown' },
  login: 'auto',
  stampFolder: '/state/stamps/0123456789abcdef',
  env: [{ name: 'AWS_CONFIG_FILE', value: null }],
  inputs: [
    { path: '/home/me/atlas/.bedrockrc', seen: { size: 18n, mtimeNs: 1n } },
    { path: '/home/me/.bedrockrc', seen: null },
    { path: '/home/me/.aws/config', seen: { size: 1n, mtimeNs: 2n } },
  ],
  notes: ['a note'],
  variables: [
    { op: 'set', name: 'AWS_PROFILE', value: 'corp-dev' },
    { op: 'set', name: 'AWS_REGION', value: '50%' },
  ],
};

const fields = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array()).split('\0');

test('what is ready-made says what the plan says', () => {
  const [version, generation, ...rest] = fields(encodeUsual(plan));
  expect([version, generation]).toEqual(['bedrockenv-usual/1', plan.generation]);
  expect(rest.slice(0, 10)).toEqual([
    ...[plan.root, plan.text, plan.label, 'sso', 'corp', 'corp-dev', '/token', 'auto', '/cooldown', plan.stampFolder],
  ]);
  const [record, pairs, names, values, absent, present, notes, end, last] = rest.slice(10) as string[];
  expect(decodeRecord(record as string)?.entries).toEqual([
    { name: 'AWS_PROFILE', ours: { value: 'corp-dev' }, previous: { how: 'unset' } },
    { name: 'AWS_REGION', ours: { value: '50%' }, previous: { how: 'unset' } },
  ]);
  expect(pairs).toBe('AWS_PROFILE=corp-dev\x1fAWS_REGION=50%\x1f');
  expect(names).toBe('AWS_PROFILE\x1fAWS_REGION\x1f');
  const held = (values as string).split('\x1f').slice(0, -1);
  expect(Object.fromEntries(variableNames.map((name, i) => [name, held[i]]))).toMatchObject({
    CLAUDE_CODE_USE_BEDROCK: '',
    AWS_PROFILE: '=corp-dev',
    AWS_REGION: '=50%',
  });
  expect(held).toHaveLength(variableNames.length);
  expect(absent).toBe('/home/me/.bedrockrc\x1f');
  // A stamp has the number of its input.
  expect(present).toBe(
    `/home/me/atlas/.bedrockrc\x1f${plan.stampFolder}/0\x1f/home/me/.aws/config\x1f${plan.stampFolder}/2\x1f`,
  );
  expect([notes, end, last]).toEqual(['a note\x1f', 'end', '']);
});

test('what is to be unset is not set in the usual case, so there is nothing to do or to put back', () => {
  const unset = { op: 'unset', name: 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION', value: '' } as const;
  expect(encodeUsual({ ...plan, variables: [unset, ...plan.variables] })).toEqual(encodeUsual(plan));
});

test.each<[string, Partial<Plan>]>([
  ['for outside of projects', { root: '', text: '' }],
  ['without variables', { variables: [] }],
  ['that only unsets one', { variables: [{ op: 'unset', name: 'DISABLE_PROMPT_CACHING', value: '' }] }],
  ['with a secret', { variables: [{ op: 'env', name: 'AWS_BEARER_TOKEN_BEDROCK', value: 'KEY' }] }],
  ['for an ambient profile', { env: [{ name: 'AWS_PROFILE', value: 'corp' }] }],
  ['with the separator in a value', { variables: [{ op: 'set', name: 'AWS_PROFILE', value: 'a\x1fb' }] }],
  ['with the separator in a path', { inputs: [{ path: '/a\x1fb', seen: null }] }],
])('a plan %s is not the usual case', (_, difference) => {
  expect(encodeUsual({ ...plan, ...difference })).toBeNull();
});
