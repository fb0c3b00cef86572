import { BedrockenvError, printable } from '@bedrockenv/core';

/** Why a call of the AWS SDK failed, without what the server said in its own words, which may be anything. */
export function reasonOf(error: unknown): string {
  const { name, code, $metadata, $response } = (error ?? {}) as {
    name?: string;
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  const word = [code, name].find((each): each is string => typeof each === 'string' && /^\w{1,60}$/.test(each));
  return status === undefined ? (word ?? 'no answer') : `${word ?? 'an error'}, HTTP ${status}`;
}

const codes = ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'];

/** Whether a call of the AWS SDK got no answer, because of the network or a server that is slow. */
export function isUnreachable(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { name?: string; code?: unknown };
  return codes.includes(String(code)) || name === 'TimeoutError';
}

/** That nobody answered says nothing of the profile. */
export function unreachable(profile: string, cause: unknown): BedrockenvError {
  const message = `profile "${printable(profile)}": AWS cannot be reached (${reasonOf(cause)})`;
  const fix = 'look at the network, HTTPS_PROXY and AWS_ENDPOINT_URL';
  return new BedrockenvError('aws-unreachable', message, { fix, cause });
}

/** A logger for clients of the SDK, which often goes on, or fails in other words, and tells the cause only there. */
export class Errors {
  first: unknown;
  readonly logger = {
    trace() {},
    debug() {},
    info() {},
    warn() {},
    error: (told: unknown): void => {
      this.first ??= (told as { error?: unknown } | null)?.error;
    },
  };
}
