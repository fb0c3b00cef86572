import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeAws, startFakeAws } from '../src/fake-aws/index.ts';

let fake: FakeAws;
beforeEach(async () => {
  fake = await startFakeAws();
});
afterEach(() => fake.stop());

const post = (path: string, body: unknown) => fetch(fake.url + path, { method: 'POST', body: JSON.stringify(body) });
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

async function client() {
  return (await (await post('/client/register', {})).json()) as { clientId: string; clientSecret: string };
}

async function code(clientId: string, verifier: string, redirectUri = 'http://127.0.0.1:9/oauth/callback') {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    state: 's',
    code_challenge_method: 'S256',
    code_challenge: challengeOf(verifier),
  });
  const answer = await fetch(`${fake.url}/authorize?${query}`, { redirect: 'manual' });
  return { status: answer.status, to: new URL(answer.headers.get('location') ?? 'http://none/') };
}

describe('PKCE', () => {
  const redirectUri = 'http://127.0.0.1:9/oauth/callback';

  test.each([
    ['the verifier of its challenge', {}, 200],
    ['another verifier', { codeVerifier: 'other' }, 400],
    ['another redirect', { redirectUri: 'http://127.0.0.1:10/oauth/callback' }, 400],
    ['an unknown client', { clientId: 'nobody' }, 400],
    ['a wrong secret', { clientSecret: 'wrong' }, 400],
  ])('a code with %s', async (_, wrong, status) => {
    const who = await client();
    const { to } = await code(who.clientId, 'verifier');
    expect(to.searchParams.get('state')).toBe('s');
    const body = {
      ...who,
      grantType: 'authorization_code',
      code: to.searchParams.get('code'),
      codeVerifier: 'verifier',
      redirectUri,
      ...wrong,
    };
    expect((await post('/token', body)).status).toBe(status);
    if (status === 200) expect((await post('/token', body)).status).toBe(400);
  });

  test('a redirect to anywhere else than the loopback callback is refused', async () => {
    const { clientId } = await client();
    expect((await code(clientId, 'v', 'http://evil.example/oauth/callback')).status).toBe(400);
    expect((await code('nobody', 'v')).status).toBe(400);
    expect(fake.counters.logins).toBe(0);
  });

  test('a user who denies, a user who takes a while', async () => {
    const { clientId } = await client();
    fake.knobs.denySignIn = true;
    expect((await code(clientId, 'v')).to.searchParams.get('error')).toBe('access_denied');
    fake.knobs.denySignIn = false;
    fake.knobs.approveAfterMs = 150;
    const begun = Date.now();
    expect((await code(clientId, 'v')).to.searchParams.get('code')).toMatch(/^code-/);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(149);
  });
});

describe('device code', () => {
  async function poll(who: object, deviceCode: string) {
    const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
    const answer = await post('/token', { ...who, grantType, deviceCode });
    return { status: answer.status, error: ((await answer.json()) as { error?: string }).error };
  }

  test('pending until the page was opened, then good once', async () => {
    const who = await client();
    const started = (await (await post('/device_authorization', who)).json()) as Record<string, string>;
    const { deviceCode = '', verificationUriComplete = '' } = started;
    expect(await poll(who, deviceCode)).toEqual({ status: 400, error: 'authorization_pending' });
    expect((await fetch(`${fake.url}/device?user_code=WRONG`)).status).toBe(404);
    expect((await fetch(verificationUriComplete)).status).toBe(200);
    expect(await poll(who, deviceCode)).toEqual({ status: 200, error: undefined });
    expect(await poll(who, deviceCode)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(fake.counters).toEqual({ logins: 1, tokens: 1, refreshes: 0 });
  });

  test('denied on the page', async () => {
    const who = await client();
    const started = (await (await post('/device_authorization', who)).json()) as Record<string, string>;
    fake.knobs.denySignIn = true;
    await fetch(started.verificationUriComplete ?? '');
    expect(await poll(who, started.deviceCode ?? '')).toEqual({ status: 400, error: 'access_denied' });
  });
});

describe('faults', () => {
  test.each([401, 429, 500])('a path answers %i, twice', async (status) => {
    fake.knobs.faults['/client/register'] = { kind: 'status', status, times: 2 };
    const seen = [];
    for (let i = 0; i < 3; i += 1) seen.push((await post('/client/register', {})).status);
    expect(seen).toEqual([status, status, 200]);
  });

  test('garbage', async () => {
    fake.knobs.faults['/token'] = { kind: 'garbage' };
    await expect((await post('/token', {})).json()).rejects.toThrow();
  });

  test('a hang, and its end', async () => {
    fake.knobs.faults['/client/register'] = { kind: 'hang', ms: 120, times: 1 };
    const begun = Date.now();
    expect((await post('/client/register', {})).status).toBe(200);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(119);
  });

  test('stop closes what hangs and what is idle', async () => {
    fake.knobs.faults['/token'] = { kind: 'hang', ms: Number.POSITIVE_INFINITY };
    const hanging = post('/token', {}).then(
      () => 'answered',
      () => 'closed',
    );
    const idle = connect(fake.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const ended = new Promise((resolve) => idle.once('close', () => resolve('closed')));
    await expect.poll(() => fake.log.length).toBe(1);
    const begun = Date.now();
    await fake.stop();
    expect(Date.now() - begun).toBeLessThan(2000);
    expect(await hanging).toBe('closed');
    expect(await ended).toBe('closed');
  });
});

test('an unknown path is a 404 and in the log, with method, headers, body and time', async () => {
  const before = Date.now();
  expect((await fetch(`${fake.url}/nope?a=1`, { method: 'PUT', body: 'x', headers: { 'x-a': 'b' } })).status).toBe(404);
  const [request] = fake.log;
  expect(request).toMatchObject({ method: 'PUT', path: '/nope', body: 'x', headers: { 'x-a': 'b' } });
  expect(request?.query.get('a')).toBe('1');
  expect(request?.time).toBeGreaterThanOrEqual(before);
});
