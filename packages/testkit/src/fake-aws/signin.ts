import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Memory, mint, temporaryKeys } from './memory.ts';
import { json, page, type Received, type Reply, redirect, restError } from './reply.ts';

const user = (memory: Memory) => `arn:aws:iam::${memory.accounts[0]?.id ?? '000000000000'}:user/me`;

/**
 * `GET /v1/authorize`: the page of `aws login`. The user's answer is the redirect to the CLI's loopback callback, held
 * back while `approveAfterMs` says so.
 */
export async function loginPage(request: Received, memory: Memory, stopped: AbortSignal): Promise<Reply> {
  const redirectUri = request.query.get('redirect_uri') ?? '';
  if (!/^http:\/\/127\.0\.0\.1:\d+\//.test(redirectUri)) return page('bad redirect_uri', 400);
  memory.counters.logins += 1;
  const answer = new URL(redirectUri);
  answer.searchParams.set('state', request.query.get('state') ?? '');
  await wait(Math.min(memory.knobs.approveAfterMs ?? 0, 2 ** 31 - 1), undefined, { signal: stopped, ref: false });
  if (memory.knobs.denySignIn) {
    answer.searchParams.set('error', 'access_denied');
    return redirect(answer.href);
  }
  const code = mint('code');
  const challenge = request.query.get('code_challenge') ?? '';
  memory.codes.set(code, { clientId: '', startedAt: request.time, visited: true, redirectUri, challenge });
  answer.searchParams.set('code', code);
  return redirect(answer.href);
}

/**
 * `POST /v1/token`: credentials of `aws login`, for an authorization code or a refresh token (botocore's signin service,
 * CreateOAuth2Token). A refresh token that the fake did not give out is as good as one that it did.
 */
export function loginToken(request: Received, memory: Memory): Reply {
  const body = JSON.parse(request.body || '{}') as Record<string, string | undefined>;
  if (!request.headers.dpop) return restError(400, 'ValidationException', { message: 'no DPoP header' });
  if (body.grantType === 'refresh_token') {
    if (memory.knobs.refuseRefresh) return denied('TOKEN_EXPIRED');
    memory.counters.refreshes += 1;
  } else {
    const signIn = memory.codes.get(body.code ?? '');
    memory.codes.delete(body.code ?? '');
    const challenge = createHash('sha256')
      .update(body.codeVerifier ?? '')
      .digest('base64url');
    if (!signIn || signIn.challenge !== challenge) return denied('AUTHCODE_EXPIRED');
  }
  memory.counters.tokens += 1;
  const { accessKeyId, secretAccessKey, sessionToken } = temporaryKeys(memory, user(memory), request.time);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return json({
    accessToken: { accessKeyId, secretAccessKey, sessionToken },
    tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
    expiresIn: Math.min(memory.knobs.tokenSeconds, 900),
    refreshToken: mint('refresh'),
    idToken: `${part({ alg: 'none' })}.${part({ sub: user(memory), aud: body.clientId, arn: user(memory) })}.`,
  });
}

function denied(error: string): Reply {
  return restError(400, 'AccessDeniedException', { error, message: 'denied' });
}
