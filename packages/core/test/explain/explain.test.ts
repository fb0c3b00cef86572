import { describe, expect, test } from 'vitest';
import { readAws } from '../../src/aws/index.ts';
import { readSettingsText, type Variable } from '../../src/claude/index.ts';
import { explain, explainedNames } from '../../src/explain/index.ts';

const config =
  '[default]\nregion = us-west-2\n[profile corp]\nregion = eu-central-1\n[profile bare]\noutput = json\n' +
  '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = corp\n' +
  '[profile odd]\nregion = eu west\n';

interface Given {
  env?: Record<string, string>;
  /** Strongest first. */
  settings?: Record<string, object>;
  wanted?: Variable[];
  /** ~/.aws/config as Claude Code reads it, where that is another. */
  clientConfig?: string;
}

function explained(name: string, { env = {}, settings = {}, wanted = [], clientConfig = config }: Given) {
  const file = (path: string, text: string | null) => ({ path, bytes: text === null ? null : Buffer.from(text) });
  const settingsFiles = Object.entries(settings).map(([path, value]) => ({
    path,
    settings: readSettingsText(JSON.stringify(value, null, 2), path),
  }));
  const aws = readAws({ config: file('/c', config), credentials: file('/k', null) });
  const clientAws = readAws({
    config: file(clientConfig === config ? '/c' : '/c2', clientConfig),
    credentials: file('/k', null),
  });
  const { sources, winner, value, notes } = explain({ env, aws, clientAws, settingsFiles, wanted }, name);
  return { sources, winner: Object.values(winner), value: Object.values(value), notes };
}

describe('a variable', () => {
  test('of several settings files and the shell: the strongest file wins for Claude Code, the shell for the others', () => {
    const found = explained('AWS_REGION', {
      env: { AWS_REGION: 'sa-east-1' },
      settings: {
        '/m': { env: { AWS_REGION: 'us-east-1' } },
        '/l': { model: 'x', env: { AWS_REGION: 'us-east-2' } },
        '/u': {},
      },
      wanted: [{ op: 'set', name: 'AWS_REGION', value: 'eu-west-1', source: '/p/.bedrockrc:2' }],
    });
    expect(found.winner).toEqual(['/m:3', 'shell', 'shell']);
    expect(found.value).toEqual(['us-east-1', 'sa-east-1', 'sa-east-1']);
    expect(found.notes).toEqual(['Claude Code and the AWS CLI disagree']);
    expect(found.sources.map(({ source }) => source)).toEqual([
      '/m:3',
      '/l:4',
      'shell',
      '/c:2',
      'default',
      '/p/.bedrockrc:2',
    ]);
  });

  test('that is empty in settings cancels what the shell exports', () => {
    const found = explained('CLAUDE_CODE_USE_BEDROCK', {
      env: { CLAUDE_CODE_USE_BEDROCK: '1' },
      settings: { '/l': { env: { CLAUDE_CODE_USE_BEDROCK: '' } } },
    });
    expect([found.winner, found.value]).toEqual([
      ['/l:3', null, null],
      ['', null, null],
    ]);
  });

  test('that is a secret is never shown', () => {
    for (const name of ['AWS_BEARER_TOKEN_BEDROCK', 'AWS_ACCESS_KEY_ID']) {
      const found = explained(name, { env: { [name]: 'SECRET' }, settings: { '/l': { env: { [name]: 'SECRET' } } } });
      expect(JSON.stringify(found)).not.toContain('SECRET');
      expect(found.sources).toContainEqual({ source: 'shell', value: '***' });
    }
  });

  test('that nobody sets has no source', () => {
    for (const name of explainedNames.filter((each) => !['AWS_PROFILE', 'AWS_REGION'].includes(each))) {
      expect(explained(name, {})).toMatchObject({ sources: [], winner: [null, null, null] });
    }
  });
});

test.each([
  { AWS_PROFILE: 'nobody', AWS_ACCESS_KEY_ID: 'A' },
  { AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'corp', AWS_ACCESS_KEY_ID: 'A' },
  { AWS_DEFAULT_PROFILE: 'nobody' },
])('the AWS CLI refuses a profile that there is not, with keys too: %o', (env) => {
  const { notes } = explained('AWS_PROFILE', { env });
  expect(notes.join()).toContain('the AWS CLI refuses a profile that there is not');
  expect(notes.join()).not.toContain('uses AWS_ACCESS_KEY_ID');
});

describe('the role of AWS_WEB_IDENTITY_TOKEN_FILE', () => {
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token' };

  test('is what the AWS CLI takes in place of a profile', () => {
    const { winner, notes } = explained('AWS_PROFILE', { env: { ...env, AWS_PROFILE: 'corp' } });
    expect(winner).toEqual(['shell', null, 'shell']);
    expect(notes).toContain('the AWS CLI uses the role of AWS_WEB_IDENTITY_TOKEN_FILE instead of the profile');
  });

  test('comes after a role that the profile assumes, and after keys', () => {
    expect(explained('AWS_PROFILE', { env: { ...env, AWS_PROFILE: 'role' } }).winner).toEqual(Array(3).fill('shell'));
    const { notes } = explained('AWS_PROFILE', { env: { ...env, AWS_PROFILE: 'corp', AWS_ACCESS_KEY_ID: 'A' } });
    expect(notes).toContain('the AWS CLI uses AWS_ACCESS_KEY_ID instead of the profile');
    expect(notes.join()).not.toContain('WEB_IDENTITY');
  });
});

describe('the region', () => {
  test('falls back to the profile that each client uses, and Claude Code to us-east-1', () => {
    expect(explained('AWS_REGION', {}).winner).toEqual(['/c:2', '/c:2', '/c:2']);
    expect(explained('AWS_REGION', { env: { AWS_PROFILE: 'corp' } }).value).toEqual(Array(3).fill('eu-central-1'));
    expect(explained('AWS_REGION', { env: { AWS_PROFILE: 'bare' } }).value).toEqual(['us-east-1', null, null]);
  });

  test('of AWS_DEFAULT_PROFILE and AWS_DEFAULT_REGION is not everybody’s', () => {
    expect(explained('AWS_REGION', { env: { AWS_DEFAULT_PROFILE: 'corp' } }).value).toEqual([
      'us-west-2',
      'eu-central-1',
      'us-west-2',
    ]);
    const found = explained('AWS_REGION', { env: { AWS_DEFAULT_REGION: 'eu-west-1' } });
    expect(found.value).toEqual(['eu-west-1', 'eu-west-1', 'us-west-2']);
  });

  test('that is none is passed over by Claude Code', () => {
    const bad = { AWS_REGION: 'eu west' };
    expect(explained('AWS_REGION', { env: { ...bad, AWS_DEFAULT_REGION: 'eu-west-1' } }).value[0]).toBe('eu-west-1');
    expect(explained('AWS_REGION', { env: bad }).value).toEqual(['us-west-2', 'eu west', 'eu west']);
  });

  test('that is passed over is not the first of the sources', () => {
    const env = { AWS_REGION: 'eu west', AWS_DEFAULT_REGION: 'eu-west-1' };
    expect(
      explained('AWS_REGION', { env })
        .sources.map(({ value }) => value)
        .slice(0, 2),
    ).toEqual(['eu-west-1', 'eu west']);
    const settings = { '/u': { env: { AWS_REGION: 'eu west' } } };
    expect(explained('AWS_REGION', { env: { AWS_REGION: 'eu-west-1' }, settings }).value[0]).toBe('us-west-2');
  });

  test('is for Claude Code whatever may be part of a host, without the white space around it', () => {
    for (const [value, used] of [
      ['EU-WEST-3', 'EU-WEST-3'],
      [' eu-west-3\n', 'eu-west-3'],
      ['global', 'global'],
      ['eu_west_3', 'us-west-2'],
      ['eu-', 'us-west-2'],
      ['-eu', 'us-west-2'],
      ['eu.west', 'us-west-2'],
      ['a', 'us-west-2'],
    ] as const) {
      expect([value, explained('AWS_REGION', { env: { AWS_REGION: value } }).value[0]]).toEqual([value, used]);
    }
    const settings = { '/u': { env: { AWS_REGION: null } } };
    expect(explained('AWS_REGION', { settings }).value[0]).toBe('null');
    expect(explained('AWS_REGION', { settings: { '/u': { env: { AWS_REGION: ['eu-west-3'] } } } }).value[0]).toBe(
      'eu-west-3',
    );
    expect(explained('AWS_REGION', { env: { AWS_PROFILE: 'odd' } }).value).toEqual(['us-east-1', 'eu west', 'eu west']);
  });

  test('that is empty in the shell is one for the AWS CLI alone', () => {
    const env = { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' };
    expect(explained('AWS_REGION', { env }).value).toEqual(['eu-west-1', '', 'us-west-2']);
  });
});

describe('the model', () => {
  const settings = { '/l': { env: { ANTHROPIC_MODEL: '' }, model: 'haiku' } };

  test('that settings leave empty is none, whatever the shell says: the key of settings counts', () => {
    const found = explained('ANTHROPIC_MODEL', { env: { ANTHROPIC_MODEL: 'opus' }, settings });
    expect([found.value[0], found.winner[0]]).toEqual(['haiku', '/l:5']);
  });

  test('is ANTHROPIC_DEFAULT_MODEL where nothing else says one', () => {
    const env = { ANTHROPIC_DEFAULT_MODEL: 'eu.anthropic.claude-opus-5' };
    expect(explained('ANTHROPIC_MODEL', { env }).value[0]).toBe('eu.anthropic.claude-opus-5');
    expect(explained('ANTHROPIC_MODEL', { env, settings }).value[0]).toBe('haiku');
    expect(explained('ANTHROPIC_MODEL', { env: { ...env, ANTHROPIC_MODEL: 'opus' } }).value[0]).toBe('opus');
  });
});

describe('the keys of the environment', () => {
  test('are two: one alone is passed over by Claude Code and the SDK', () => {
    const half = { AWS_ACCESS_KEY_ID: 'AKIA' };
    expect(explained('AWS_PROFILE', { env: half }).winner).toEqual(['default', null, 'default']);
    expect(explained('AWS_ACCESS_KEY_ID', { env: half }).winner).toEqual([null, 'shell', null]);
    const both = { ...half, AWS_SECRET_ACCESS_KEY: 's' };
    expect(explained('AWS_PROFILE', { env: both }).winner).toEqual([null, null, null]);
    expect(explained('AWS_ACCESS_KEY_ID', { env: both }).winner).toEqual(['shell', 'shell', 'shell']);
  });

  test('of settings count for Claude Code alone', () => {
    const settings = { '/u': { env: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' } } };
    expect(explained('AWS_PROFILE', { settings }).winner).toEqual([null, 'default', 'default']);
    expect(explained('AWS_ACCESS_KEY_ID', { settings }).winner).toEqual(['/u:3', null, null]);
  });
});

describe('the profile', () => {
  test('beside keys in the environment: the AWS CLI takes the keys', () => {
    const found = explained('AWS_PROFILE', { env: { AWS_PROFILE: 'corp', AWS_ACCESS_KEY_ID: 'AKIA' } });
    expect(found.winner).toEqual(['shell', null, 'shell']);
    expect(found.notes).toContain('the AWS CLI uses AWS_ACCESS_KEY_ID instead of the profile');
  });

  test('that only AWS_DEFAULT_PROFILE names is the AWS CLI’s alone', () => {
    expect(explained('AWS_PROFILE', { env: { AWS_DEFAULT_PROFILE: 'corp' } }).value).toEqual([
      'default',
      'corp',
      'default',
    ]);
    expect(explained('AWS_DEFAULT_PROFILE', { env: { AWS_DEFAULT_PROFILE: 'corp' } }).winner).toEqual([
      null,
      'shell',
      null,
    ]);
  });

  test('that an empty AWS_DEFAULT_PROFILE names is one without a name, which the AWS CLI does not find', () => {
    const env = { AWS_DEFAULT_PROFILE: '' };
    expect(explained('AWS_PROFILE', { env }).value).toEqual(['default', '', 'default']);
    expect(explained('AWS_PROFILE', { env }).notes).toContain(
      'the AWS CLI takes AWS_DEFAULT_PROFILE, which Claude Code does not read, and refuses it because it is empty',
    );
    const both = explained('AWS_PROFILE', { env: { ...env, AWS_PROFILE: 'corp' } });
    expect(both.value).toEqual(['corp', 'corp', 'corp']);
    expect(both.notes.join()).not.toContain('AWS_DEFAULT_PROFILE');
  });

  test('is beaten in Claude Code by awsCredentialExport, and that by an API key', () => {
    const settings = { '/l': { awsCredentialExport: 'bedrockenv credentials' } };
    expect(explained('AWS_PROFILE', { env: { AWS_PROFILE: 'corp' }, settings }).winner).toEqual([
      '/l:2',
      'shell',
      'shell',
    ]);
    const env = { AWS_PROFILE: 'corp', AWS_BEARER_TOKEN_BEDROCK: 'k' };
    expect(explained('AWS_PROFILE', { env, settings }).winner).toEqual([null, 'shell', 'shell']);
  });

  test('is one of other files where settings name them', () => {
    const clientConfig = '[profile corp]\nregion = eu-north-1\n';
    expect(explained('AWS_REGION', { env: { AWS_PROFILE: 'corp' }, clientConfig }).value).toEqual([
      'eu-north-1',
      'eu-central-1',
      'eu-central-1',
    ]);
    expect(explained('AWS_PROFILE', { clientConfig }).winner).toEqual([null, 'default', 'default']);
    expect(explained('AWS_PROFILE', { env: { AWS_PROFILE: 'bare' }, clientConfig }).notes).toContain(
      'there is no profile bare',
    );
  });

  test('is not beaten by an awsCredentialExport that a stronger file leaves empty', () => {
    const settings = { '/l': { awsCredentialExport: '' }, '/u': { awsCredentialExport: 'mine' } };
    expect(explained('AWS_PROFILE', { env: { AWS_PROFILE: 'corp' }, settings }).winner).toEqual(Array(3).fill('shell'));
    const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
    expect(explained('AWS_ACCESS_KEY_ID', { env: keys, settings }).winner).toEqual(Array(3).fill('shell'));
  });

  test('that does not exist is named', () => {
    expect(explained('AWS_PROFILE', { env: { AWS_PROFILE: 'crop' } }).notes).toContain('there is no profile crop');
  });
});

test('the model of settings counts where no ANTHROPIC_MODEL does', () => {
  const settings = { '/u': { model: 'opus' } };
  expect(explained('ANTHROPIC_MODEL', { settings }).winner).toEqual(['/u:2', null, null]);
  expect(explained('ANTHROPIC_MODEL', { settings, env: { ANTHROPIC_MODEL: 'eu.x' } }).value[0]).toBe('eu.x');
});

test('a secret in a command or a URL is not shown', () => {
  const settings = { '/u': { awsCredentialExport: 'get --token hunter2', env: { AWS_PROFILE: 'corp' } } };
  const url = 'https://user:hunter2@gateway.example/';
  for (const name of explainedNames) {
    expect(JSON.stringify(explained(name, { settings, env: { ANTHROPIC_BEDROCK_BASE_URL: url } }))).not.toContain(
      'hunter2',
    );
  }
  expect(explained('AWS_PROFILE', { settings }).value[0]).toBe('get --token ***');
  const [{ value } = { value: '' }] = explained('ANTHROPIC_BEDROCK_BASE_URL', {
    settings: { '/u': { env: { ANTHROPIC_BEDROCK_BASE_URL: url } } },
  }).sources;
  expect(value).toBe('https://user:***@gateway.example/');
});

test('a command that is made to be long is shown in no time', () => {
  const before = performance.now();
  explained('AWS_PROFILE', { settings: { '/p': { awsCredentialExport: `--${'key'.repeat(300_000)}` } } });
  expect(performance.now() - before).toBeLessThan(2000);
});
