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
    { path: '/home/me/.aws/config', seen: { size: 1n, mtimeNs: 1_795_352_028_213_840_568n } },
  ],
  notes: ['a note'],
  variables: [
    { op: 'set', name: 'AWS_PROFILE', value: 'corp-dev' },
    { op: 'set', name: 'AWS_REGION', value: '50%' },
  ],
};

const fields = (bytes: Uint8Array = new Uint8Array()) => new TextDecoder().decode(bytes).split('\0');
const values = variableNames
  .map((name) => ({ AWS_PROFILE: '=corp-dev', AWS_REGION: '=50%' })[name as string] ?? '')
  .map((value) => `${value}\x1f`)
  .join('');
const head = [plan.generation, plan.root, plan.text, plan.label, 'sso'];
const entries = [
  { name: 'AWS_PROFILE', ours: { value: 'corp-dev' }, previous: { how: 'unset' } },
  { name: 'AWS_REGION', ours: { value: '50%' }, previous: { how: 'unset' } },
];

test('what is ready-made for bash says what the plan says', () => {
  const all = fields(encodeUsual(plan)?.bash);
  const session = ['corp', 'corp-dev', '/token', 'auto', '/cooldown', plan.stampFolder];
  expect(all.slice(0, 12)).toEqual(['bedrockenv-usual-bash/1', ...head, ...session]);
  expect(decodeRecord(all[12] as string)?.entries).toEqual(entries);
  expect(all.slice(13)).toEqual([
    'AWS_PROFILE=corp-dev\x1fAWS_REGION=50%\x1f',
    'AWS_PROFILE\x1fAWS_REGION\x1f',
    values,
    '/home/me/.bedrockrc\x1f',
    // A stamp has the number of its input.
    `/home/me/atlas/.bedrockrc\x1f${plan.stampFolder}/0\x1f/home/me/.aws/config\x1f${plan.stampFolder}/2\x1f`,
    'a note\x1f',
    'end',
    '',
  ]);
});

test('what is ready-made for zsh says what the plan says', () => {
  const all = fields(encodeUsual(plan)?.zsh);
  const session = ['/token', 'corp\x1fcorp-dev\x1fauto\x1f/cooldown\x1f', plan.stampFolder];
  expect(all.slice(0, 9)).toEqual(['bedrockenv-usual-zsh/1', ...head, ...session]);
  expect(decodeRecord(all[9] as string)?.entries).toEqual(entries);
  expect(all.slice(10)).toEqual([
    values,
    '/home/me/.bedrockrc\x1f',
    `/home/me/atlas/.bedrockrc\x1f/home/me/.aws/config\x1f${plan.stampFolder}\x1f`,
    '700101000000000000001 261122125348213840568 ',
    'a note\x1f',
    'end',
    '',
  ]);
});

test.each([
  [-1n, '691231235959999999999 '],
  [253_402_300_800_000_000_001n, '000101000000000000001 '],
  // No calendar has it: what the hook finds is something else, and it reads the plan.
  [9_999_999_999_999_999_999_999_999n, ' '],
])('a time of %d ns as zsh gives it', (mtimeNs, expected) => {
  const inputs = [{ path: '/home/me/atlas/.bedrockrc', seen: { size: 1n, mtimeNs } }];
  expect(fields(encodeUsual({ ...plan, inputs })?.zsh)[13]).toBe(expected);
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
