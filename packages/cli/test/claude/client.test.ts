import { dirname } from 'node:path';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import { loopbackOnly } from '@bedrockenv/testkit/claude-code';
import { type FakeAws, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { type FakeBedrock, startFakeBedrock } from '@bedrockenv/testkit/fake-bedrock';
import { withClient } from '@bedrockenv/testkit/with-client';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program as cli, type Sandbox } from '../cli.ts';
import { local, projectBox } from './project.ts';

const hour = 3_600_000;

/** What the user has in the shell, besides: it must not be what requests are signed with. */
const own = { AWS_ACCESS_KEY_ID: 'AKIAUSER', AWS_SECRET_ACCESS_KEY: 'user' };

withClient('the real Claude Code, with the settings that are written', ([program, ...words]) => {
  let fake: FakeAws;
  let bedrock: FakeBedrock;
  let path: string;

  beforeEach(async () => {
    path = `${dirname(await awsCli())}:${process.env.PATH}`;
    const accounts = [{ id: '123456789012', name: 'dev', roles: ['Developer'] }];
    const team = { id: 'abc123', name: 'team-a', regions: ['eu-central-1', 'eu-west-1'], model: 'claude-sonnet-5' };
    const options = { accounts, applicationProfiles: () => [team] };
    [fake, bedrock] = await Promise.all([startFakeAws(options), startFakeBedrock()]);
    bedrock.refused.add('BEDROCKENVSIGNINNEEDED');
  }, 60_000);
  afterEach(async () => {
    await Promise.all([fake.stop(), bedrock.stop()]);
  });

  /** Runs it once in the project, with nothing of ours in the environment. */
  async function say(
    box: Sandbox,
    env: Record<string, string> = {},
    { cwd = box.path('p'), prompt = 'say hi' } = {},
  ): Promise<string> {
    const fakes = loopbackOnly({ bedrockUrl: bedrock.url, awsUrl: fake.url });
    const { stdout, stderr } = await execa(program, [...words, '-p', prompt, '--output-format', 'json'], {
      cwd,
      env: { ...box.environment({ PATH: path }), ...fakes, ...env },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: 90_000,
    });
    expect(stdout, stderr).toMatch(/^\{/);
    return JSON.parse(stdout).result;
  }

  const arrived = () => bedrock.invocations.map(({ operation, model, region }) => [operation, model, region]);
  const keys = () => bedrock.invocations.map(({ accessKeyId }) => accessKeyId);
  const stream = 'invoke-with-response-stream';

  it('sends what the directory says, whatever the shell has, and probes no model', async () => {
    const box = projectBox('profile: corp-dev\nmodel: claude-sonnet-5\nmax_output_tokens: 5000\n');
    box.signIn(hour);
    box.ok(['claude-settings', '--write'], { cwd: box.path('p') });
    const shell = { AWS_REGION: 'us-west-2', ANTHROPIC_MODEL: 'us.anthropic.claude-opus-5', ...own };
    expect(await say(box, shell)).toBe('hi');
    expect(arrived()).toEqual([[stream, 'eu.anthropic.claude-sonnet-5', 'eu-central-1']]);
    expect(keys()).toEqual([expect.stringMatching(/^ASIA/)]);
    expect(bedrock.invocations[0]?.body.max_tokens).toBe(5000);
    expect(fake.log.find(({ path: asked }) => asked === '/federation/credentials')?.query.get('role_name')).toBe(
      'Developer',
    );
  });

  it('knows the model behind an application inference profile by modelOverrides alone', async () => {
    const arn = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123';
    const box = projectBox(`profile: keys\nregion: eu-central-1\nmodel: ${arn}\neffort: medium\n`);
    const shell = box.json(['export', '--format', 'json'], { cwd: box.path('p') });
    await say(box, shell);
    const asked = () => {
      const [{ model, body } = { model: '', body: {} }] = bedrock.invocations;
      return { model, thinking: body.thinking?.type, effort: body.output_config?.effort };
    };
    // Claude Sonnet 5 takes no budget of thinking.
    expect(asked()).toEqual({ model: arn, thinking: 'enabled', effort: undefined });

    const { stderr, exitCode } = await execa(process.execPath, [cli, 'models', '--refresh', '--json'], {
      cwd: box.path('p'),
      env: box.environment({ AWS_ENDPOINT_URL: fake.url }),
      extendEnv: false,
      reject: false,
    });
    expect([exitCode, stderr]).toEqual([0, '']);
    box.ok(['claude-settings', '--write'], { cwd: box.path('p') });
    expect(JSON.parse(box.text(local)).modelOverrides).toEqual({ 'claude-sonnet-5': arn });
    bedrock.invocations.length = 0;
    await say(box, shell);
    expect(asked()).toEqual({ model: arn, thinking: 'adaptive', effort: 'medium' });
  });

  describe('with scope: claude', () => {
    const scoped = () => projectBox('profile: corp-dev\nmodel: claude-sonnet-5\n', 'default: {scope: claude}\n');

    it("signs with the project's role, and the shell's own identity stays out of it", async () => {
      const box = scoped();
      box.signIn(hour);
      expect(await say(box, own)).toBe('hi');
      expect(arrived()).toEqual([[stream, 'eu.anthropic.claude-sonnet-5', 'eu-central-1']]);
      expect(keys()).toEqual([expect.stringMatching(/^ASIA/)]);
    });

    it('signs in when the session is stale, once for three clients', async () => {
      const box = scoped();
      box.signIn(-hour);
      fake.knobs.approveAfterMs = 500;
      expect(await Promise.all([say(box), say(box), say(box)])).toEqual(['hi', 'hi', 'hi']);
      expect(keys().every((key) => key?.startsWith('ASIA'))).toBe(true);
      expect(fake.counters.logins).toBe(1);
    });

    it("never goes on with the user's own identity, and finds a sign-in that comes later", async () => {
      const box = scoped();
      box.signIn(-hour);
      const answer = say(box, own);
      await expect.poll(keys, { timeout: 30_000 }).toContain('BEDROCKENVSIGNINNEEDED');
      box.signIn(hour);
      expect(await answer).toBe('hi');
      expect(keys().at(-1)).toMatch(/^ASIA/);
      expect(keys()).not.toContain('AKIAUSER');
    });
  });

  it('asks for nothing that the policy for its models does not allow', async () => {
    const box = projectBox('profile: keys\nregion: eu-central-1\nmodel: claude-sonnet-5\n');
    box.ok(['claude-settings', '--write'], { cwd: box.path('p') });
    await say(box);
    await say(box, {}, { prompt: '/context' });
    const { Statement } = box.json(['iam-policy', '--least'], { cwd: box.path('p') });
    const asked = [...new Set(bedrock.calls.map(needed))];
    expect(asked.sort()).toEqual([
      'bedrock:CountTokens foundation-model/anthropic.claude-sonnet-5',
      'bedrock:GetInferenceProfile inference-profile/eu.anthropic.claude-sonnet-5',
      'bedrock:InvokeModelWithResponseStream inference-profile/eu.anthropic.claude-sonnet-5',
      'bedrock:ListInferenceProfiles *',
    ]);
    for (const one of asked) {
      const [action, resource = ''] = one.split(' ');
      const isAllowed = Statement.some(({ Action, Resource }: { Action: string[]; Resource: string | string[] }) => {
        return Action.includes(action as string) && [Resource].flat().some((arn) => arn.endsWith(resource));
      });
      expect([one, isAllowed]).toEqual([one, true]);
    }
  });

  it('reads files that are not UTF-8, and the env of what it remembers', async () => {
    const box = projectBox('profile: keys\n');
    const shell = { ...own, CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'us-west-2', ...pinned };
    const settings = '{"env": {"AWS_REGION": "eu-west-3"}, "x": "\xe9"}';
    const files: [name: string, bytes: Buffer][] = [
      [local, Buffer.from(`\uFEFF${settings}`, 'utf16le')],
      [local, Buffer.from(settings, 'latin1')],
      ['.claude.json', Buffer.from(settings)],
    ];
    for (const [name, bytes] of files) {
      bedrock.invocations.length = 0;
      box.write(local, '{}');
      box.write(name, bytes);
      await say(box, shell);
      expect([name, bedrock.invocations[0]?.region]).toEqual([name, 'eu-west-3']);
      const { stdout } = box.run(['explain', 'AWS_REGION', '--json'], { cwd: box.path('p'), env: shell });
      expect(JSON.parse(stdout).variables[0].winner.claude).toMatch(`${box.path(name)}:`);
    }
  });

  it('ignores just the files that are refused', async () => {
    const settings = '"env": {"CLAUDE_CODE_USE_BEDROCK": "1", "AWS_REGION": "eu-west-3"}';
    const shell = { ...own, CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'us-west-2', ...pinned };
    const files: [text: string, isRead: boolean][] = [
      [`{${settings}}`, true],
      [`\uFEFF{\r\n${settings}}\r\n`, true],
      [`{"env": {"AWS_REGION": "x"}, ${settings}}`, true],
      [`{${settings},}`, false],
      [`{${settings} /* why */}`, false],
      [`{${settings}`, false],
      ['', false],
      [`{${settings}, "permissions": {"allow": "Bash"}}`, false],
      [`{${settings}, "model": null}`, false],
      [`{${settings}, "awsAuthRefresh": ["aws", "sso", "login"]}`, false],
      [`{${settings}, "cleanupPeriodDays": "30"}`, false],
      [`{${settings}, "hooks": {"PreToolUse": "x"}}`, false],
      [`{${settings}, "hooks": {"Nope": "x"}, "permissions": {"allow": ["Bash("]}, "nobodyKnows": 5}`, true],
    ];
    const box = projectBox('profile: keys\n');
    for (const [text, isRead] of files) {
      bedrock.invocations.length = 0;
      box.write(local, text);
      await say(box, shell);
      const { code } = box.run(['claude-settings', '--diff', '--json'], { cwd: box.path('p') });
      const { stdout } = box.run(['claude-settings', '--diff'], { cwd: box.path('p') });
      expect([text, bedrock.invocations[0]?.region]).toEqual([text, isRead ? 'eu-west-3' : 'us-west-2']);
      expect([text, code, stdout === '']).toEqual([text, 1, !isRead]);
    }
  });
});

/** What IAM has to allow for a request, and of which resource. */
function needed(call: string): string {
  const [, model = '', operation = ''] = /^POST \/model\/([^/]+)\/(.+)$/.exec(call) ?? [];
  const kind = model.startsWith('anthropic.') ? 'foundation-model' : 'inference-profile';
  const actions: Record<string, string> = {
    'invoke-with-response-stream': 'InvokeModelWithResponseStream',
    'count-tokens': 'CountTokens',
  };
  if (operation in actions) return `bedrock:${actions[operation]} ${kind}/${model}`;
  const [, profile] = /^GET \/inference-profiles\/(.+)$/.exec(call) ?? [];
  if (profile) return `bedrock:GetInferenceProfile inference-profile/${profile}`;
  return call === 'GET /inference-profiles' ? 'bedrock:ListInferenceProfiles *' : call;
}

const pinned = {
  ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-5',
  ANTHROPIC_DEFAULT_OPUS_MODEL: 'eu.anthropic.claude-opus-5',
  ANTHROPIC_DEFAULT_SONNET_MODEL: 'eu.anthropic.claude-sonnet-5',
  ANTHROPIC_DEFAULT_HAIKU_MODEL: 'eu.anthropic.claude-haiku-5-5',
};
