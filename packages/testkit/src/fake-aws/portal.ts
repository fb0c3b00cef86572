import { type Memory, temporaryKeys } from './memory.ts';
import { json, type Received, type Reply, restError } from './reply.ts';

/** A slice of `all` as the portal pages it: `next_token` is the index of the first entry that is still to come. */
function paged<T>(all: readonly T[], request: Received, memory: Memory, name: string): Reply {
  const start = Number(request.query.get('next_token') ?? 0);
  const size = Math.min(Number(request.query.get('max_result') ?? memory.knobs.pageSize), memory.knobs.pageSize);
  const nextToken = start + size < all.length ? String(start + size) : null;
  return json({ [name]: all.slice(start, start + size), nextToken });
}

/**
 * 401 unless the bearer token lives. A token that the fake never saw is let in, so that tests may write token files
 * by hand; one that it gave out ends with its lifetime, or by `revoke`.
 */
function refused(request: Received, memory: Memory): Reply | undefined {
  const bearer = request.headers['x-amz-sso_bearer_token'] ?? '';
  const end = memory.tokens.get(bearer);
  if (bearer !== '' && (end === undefined || end > request.time)) return undefined;
  return restError(401, 'UnauthorizedException', { message: 'Session token not found or invalid' });
}

/** `GET /federation/credentials?account_id=…&role_name=…`: temporary keys of a role that the user may take. */
export function roleCredentials(request: Received, memory: Memory): Reply {
  const no = refused(request, memory);
  if (no) return no;
  const account = request.query.get('account_id') ?? '';
  const role = request.query.get('role_name') ?? '';
  const known = memory.accounts.some(({ id, roles }) => id === account && roles.includes(role));
  if (!known) return restError(403, 'ForbiddenException', { message: 'No access' });
  const arn = `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_0123456789abcdef/user@example.com`;
  return json({ roleCredentials: temporaryKeys(memory, arn, request.time) });
}

/** `GET /assignment/accounts`. */
export function assignedAccounts(request: Received, memory: Memory): Reply {
  const list = memory.accounts.map(({ id, name }) => ({
    accountId: id,
    accountName: name,
    emailAddress: `${name}@example.com`,
  }));
  return refused(request, memory) ?? paged(list, request, memory, 'accountList');
}

/** `GET /assignment/roles?account_id=…`. */
export function assignedRoles(request: Received, memory: Memory): Reply {
  const account = memory.accounts.find(({ id }) => id === request.query.get('account_id'));
  const list = (account?.roles ?? []).map((roleName) => ({ roleName, accountId: account?.id }));
  return refused(request, memory) ?? paged(list, request, memory, 'roleList');
}

/** `POST /logout`: the token ends here and now. */
export function logout(request: Received, memory: Memory): Reply {
  const bearer = request.headers['x-amz-sso_bearer_token'] ?? '';
  if (bearer) memory.tokens.set(bearer, 0);
  return { status: 200, headers: {}, body: '' };
}
