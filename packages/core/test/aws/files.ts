import { type Aws, readAws } from '../../src/aws/index.ts';

const encoder = new TextEncoder();

/** Reads a config file, and a credentials file if there is one, from their text. */
export function aws(config: string, credentials?: string): Aws {
  return readAws({
    config: { path: '/home/u/.aws/config', bytes: encoder.encode(config) },
    credentials: {
      path: '/home/u/.aws/credentials',
      bytes: credentials === undefined ? null : encoder.encode(credentials),
    },
  });
}

/** What a call throws. */
export function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
