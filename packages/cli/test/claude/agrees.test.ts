import { mkdirSync } from 'node:fs';
import { loopbackOnly } from '@bedrockenv/testkit/claude-code';
import { type FakeBedrock, startFakeBedrock } from '@bedrockenv/testkit/fake-bedrock';
import { withClient } from '@bedrockenv/testkit/with-client';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIASHELL', AWS_SECRET_ACCESS_KEY: 'user' };
const opus = 'us.anthropic.claude-opus-5';
const sonnet = 'us.anthropic.claude-sonnet-5';
const pinned = {
  CLAUDE_CODE_USE_BEDROCK: '1',
  ANTHROPIC_DEFAULT_OPUS_MODEL: opus,
  ANTHROPIC_DEFAULT_SONNET_MODEL: sonnet,
  ANTHROPIC_DEFAULT_HAIKU_MODEL: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
};

const awsConfig = `[default]
aws_access_key_id = AKIADEFAULT
aws_secret_access_key = x
region = us-west-2
[profile dev]
aws_access_key_id = AKIADEV
aws_secret_access_key = x
region = eu-central-1
[profile odd]
aws_access_key_id = AKIAODD
aws_secret_access_key = x
region = eu west
`;

interface State {
  env?: Record<string, string>;
  /** The user's settings. */
  user?: object;
  /** `.claude/settings.local.json` of the directory. */
  local?: object;
  remembered?: object;
}

const states: Record<string, State> = {
  'a profile of the shell': { env: { AWS_PROFILE: 'dev' } },
  'a profile that settings name': { env: { AWS_PROFILE: 'odd', ...keys }, user: { env: { AWS_PROFILE: 'dev' } } },
  'a profile that settings cancel': { env: { AWS_PROFILE: 'dev', ...keys }, user: { env: { AWS_PROFILE: '' } } },
  'a profile whose region is none': { env: { AWS_PROFILE: 'odd' } },
  'keys of the shell': { env: keys },
  'half of the keys': { env: { AWS_ACCESS_KEY_ID: 'AKIASHELL' } },
  'keys of settings': { user: { env: { ...keys, AWS_ACCESS_KEY_ID: 'AKIASETTINGS' } } },
  'other AWS files of settings': {
    env: { AWS_PROFILE: 'dev' },
    user: { env: { AWS_CONFIG_FILE: '~/other', AWS_SHARED_CREDENTIALS_FILE: '' } },
  },
  'a command for credentials that a stronger file leaves empty': {
    env: { AWS_PROFILE: 'dev' },
    user: { awsCredentialExport: "echo '{}'" },
    local: { awsCredentialExport: '' },
  },
  'a region in capitals': { env: { AWS_REGION: 'EU-WEST-3' } },
  'a region with white space around it': { env: { AWS_REGION: ' eu-west-3 ' } },
  'a region with white space in it': { env: { AWS_REGION: 'eu west', AWS_DEFAULT_REGION: 'eu-west-3' } },
  'a region that is none in settings': { env: { AWS_REGION: 'eu-west-3' }, user: { env: { AWS_REGION: 'eu west' } } },
  'null for a region': { user: { env: { AWS_REGION: null } } },
  'a list for a region': { user: { env: { AWS_REGION: ['eu-west-3'] } } },
  'a model of settings': { user: { model: opus }, local: { model: sonnet } },
  'a model of settings below that of the shell': { env: { ANTHROPIC_MODEL: opus }, local: { model: sonnet } },
  'no model in the env of settings': {
    env: { ANTHROPIC_MODEL: opus },
    local: { env: { ANTHROPIC_MODEL: '' }, model: sonnet },
  },
  'a default model': { env: { ANTHROPIC_DEFAULT_MODEL: sonnet } },
  'a default model below settings': { env: { ANTHROPIC_DEFAULT_MODEL: opus }, user: { model: sonnet } },
  'what is remembered': {
    env: { AWS_REGION: 'us-east-1' },
    remembered: { env: { AWS_REGION: 'eu-west-3' }, model: sonnet },
  },
  'settings with one wrong value': {
    local: { env: { AWS_REGION: 'eu-west-3' }, cleanupPeriodDays: '30' },
    user: { model: sonnet },
  },
};

withClient('explain and the real Claude Code agree on', ([program, ...words]) => {
  let bedrock: FakeBedrock;
  beforeAll(async () => {
    bedrock = await startFakeBedrock();
  });
  afterAll(() => bedrock.stop());

  it.each(Object.entries(states))('%s', async (_, { env = {}, user, local, remembered }) => {
    const box = new Sandbox();
    box.write('.aws/config', awsConfig);
    box.write('other', awsConfig.replace('eu-central-1', 'eu-north-1'));
    mkdirSync(box.path('p'));
    if (user) box.write('.claude/settings.json', JSON.stringify(user, null, 2));
    if (local) box.write('p/.claude/settings.local.json', JSON.stringify(local, null, 2));
    if (remembered) box.write('.claude.json', JSON.stringify(remembered, null, 2));
    const cwd = box.path('p');
    const said = (name: string): string | null => {
      const { winner, sources } = box.json(['explain', name, '--json'], { cwd, env: { ...pinned, ...env } })
        .variables[0];
      return sources.find(({ source }: { source: string }) => source === winner.claude)?.value ?? null;
    };
    const profile = said('AWS_PROFILE');
    const key = said('AWS_ACCESS_KEY_ID') !== null;
    const region = said('AWS_REGION');
    const model = said('ANTHROPIC_MODEL');

    bedrock.invocations.length = 0;
    const fakes = loopbackOnly({ bedrockUrl: bedrock.url, awsUrl: 'http://127.0.0.1:9' });
    const options = { cwd, env: { ...box.environment({ ...pinned, ...env }), ...fakes }, extendEnv: false } as const;
    await execa(program, [...words, '-p', 'say hi', '--output-format', 'json'], {
      ...options,
      stdin: 'ignore',
      timeout: 50_000,
    });
    const [asked] = bedrock.invocations.filter(({ operation }) => operation !== 'invoke');
    expect(asked?.region).toBe(region?.trim());
    expect(asked?.model).toBe(model ?? opus);
    const own = { default: 'AKIADEFAULT', dev: 'AKIADEV', odd: 'AKIAODD' }[profile ?? ''];
    expect(asked?.accessKeyId).toBe(
      key ? (JSON.stringify(user ?? '').includes('AKIASETTINGS') ? 'AKIASETTINGS' : 'AKIASHELL') : own,
    );
  });
});
