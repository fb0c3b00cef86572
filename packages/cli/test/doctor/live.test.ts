import { type FakeAws, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { afterEach, describe, expect, it } from 'vitest';
import { Terminal } from '../terminal.ts';
import { asker, type LiveMachine, livePairs } from './live-pairs.ts';
import { make } from './machine.ts';

const fakes: FakeAws[] = [];

afterEach(async () => {
  for (const fake of fakes.splice(0)) await fake.stop();
});

interface Finding {
  code: string;
  severity: string;
  evidence: string;
  fix: string;
}

const keysProfile =
  '[profile keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = S3CRET\nregion = us-east-1\n';

/** Runs doctor against a fake AWS. The fake runs in this process, so the command must not block it. */
async function live({ faults = {}, knobs = {}, isInvoking = false, isDown = false, ...machine }: LiveMachine) {
  const fake = await startFakeAws({ knobs: { ...knobs, faults: structuredClone(faults) as never } });
  fakes.push(fake);
  const { box, env, cwd } = make({
    ...machine,
    aws: keysProfile + (machine.aws ?? ''),
    env: { ...asker, ...machine.env },
  });
  if (isDown) await fake.stop();
  const words = ['doctor', '--json', isInvoking ? '--invoke' : '--live'];
  const child = box.start(words, { cwd, env: { ...env, AWS_ENDPOINT_URL: fake.url } });
  const out = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => (out.stdout += text));
  child.stderr?.on('data', (text) => (out.stderr += text));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  expect(out.stderr).toBe('');
  expect(out.stdout).not.toContain('S3CRET');
  const { findings } = JSON.parse(out.stdout) as { findings: Finding[] };
  return { fake, code, findings, codes: findings.map((finding) => finding.code) };
}

describe('doctor --live', () => {
  it.each(Object.entries(livePairs))('%s', async (code, { wrong, healthy }) => {
    const bad = await live(wrong);
    expect(bad.codes).toContain(code);
    const own = bad.findings.filter((finding) => finding.code === code);
    for (const { evidence, fix } of own) expect([evidence, fix]).not.toContain('');
    expect(bad.code).toBe(bad.findings.some(({ severity }) => severity === 'error') ? 1 : 0);
    expect((await live(healthy)).codes).not.toContain(code);
  });

  it('a healthy account: nothing found, three questions and one for each model, and none to a model', async () => {
    const { fake, code, codes } = await live({});
    expect([code, codes]).toEqual([0, []]);
    const paths = fake.log.map(({ path }) => decodeURIComponent(path));
    expect(paths.filter((path) => path === '/')).toHaveLength(1);
    expect(paths.filter((path) => path === '/use-case-for-model-access')).toHaveLength(1);
    expect(paths.filter((path) => path.startsWith('/foundation-model-availability/anthropic.claude-'))).toHaveLength(3);
    expect(paths.filter((path) => path.startsWith('/model/'))).toEqual([]);
  });

  it('--invoke sends each model one request of one token, signed for its region', async () => {
    const { fake, code, codes } = await live({
      isInvoking: true,
      project: 'profile: keys\nregion: eu-central-1\nmodel: opus\nsmall_model: haiku\nsmall_model_region: eu-north-1\n',
    });
    expect([code, codes]).toEqual([0, []]);
    const sent = fake.log.filter(({ path }) => path.startsWith('/model/'));
    const to = sent.map(({ path, headers }) => [
      decodeURIComponent(path),
      /Credential=[^/]+\/\d+\/([^/]+)/.exec(headers.authorization ?? '')?.[1],
    ]);
    expect(to).toEqual([
      ['/model/eu.anthropic.claude-opus-5-5/invoke', 'eu-central-1'],
      ['/model/eu.anthropic.claude-sonnet-5-5/invoke', 'eu-central-1'],
      ['/model/eu.anthropic.claude-haiku-5-5/invoke', 'eu-central-1'],
      ['/model/eu.anthropic.claude-haiku-5-5/invoke', 'eu-north-1'],
    ]);
    expect(sent.map(({ body }) => JSON.parse(body).max_tokens)).toEqual([1, 1, 1, 1]);
  });

  it('an API key asks Amazon Bedrock alone, by its token', async () => {
    const { fake, codes } = await live({
      env: { AWS_PROFILE: undefined, KEY: 'S3CRET' },
      files: { '.config/bedrockenv/config.yaml': 'default: {api_key: {env: KEY}, region: us-east-1}\n' },
    });
    expect(codes).toEqual([]);
    expect(fake.log.filter(({ path }) => path === '/')).toEqual([]);
    expect(new Set(fake.log.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer S3CRET']));
  });

  it('an API key that AWS does not know is no wrong region', async () => {
    const { codes } = await live({
      env: { AWS_PROFILE: undefined, AWS_BEARER_TOKEN_BEDROCK: 'S3CRET' },
      faults: { '/inference-profiles': { kind: 'status', status: 403, name: 'UnrecognizedClientException' } },
    });
    expect(codes).toEqual(['live-invalid', 'bearer-token-first']);
  });

  it('each model that the account lacks is told; with --invoke it is what the models answer that counts', async () => {
    const env = {
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'eu.anthropic.claude-opus-4-7',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'eu.anthropic.claude-sonnet-4-6',
    };
    expect((await live({ env })).codes).toEqual(['live-model-missing', 'live-model-missing']);
    expect((await live({ env, isInvoking: true, knobs: { agreement: 'NOT_AVAILABLE' } })).codes).toEqual([]);
  });

  it('a session that was ended on the server is told from a missing permission', async () => {
    const env = { AWS_PROFILE: 'corp-dev' };
    const { code, findings } = await live({
      env,
      faults: { '/federation/credentials': { kind: 'status', status: 401 } },
    });
    expect(code).toBe(1);
    expect(findings.map((finding) => finding.code)).toEqual(['live-expired']);
    expect(findings[0]).toMatchObject({
      evidence: expect.stringContaining('HTTP 401'),
      fix: 'bedrockenv login --profile corp-dev',
    });
  });

  it('a refusal by a model says which action was denied, and no other word of the server', async () => {
    const { findings } = await live({ ...livePairs['live-denied']?.wrong });
    expect(findings).toMatchObject([
      {
        evidence: expect.stringMatching(
          /opus.*sonnet.*haiku.*\(bedrock:InvokeModel, AccessDeniedException, HTTP 403\)$/,
        ),
      },
    ]);
  });

  const silence = { kind: 'hang', ms: Number.POSITIVE_INFINITY } as const;
  it.each(['/token', '/federation/credentials'])(
    'a portal that says nothing to %s',
    { timeout: 60_000 },
    async (path) => {
      const started = Date.now();
      const session = path === '/token' ? -1000 : 3_600_000;
      const { codes } = await live({ session, env: { AWS_PROFILE: 'corp-dev' }, faults: { [path]: silence } });
      expect(codes).toEqual([expect.stringMatching(/^live-(unreachable|expired)$/)]);
      expect(Date.now() - started).toBeLessThan(30_000);
    },
  );

  it('on a terminal it says what it waits for, and wipes that away; Ctrl-C ends it', { timeout: 60_000 }, async () => {
    const fake = await startFakeAws({ knobs: { faults: { '/': { kind: 'hang', ms: 3_000 } } } });
    fakes.push(fake);
    const { box, env } = make({ env: asker, aws: keysProfile });
    const start = () =>
      new Terminal(['doctor', '--live'], {
        cwd: box.home,
        env: { ...env, AWS_ENDPOINT_URL: fake.url, TERM: 'xterm' } as Record<string, string>,
      });
    const first = start();
    expect(await first.ended).toBe(0);
    const [, waiting, ...rest] = first.out.split('\r\x1b[K');
    expect(waiting).toBe('bedrockenv: waiting for AWS STS (1 s)');
    expect(rest.at(-1)).toContain('nothing found');
    expect(rest.at(-1)).not.toContain('waiting');

    const second = start();
    await second.shows('waiting for AWS STS');
    second.type('\x03');
    await second.ended;
    expect(second.out).not.toContain('nothing found');
  });

  it('no answer: eight seconds', { timeout: 40_000 }, async () => {
    const started = Date.now();
    const { codes } = await live({ faults: { '/inference-profiles': silence } });
    expect(codes).toEqual(['live-unreachable']);
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});
