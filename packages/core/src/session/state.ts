import { parseTime } from './timestamp.ts';

/** `sso`: of an sso-session; `sso-legacy`: of a start URL in the profile itself; `login`: of `aws login`. */
export type SessionKind = 'sso' | 'sso-legacy' | 'login';

/** `refreshable`: the AWS clients renew it without asking anybody, unless the server refuses. */
export type SessionState = 'fresh' | 'refreshable' | 'expired' | 'missing';

/** The AWS SDK for JavaScript refreshes a token in its last five minutes, and fails there if it cannot. */
const window = 5 * 60_000;

/**
 * The state of a session, from the text of its token file. Both AWS clients count, and the stricter one decides; each
 * case was run against botocore 1.43, AWS CLI 2.36 and @aws-sdk/token-providers 3.1166.
 *
 * @param token text of the token file; null: there is none
 * @param now milliseconds since 1970
 * @returns `expiresAt` in milliseconds since 1970, null where the state is `missing`; `refreshable`: whether the clients
 *   can renew the session without a sign-in, once they want to
 */
export function sessionState(
  token: string | null,
  kind: SessionKind,
  now: number,
): { state: SessionState; expiresAt: number | null; refreshable: boolean } {
  const read = readToken(token, kind);
  if (read === null) return { state: 'missing', expiresAt: null, refreshable: false };
  const { expiresAt, fields } = read;
  const left = expiresAt - now;
  const renewable = isRenewable(fields, kind, left, now);
  if (kind === 'sso-legacy') return { state: left > 0 ? 'fresh' : 'expired', expiresAt, refreshable: false };
  if (left > window) return { state: 'fresh', expiresAt, refreshable: renewable };
  return { state: renewable ? 'refreshable' : 'expired', expiresAt, refreshable: renewable };
}

type Fields = Record<string, unknown>;

/** What both clients ask of a file of `aws login`, however fresh its credentials are. */
const loginFields = ['clientId', 'refreshToken', 'dpopKey'];
const loginCredentials = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'accountId'];

/**
 * A token is as good as missing when it does not parse or lacks `accessToken` or `expiresAt`. In the files of `aws login`
 * `accessToken` is an object, with `expiresAt` in it.
 */
function readToken(token: string | null, kind: SessionKind): { fields: Fields; expiresAt: number } | null {
  const fields = parseObject(token);
  if (fields === null) return null;
  let holder = fields;
  if (kind === 'login') {
    if (!isObject(fields.accessToken) || !hasTexts(fields, loginFields)) return null;
    holder = fields.accessToken;
    if (!hasTexts(holder, loginCredentials)) return null;
  } else if (!hasTexts(fields, ['accessToken'])) return null;
  const expiresAt = parseTime(holder.expiresAt);
  return expiresAt === null ? null : { fields, expiresAt };
}

const hasTexts = (fields: Fields, names: readonly string[]) =>
  names.every((name) => typeof fields[name] === 'string' && fields[name] !== '');

/**
 * The client registration must outlive the token, or the AWS CLI does not try. In the token's last minutes it need not:
 * the SDK tries, is refused and uses the token to its end, as the CLI does.
 */
function isRenewable(fields: Fields, kind: SessionKind, left: number, now: number): boolean {
  if (!fields.refreshToken || kind === 'sso-legacy') return false;
  if (kind === 'login') return true;
  if (!fields.clientId || !fields.clientSecret) return false;
  if (left > 0 && left <= window) return true;
  const registeredUntil = parseTime(fields.registrationExpiresAt);
  return registeredUntil !== null && registeredUntil > now;
}

function parseObject(text: string | null): Fields | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
