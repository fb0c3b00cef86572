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
