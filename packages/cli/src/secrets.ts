import { spawnSync } from 'node:child_process';
import { type ApiKeySource, BedrockenvError, type Env, type PlanVariable } from '@bedrockenv/core';
import { readFile } from './state/read.ts';

/** Longer than any key or token. */
const limit = 65_536;

/**
 * The value of a variable whose plan entry says only where it is found. It never lies in a file of ours.
 * @param source what the user config says, for a key that a command prints or a keyring holds
 * @throws {BedrockenvError} code `api-key`; the key itself is in no message
 */
export async function secretOf(
  { op, value }: Pick<PlanVariable, 'op' | 'value'>,
  source: ApiKeySource | undefined,
  env: Env,
): Promise<string> {
  if (op === 'env') return fromVariable(value, env);
  if (op === 'file') return fromFile(value);
  if (source && 'command' in source) return fromCommand(source.command, env);
  if (source && 'keyring' in source) {
    const { readKeyring } = await import('./keyring.ts');
    return firstLine(await readKeyring(source.keyring), `the entry ${source.keyring} of the keyring`);
  }
  throw failure('nothing says where the key is found', 'see: bedrockenv status');
}

function fromVariable(name: string, env: Env): string {
  const value = env[name];
  if (!value) throw failure(`the variable ${name} is not set`, `export ${name}, or change api_key`);
  return value;
}

function fromFile(path: string): string {
  const read = readFile(path, limit);
  if (read.kind !== 'file') {
    throw failure(`${path} ${read.kind === 'absent' ? 'does not exist' : `is ${read.reason}`}`, 'change api_key');
  }
  return firstLine(new TextDecoder().decode(read.bytes), path);
}

function fromCommand([program, ...words]: readonly string[], env: Env): string {
  const { status, stdout, error } = spawnSync(program as string, words, {
    env,
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: limit,
  });
  if (status !== 0) throw failure(`the command ${program} failed (${error?.message ?? `exit code ${status}`})`, '');
  return firstLine(stdout, `the output of ${program}`);
}

function firstLine(text: string, what: string): string {
  const line = (text.split(/\r?\n/, 1)[0] as string).trim();
  if (line === '' || line.includes('\0')) throw failure(`${what} has no key in its first line`, '');
  return line;
}

function failure(message: string, fix: string): BedrockenvError {
  return new BedrockenvError('api-key', `api_key: ${message}`, fix ? { fix } : {});
}
