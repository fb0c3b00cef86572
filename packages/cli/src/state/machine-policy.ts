import { type Env, type PolicyFile, readPolicy } from '@bedrockenv/core';
import { readConfig, readPolicyFile } from './gather.ts';

/**
 * The organisation's policy alone, for commands that resolve no directory. Not beside {@link readPolicyFile}: what reads a
 * fresh plan needs no reader of YAML.
 * @throws {BedrockenvError} when it is broken
 */
export function readMachinePolicy(env: Env): PolicyFile | null {
  const { path, bytes } = readPolicyFile({ env }, readConfig);
  return bytes === null ? null : readPolicy(bytes, path);
}
