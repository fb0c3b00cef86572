import { createHash } from 'node:crypto';
import { approved, type Client, type Memory, mint } from './memory.ts';
import { json, oauthError, type Received, type Reply } from './reply.ts';

type Body = Record<string, unknown>;

function parsed(request: Received): Body {
  try {
    const value: unknown = JSON.parse(request.body);
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `POST /client/register`: a client that lives for `registrationSeconds`. */
export function register(request: Received, memory: Memory): Reply {
  const secret = mint('secret');
  const clientId = mint('client');
  const expiresAt = request.time + memory.knobs.registrationSeconds * 1000;
  const { scopes } = parsed(request);
  memory.clients.set(clientId, { secret, expiresAt, scopes: Array.isArray(scopes) ? scopes : [] });
  return json({
    clientId,
    clientSecret: secret,
    clientIdIssuedAt: Math.floor(request.time / 1000),
    clientSecretExpiresAt: Math.floor(expiresAt / 1000),
  });
}

function clientOf(body: Body, memory: Memory): Client | undefined {
  const client = memory.clients.get(text(body.clientId));
  return client && client.secret === body.clientSecret ? client : undefined;
}

/** `POST /device_authorization`: starts a sign-in of the device-code flow. */
export function deviceAuthorization(request: Received, memory: Memory): Reply {
  const body = parsed(request);
  if (!clientOf(body, memory)) return oauthError('InvalidClientException', 'invalid_client');
  const deviceCode = mint('device');
  const userCode = deviceCode
    .slice(-8)
    .toUpperCase()
    .replace(/(....)/, '$1-');
  memory.counters.logins += 1;
  memory.devices.set(deviceCode, {
    clientId: text(body.clientId),
    startedAt: request.time,
    visited: false,
    userCode,
  });
  return json({
    deviceCode,
    userCode,
    verificationUri: `${memory.url}/device`,
    verificationUriComplete: `${memory.url}/device?user_code=${userCode}`,
    expiresIn: 600,
    interval: memory.knobs.pollSeconds,
  });
}

/** A refresh token comes only with the scope `sso:account:access`, which legacy profiles do not ask for. */
function issue(memory: Memory, client: Client | undefined, now: number): Reply {
  const { tokenSeconds, issueRefreshTokens } = memory.knobs;
  const accessToken = mint('access');
  memory.tokens.set(accessToken, now + tokenSeconds * 1000);
  memory.counters.tokens += 1;
  const answer: Body = { accessToken, tokenType: 'Bearer', expiresIn: tokenSeconds };
  if (issueRefreshTokens && (client?.scopes.includes('sso:account:access') ?? true)) {
    answer.refreshToken = mint('refresh');
  }
  return json(answer);
}

function deviceToken(body: Body, client: Client, memory: Memory, now: number): Reply {
  const device = memory.devices.get(text(body.deviceCode));
  if (!device || device.clientId !== body.clientId) return oauthError('InvalidGrantException', 'invalid_grant');
  if (memory.knobs.denySignIn && (device.visited || memory.knobs.approveAfterMs !== null)) {
    return oauthError('AccessDeniedException', 'access_denied');
  }
  if (!approved(device, memory.knobs, now)) {
    return oauthError('AuthorizationPendingException', 'authorization_pending');
  }
  memory.devices.delete(text(body.deviceCode));
  return issue(memory, client, now);
}

/** RFC 7636: a code is good once, for the client and redirect that began it, with the verifier of its challenge. */
function codeToken(body: Body, client: Client, memory: Memory, now: number): Reply {
  const signIn = memory.codes.get(text(body.code));
  memory.codes.delete(text(body.code));
  const challenge = createHash('sha256').update(text(body.codeVerifier)).digest('base64url');
  const fits =
    signIn?.clientId === body.clientId && signIn?.redirectUri === body.redirectUri && signIn?.challenge === challenge;
  return fits
    ? issue(memory, client, now)
    : oauthError('InvalidGrantException', 'invalid_grant', 'Invalid PKCE code verifier');
}

/**
 * `POST /token`: device_code, authorization_code and refresh_token grants. A refresh token that the fake did not give
 * out is as good as one that it did, so that tests may write token files by hand; so is its client.
 */
export function token(request: Received, memory: Memory): Reply {
  const body = parsed(request);
  const client = clientOf(body, memory);
  if (body.grantType === 'refresh_token') {
    if (client && client.expiresAt < request.time) return oauthError('ExpiredTokenException', 'expired_token');
    if (memory.knobs.refuseRefresh || !text(body.refreshToken)) {
      return oauthError('InvalidGrantException', 'invalid_grant', 'Invalid refresh token provided');
    }
    memory.counters.refreshes += 1;
    return issue(memory, client, request.time);
  }
  if (!client) return oauthError('InvalidClientException', 'invalid_client');
  if (body.grantType === 'authorization_code') return codeToken(body, client, memory, request.time);
  if (body.grantType === 'urn:ietf:params:oauth:grant-type:device_code')
    return deviceToken(body, client, memory, request.time);
  return oauthError('UnsupportedGrantTypeException', 'unsupported_grant_type');
}
