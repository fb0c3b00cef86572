import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodePlan } from '@bedrockenv/core';
import { type FakeAws, type FakeAwsOptions, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { afterEach, describe, expect, it } from 'vitest';
import { type Options, type Result, Sandbox } from './cli.ts';

const fakes: FakeAws[] = [];

afterEach(async () => {
  for (const fake of fakes.splice(0)) await fake.stop();
});

const team = { id: 'abc123', name: 'team-a', regions: ['us-east-1', 'us-west-2'], model: 'claude-sonnet-5' };

/** A sandbox whose AWS is the fake. The fake runs in this process, so commands must not block it. */
async function start(options: FakeAwsOptions = {}) {
  const fake = await startFakeAws({ applicationProfiles: () => [team], ...options });
  fakes.push(fake);
  const box = new Sandbox();
  const run = (words: readonly string[], { cwd = box.home, env }: Options = {}): Promise<Result> =>
    new Promise((done) => {
      const child = box.start(words, { cwd, env: { AWS_ENDPOINT_URL: fake.url, ...env } });
      const out = { stdout: '', stderr: '' };
      child.stdout?.on('data', (text) => (out.stdout += text));
      child.stderr?.on('data', (text) => (out.stderr += text));
      child.on('close', (code) => done({ code, ...out }));
    });
  const asked = () => fake.log.filter(({ path }) => path === '/inference-profiles');
  return { fake, box, run, asked };
}

const keys = { AWS_PROFILE: 'keys' };
const refresh = ['models', '--refresh', '--json'];

interface Row {
  name: string;
  id: string;
  routing: string;
  usable: boolean;
  reason: string | null;
}

describe('models --refresh', () => {
  it('asks for both types, page by page, and keeps the answer for its account and region', async () => {
    const { box, run, asked } = await start();
    const { code, stdout, stderr } = await run(refresh, { env: keys });
    expect([code, stderr]).toEqual([0, '']);
    expect(asked().map(({ query }) => `${query.get('type')} ${query.get('nextToken')}`)).toEqual([
      'SYSTEM_DEFINED null',
      'SYSTEM_DEFINED 10',
      'APPLICATION null',
    ]);
    expect(asked()[0]?.headers.authorization).toContain('Credential=AKIAIOSFODNN7EXAMPLE/');
    const out = JSON.parse(stdout);
    expect(out).toMatchObject({ region: 'us-east-1', source: 'account', date: expect.stringMatching(/T.*Z$/) });
    const rows = out.models as Row[];
    expect(rows.filter(({ usable }) => usable)).toHaveLength(17);
    expect(rows.find(({ id }) => id.startsWith('arn:'))).toEqual({
      name: 'claude-sonnet-5',
      alias: null,
      id: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123',
      routing: 'us',
      status: 'active',
      usable: true,
      reason: null,
    });
    expect(rows.find(({ id }) => id === 'us.anthropic.claude-opus-4-7')).toMatchObject({
      usable: false,
      reason: 'the account 111122223333 has no such inference profile in us-east-1',
    });

    const folder = box.path('.cache/bedrockenv/models/111122223333');
    expect(readdirSync(folder)).toEqual(['us-east-1.json']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(`${folder}/us-east-1.json`).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${folder}/us-east-1.json`, 'utf8')).not.toMatch(/AKIA|wJalr/);

    const before = asked().length;
    expect((await run(['models', '--json'], { env: keys })).stdout).toBe(stdout);
    const shown = await run(['models'], { env: keys });
    expect(shown.stderr).toContain(`us-east-1, by what account 111122223333 said on ${out.date}`);
    expect(shown.stdout).toMatch(/application-inference-profile\/abc123 +active +application inference profile team-a/);
    expect(asked()).toHaveLength(before);
    for (const other of [['--region', 'us-west-2'], []]) {
      const env = other.length === 0 ? { AWS_PROFILE: 'corp-dev', AWS_REGION: 'us-east-1' } : keys;
      expect(JSON.parse((await run(['models', '--json', ...other], { env })).stdout).source).toBe('bundled');
    }
  });

  it("as the directory's profile, with its session", async () => {
    const account = { id: '123456789012', name: 'corp', roles: ['Developer'] };
    const { fake, box, run, asked } = await start({ accounts: [account] });
    const cwd = box.project('p', 'profile: corp-dev\nregion: eu-west-1\n');
    box.ok(['allow', 'p']);
    box.signIn(3_600_000);
    const { code, stdout } = await run(refresh, {
      cwd,
      env: { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'x' },
    });
    expect([code, JSON.parse(stdout).source]).toEqual([0, 'account']);
    expect(fake.log[0]?.query.get('role_name')).toBe('Developer');
    expect(asked()[0]?.headers.authorization).toMatch(/Credential=ASIA\w+\/\d+\/eu-west-1\/bedrock\//);
    expect(stdout).not.toContain('SECRETTOKEN');
  });

  it('a session that needs a sign-in: exit code 4, nobody is asked', async () => {
    const { box, run, fake } = await start();
    box.signIn(-1000);
    const { code, stdout, stderr } = await run(refresh, { env: { AWS_PROFILE: 'corp-dev' } });
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toBe('bedrockenv: session corp: expired; sign in with: bedrockenv login --profile corp-dev\n');
    expect(fake.log).toEqual([]);
  });

  it('with an API key, which stands nowhere afterwards', async () => {
    const { box, run, asked } = await start();
    // A session of the profile that is no good does not matter beside it.
    const config = 'default:\n  profile: corp-dev\n  region: us-east-1\n  api_key: {env: CORP_KEY}\n';
    box.write('.config/bedrockenv/config.yaml', config);
    const { code, stderr } = await run(refresh, { env: { CORP_KEY: 'bedrock-api-key-1' } });
    expect([code, stderr]).toEqual([0, '']);
    expect(asked()[0]?.headers.authorization).toBe('Bearer bedrock-api-key-1');
    const kept = readFileSync(box.path('.cache/bedrockenv/models/111122223333/us-east-1.json'), 'utf8');
    expect(kept).not.toContain('bedrock-api-key-1');
    expect(JSON.parse((await run(['models', '--json'])).stdout).source).toBe('account');
  });

  it.each([
    ['base_url', (url: string) => `  base_url: ${url}\n`, () => ({})],
    ['ANTHROPIC_BEDROCK_BASE_URL', () => '', (url: string) => ({ ANTHROPIC_BEDROCK_BASE_URL: url })],
  ])('asks the gateway of %s, as Claude Code does', async (_, config, env) => {
    const { fake, box, run } = await start();
    box.write('.config/bedrockenv/config.yaml', `default:\n  profile: keys\n${config(`${fake.url}/`)}`);
    const { code, stdout } = await run(refresh, { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', ...env(fake.url) } });
    expect([code, JSON.parse(stdout).source]).toEqual([0, 'account']);
  });

  it('may not list: the bundled list, which is said, and nothing is kept', async () => {
    const { fake, box, run } = await start();
    fake.knobs.faults['/inference-profiles'] = { kind: 'status', status: 403, name: 'AccessDeniedException' };
    const { code, stdout, stderr } = await run(refresh, { env: keys });
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { source: 'bundled', date: '2026-11' }]);
    expect(stderr).toBe(
      'bedrockenv: the profile keys may not list inference profiles in us-east-1, so this is the bundled list of 2026-11; see: bedrockenv iam-policy\n',
    );
    expect(readdirSync(box.home)).not.toContain('.cache');
  });

  it.each([
    [403, 'UnrecognizedClientException', 'the profile keys are not taken (UnrecognizedClientException)'],
    [403, 'ExpiredTokenException', 'the profile keys are not taken (ExpiredTokenException)'],
    [400, 'ValidationException', 'refused to list inference profiles (ValidationException)'],
  ])('%i %s: exit code 1', async (status, name, text) => {
    const { fake, run } = await start();
    fake.knobs.faults['/inference-profiles'] = { kind: 'status', status, name };
    const { code, stdout, stderr } = await run(refresh, { env: keys });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(text);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('no credentials, nobody there: exit code 1, what and where', async () => {
    const { fake, run } = await start();
    const none = await run(refresh, { env: { AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' } });
    expect([none.code, none.stderr]).toEqual([
      1,
      'bedrockenv: there are no credentials in the ambient credentials (CredentialsProviderError); for the reason: aws sts get-caller-identity\n',
    ]);
    await fake.stop();
    const gone = await run(refresh, { env: keys });
    expect([gone.code, gone.stderr]).toEqual([
      1,
      'bedrockenv: Amazon Bedrock in us-east-1 cannot be reached (ECONNREFUSED); without --refresh it is not asked\n',
    ]);
  });

  it('a kept answer that is broken is as none', async () => {
    const { box, run } = await start();
    await run(refresh, { env: keys });
    const kept = '.cache/bedrockenv/models/askers';
    const [asker] = readdirSync(box.path(kept));
    for (const text of ['', '{"account":"111122223333"}', '\0', '[1]']) {
      box.write(`${kept}/${asker}/us-east-1.json`, text);
      expect(JSON.parse((await run(['models', '--json'], { env: keys })).stdout).source).toBe('bundled');
    }
  });
});

describe('iam-policy --least goes by the answer', () => {
  it('regions, the model behind an application inference profile, and the account', async () => {
    const { box, run } = await start({
      inferenceProfiles: () => [{ id: 'us.anthropic.claude-opus-5', name: 'x', regions: ['us-east-1', 'us-west-2'] }],
    });
    await run(refresh, { env: keys });
    const arn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123';
    const words = ['iam-policy', '--least', '--no-marketplace', '--model', 'us.anthropic.claude-opus-5', arn];
    const { code, stdout, stderr } = box.run(words, { env: keys });
    expect([code, stderr]).toEqual([0, '']);
    const model = (region: string, name: string) => `arn:aws:bedrock:${region}::foundation-model/anthropic.${name}`;
    expect(JSON.parse(stdout).Statement.map(({ Resource }: { Resource: unknown }) => Resource)).toEqual([
      ['arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-opus-5', arn],
      [
        model('us-east-1', 'claude-opus-5'),
        model('us-west-2', 'claude-opus-5'),
        model('us-east-1', 'claude-sonnet-5'),
        model('us-west-2', 'claude-sonnet-5'),
      ],
      '*',
    ]);
  });
});

describe('what a directory resolves to goes by the answer', () => {
  const newer = { id: 'eu.anthropic.claude-opus-6', name: 'x', regions: ['eu-central-1', 'eu-west-1'] };
  const elsewhere = { id: 'global.anthropic.claude-opus-7', name: 'y', regions: [''] };
  const inferenceProfiles = () => [newer, elsewhere];
  const model = (box: Sandbox, cwd: string) => box.json(['export', '--format', 'json'], { cwd }).ANTHROPIC_MODEL;

  it.each([
    ['keys', 'askers/'],
    ['corp-dev', '123456789012/eu-central-1.json'],
  ])('of the profile %s: a newer model, in the geography, and the plan follows', async (profile, list) => {
    const { box, run } = await start({
      inferenceProfiles,
      accounts: [{ id: '123456789012', name: 'a', roles: ['Developer'] }],
    });
    box.signIn(3_600_000);
    const cwd = box.project('p', `profile: ${profile}\nregion: eu-central-1\nmodel: opus\n`);
    box.ok(['allow', 'p']);
    expect(model(box, cwd)).toBe('eu.anthropic.claude-opus-5-5');
    const plan = () => decodePlan(readFileSync(join(box.state, 'plans', cwd, '.bedrockrc')));
    const input = () => plan()?.inputs.find(({ path }) => path.includes(`/models/${list}`));
    expect(input()?.seen).toBe(null);
    expect((await run(refresh, { cwd })).code).toBe(0);
    expect(model(box, cwd)).toBe('eu.anthropic.claude-opus-6');
    box.ok(['compile', '--dir', cwd]);
    expect(input()?.seen).not.toBe(null);
    expect(plan()?.variables).toContainEqual({
      op: 'set',
      name: 'ANTHROPIC_MODEL',
      value: 'eu.anthropic.claude-opus-6',
    });
    const { warnings } = box.json(['status', '--json'], { cwd });
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'unlisted-model', fix: 'bedrockenv models --region eu-central-1 --refresh' }),
    );
  });

  it('says nothing of another account, and no key decides what a plan holds', async () => {
    const { box, run } = await start({ inferenceProfiles });
    const cwd = box.project('p', 'region: eu-central-1\nmodel: opus\n');
    box.ok(['allow', 'p']);
    const env = { AWS_ACCESS_KEY_ID: 'AKIAOWN', AWS_SECRET_ACCESS_KEY: 'secret' };
    expect((await run(refresh, { cwd, env })).code).toBe(0);
    box.ok(['compile', '--dir', cwd], { env });
    const plan = readFileSync(join(box.state, 'plans', cwd, '.bedrockrc'), 'utf8');
    expect(plan).toContain('eu.anthropic.claude-opus-5-5');
    expect(plan).not.toMatch(/AKIA|secret|askers/);
  });
});
