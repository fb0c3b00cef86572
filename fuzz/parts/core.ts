import {
  BedrockenvError,
  baseEnvironment,
  decodeRecord,
  encodeRecord,
  isVariableName,
  knownRegions,
  printable,
  type RecordEntry,
  readAws,
  resolve,
  routings,
  sessionState,
  variableNames,
} from '@bedrockenv/core';
import type { Part } from '@bedrockenv/testkit/campaign';
import fc from 'fast-check';
import { checked } from '../property.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** What an environment can hold. */
const text = fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.replaceAll('\0', ''));

// ── Records ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const entry: fc.Arbitrary<RecordEntry> = fc.record({
  // A record does not hold a key, and so cannot give it back by itself.
  name: fc.constantFrom(...variableNames.filter((name) => name !== 'AWS_BEARER_TOKEN_BEDROCK')),
  ours: fc.option(text).map((value) => ({ value })),
  previous: fc.oneof(
    fc.constant({ how: 'unset' as const }),
    fc.record({ how: fc.constant('exported' as const), value: text }),
  ),
});
const entries = fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 10 });

const recordsRestore = fc.property(entries, text, (list, other) => {
  const before: Record<string, string> = { OTHER: other };
  for (const { name, previous } of list) if (previous.how === 'exported') before[name] = previous.value as string;
  const during: Record<string, string> = { ...before };
  for (const { name, ours } of list) {
    if (ours === 'secret') continue;
    delete during[name];
    if (ours.value !== null) during[name] = ours.value;
  }
  const record = { generation: '0123456789abcdef', root: '/p', entries: list };
  const restored = baseEnvironment({ ...during, BEDROCKENV_STATE: encodeRecord(record) });
  return Object.keys({ ...before, ...restored }).every((name) => before[name] === restored[name]);
});

const recordsFromAnywhere = fc.property(
  fc.oneof(
    text,
    fc.array(text).map((all) => all.join('\x1f')),
  ),
  (state) => {
    const read = decodeRecord(state);
    return read === null || read.entries.every(({ name }) => isVariableName(name));
  },
);

// ── Sessions ────────────────────────────────────────────────────────────────────────────────────────────────────────

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const time = fc
  .tuple(fc.integer({ min: -day, max: day }), fc.constantFrom('Z', 'UTC', '+00:00', '', 'x'))
  .map(([ms, zone]) => new Date(start + ms).toISOString().replace(/\.\d+Z$/, zone));
const field = fc.oneof({ weight: 4, arbitrary: time }, text, fc.integer(), fc.constant(null));
const token = fc
  .record(
    {
      accessToken: fc.oneof(text, fc.record({ expiresAt: field }, { requiredKeys: [] })),
      expiresAt: field,
      refreshToken: field,
      clientId: field,
      clientSecret: field,
      registrationExpiresAt: field,
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value));
const order = ['fresh', 'refreshable', 'expired'];

const sessionsAge = fc.property(
  fc.oneof({ weight: 5, arbitrary: token }, text),
  fc.constantFrom('sso' as const, 'sso-legacy' as const, 'login' as const),
  fc.integer({ min: -2 * day, max: 2 * day }),
  fc.integer({ min: 0, max: day }),
  (file, kind, now, later) => {
    const [one, two] = [now, now + later].map((ms) => sessionState(file, kind, start + ms));
    if (!one || !two) return false;
    if (one.state === 'missing' || two.state === 'missing') return one.state === two.state && one.expiresAt === null;
    return one.expiresAt === two.expiresAt && order.indexOf(one.state) <= order.indexOf(two.state);
  },
);

// ── Resolutions ─────────────────────────────────────────────────────────────────────────────────────────────────────

const region = fc.oneof(fc.constantFrom(...knownRegions), fc.constant('mars-north-1'));
const model = fc.oneof(
  fc.constantFrom('opus', 'sonnet', 'haiku', 'claude-sonnet-5', 'eu.anthropic.claude-sonnet-5', 'nothing', 'sonet'),
  fc.stringMatching(/^[a-z0-9.:-]{1,20}$/),
);
const value = fc.record(
  {
    profile: fc.constantFrom('corp-dev', 'keys', 'role', 'missing', '開発'),
    region,
    routing: fc.constantFrom(...routings),
    model,
    small_model: model,
    small_model_region: region,
    prompt_caching: fc.constantFrom(true, false, '1h'),
    max_output_tokens: fc.integer({ min: -1, max: 100_000 }),
    max_thinking_tokens: fc.integer({ min: -1, max: 100_000 }),
    effort: fc.constantFrom('low', 'high', 'xxx'),
    models: fc.record({ opus: model, sonnet: model, haiku: model }, { requiredKeys: [] }),
    use: fc.constantFrom('work', 'play'),
    root: fc.boolean(),
  },
  { requiredKeys: [] },
);
const userConfig = fc.record(
  { default: value, environments: fc.record({ work: value }, { requiredKeys: [] }) },
  { requiredKeys: [] },
);
const env = fc.record({ AWS_PROFILE: text, AWS_REGION: fc.oneof(region, text) }, { requiredKeys: [] });
const awsConfig = bytes(`[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
[profile corp-dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Dev
region = eu-central-1
[profile role]
role_arn = arn:aws:iam::210987654321:role/Deploy
source_profile = corp-dev
[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = EXAMPLESECRET
region = us-gov-west-1
[profile 開発]
region = ap-northeast-1
`);

/** Of what a resolution says, what no shell or client could use. */
function isUsable(directory: unknown, above: unknown, user: unknown, ambient: Record<string, string>): boolean {
  const aws = { config: { path: '/c', bytes: awsConfig }, credentials: { path: '/k', bytes: null } };
  const file = (path: string, content: unknown) => ({ path, bytes: bytes(JSON.stringify(content)) });
  let resolution: ReturnType<typeof resolve>;
  try {
    resolution = resolve({
      root: '/a/b',
      directoryFiles: [file('/a/b/.bedrockrc', directory), file('/a/.bedrockrc', above)],
      userConfig: file('/u', user),
      aws,
      policy: { path: '/policy', bytes: null },
      env: ambient,
      home: '/home',
    });
  } catch (error) {
    return error instanceof BedrockenvError && error.message !== '' && !error.message.includes('EXAMPLESECRET');
  }
  const names = resolution.variables.map(({ name }) => name);
  const said = JSON.stringify([resolution.variables, resolution.warnings, resolution.label]);
  return (
    names.every(isVariableName) &&
    new Set(names).size === names.length &&
    !said.includes('EXAMPLESECRET') &&
    !said.includes('\\u0000') &&
    resolution.label === printable(resolution.label) &&
    // An alias means something else to each client, so none is ever set.
    resolution.variables.every(
      ({ name, value: set }) => !name.endsWith('_MODEL') || !/^(opus|sonnet|haiku)$/.test(String(set)),
    ) &&
    readAws(aws).profileNames().length === 4
  );
}

const resolutions = fc.property(value, value, userConfig, env, (directory, above, user, ambient) =>
  isUsable(directory, above, user, ambient),
);

/** Properties of the core's pure functions. */
export const coreParts: readonly Part[] = [
  part('record-restore', 'after any plan the record gives back the environment that was before', recordsRestore),
  part('record-read', 'a record from anywhere is refused or names only variables of the list', recordsFromAnywhere),
  part('session-age', 'a session never gets better by waiting, and no token file is an error', sessionsAge),
  part('resolve', 'random settings: an error for a person, or exact variables of the list, each once', resolutions),
];

function part(name: string, about: string, property: fc.IProperty<unknown>): Part {
  return {
    name: `core-${name}`,
    about,
    full: 100_000,
    unit: 'cases',
    run: async (terms) => ({ tried: terms.count, findings: checked(property, terms) }),
  };
}
