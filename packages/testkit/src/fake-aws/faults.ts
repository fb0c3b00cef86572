import { setTimeout as wait } from 'node:timers/promises';
import type { Knobs } from './knobs.ts';
import { type Reply, restError } from './reply.ts';

const names: Record<number, string> = {
  400: 'InvalidRequestException',
  401: 'UnauthorizedException',
  403: 'ForbiddenException',
  429: 'TooManyRequestsException',
  500: 'InternalServerException',
};

/**
 * The fault set for `path`, if any: an answer in place of the real one, or after its wait undefined (go on as usual).
 * `times` counts down here.
 */
export async function faultOf(path: string, knobs: Knobs, stopped: AbortSignal): Promise<Reply | undefined> {
  const fault = knobs.faults[path];
  if (!fault) return undefined;
  if (fault.times !== undefined) {
    fault.times -= 1;
    if (fault.times <= 0) delete knobs.faults[path];
  }
  if (fault.kind === 'garbage') return { status: 200, headers: {}, body: '\u0000\u001b]0;garbage\u0007{"half":' };
  if (fault.kind === 'status') {
    return restError(fault.status, fault.name ?? names[fault.status] ?? 'UnknownException', {
      message: `status ${fault.status}`,
    });
  }
  // A timer of more than 2^31-1 ms fires at once.
  await wait(Math.min(fault.ms, 2 ** 31 - 1), undefined, { signal: stopped, ref: false });
  return undefined;
}
