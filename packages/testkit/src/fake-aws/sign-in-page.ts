import { setTimeout as wait } from 'node:timers/promises';
import { type Memory, mint, type SignIn } from './memory.ts';
import { page, type Received, type Reply, redirect } from './reply.ts';

/**
 * `GET /authorize`: the page of the PKCE flow. The user's answer is the redirect to the client's loopback callback
 * (RFC 8252 §7.3: any port of 127.0.0.1), held back while `approveAfterMs` says so.
 */
export async function authorize(request: Received, memory: Memory, stopped: AbortSignal): Promise<Reply> {
  const { query } = request;
  const redirectUri = query.get('redirect_uri') ?? '';
  const clientId = query.get('client_id') ?? '';
  if (!memory.clients.has(clientId)) return page('unknown client', 400);
  if (!/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/.test(redirectUri)) return page('bad redirect_uri', 400);
  if (query.get('code_challenge_method') !== 'S256') return page('code_challenge_method is not S256', 400);
  memory.counters.logins += 1;

  const answer = new URL(redirectUri);
  answer.searchParams.set('state', query.get('state') ?? '');
  const delay = memory.knobs.approveAfterMs ?? 0;
  // A timer of more than 2^31-1 ms fires at once; the user who never answers is one that outlasts every test.
  await wait(Math.min(delay, 2 ** 31 - 1), undefined, { signal: stopped, ref: false });
  if (memory.knobs.denySignIn) {
    answer.searchParams.set('error', 'access_denied');
    answer.searchParams.set('error_description', 'The user denied the request');
    return redirect(answer.href);
  }
  const code = mint('code');
  const signIn: SignIn = { clientId, startedAt: request.time, visited: true, redirectUri };
  memory.codes.set(code, { ...signIn, challenge: query.get('code_challenge') ?? '' });
  answer.searchParams.set('code', code);
  return redirect(answer.href);
}

/** `GET /device?user_code=…`: the page of the device-code flow; opening it is the approval. */
export function devicePage(request: Received, memory: Memory): Reply {
  const userCode = request.query.get('user_code');
  for (const device of memory.devices.values()) {
    if (device.userCode !== userCode) continue;
    device.visited = true;
    return page(memory.knobs.denySignIn ? 'Request denied' : 'Request approved');
  }
  return page('unknown code', 404);
}
