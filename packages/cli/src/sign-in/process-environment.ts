import type { Env } from '@bedrockenv/core';

/**
 * Makes an environment that of this process: the AWS SDK reads `process.env` by itself, and hands it on to the programs of
 * a credential_process. Both are to have what the shell has without bedrockenv.
 */
export function enter(env: Env): void {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}
