import { setTimeout as wait } from 'node:timers/promises';
import type { Knobs } from './knobs.ts';
import { type Received, type Reply, restError, xmlError } from './reply.ts';
import { signer } from './sts.ts';

const names: Record<number, string> = {
  400: 'InvalidRequestException',
  401: 'UnauthorizedException',
  403: 'ForbiddenException',
  429: 'TooManyRequestsException',
  500: 'InternalServerException',
};

/**
 * The fault set for the request's path, if any: an answer in place of the real one, or after its wait undefined (go on as usual).
 * `times` counts down here.
 */
export async function faultOf(request: Received, knobs: Knobs, stopped: AbortSignal): Promise<Reply | undefined> {
  const path = keyOf(request.path, knobs);
  const fault = path === undefined ? undefined : knobs.faults[path];
  if (path === undefined || !fault) return undefined;
  if (fault.kind === 'status' && fault.region !== undefined && fault.region !== signer(request)?.region)
    return undefined;
  if (fault.times !== undefined) {
    fault.times -= 1;
    if (fault.times <= 0) delete knobs.faults[path];
  }
  if (fault.kind === 'garbage') return { status: 200, headers: {}, body: '\u0000\u001b]0;garbage\u0007{"half":' };
  if (fault.kind === 'status') {
    const { status, name = names[status] ?? 'UnknownException', message = `status ${status}` } = fault;
    return path === '/' ? xmlError(status, name, message) : restError(status, name, { message });
  }
  // A timer of more than 2^31-1 ms fires at once.
  await wait(Math.min(fault.ms, 2 ** 31 - 1), undefined, { signal: stopped, ref: false });
  return undefined;
}

function keyOf(path: string, { faults }: Knobs): string | undefined {
  if (faults[path]) return path;
  return Object.keys(faults).find((key) => key.endsWith('*') && path.startsWith(key.slice(0, -1)));
}
