import { BedrockenvError, type Env } from '@bedrockenv/core';
import { execa } from 'execa';
import { findAws } from './sign-in/aws.ts';
import { quoted } from './state/folder.ts';

/** Temporary credentials, in the words of the AWS APIs. */
export interface Credentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  /** Without one Claude Code does not take them (2.1.330). */
  SessionToken: string;
  /** ISO 8601. */
  Expiration?: string;
}

/**
 * The credentials of a profile from the AWS CLI, which knows every kind of profile, assumes roles and has its own cache.
 * For a profile with lasting keys a temporary pair is asked of STS. They pass through a pipe only.
 * @throws {BedrockenvError} `no-aws`, `credentials`
 */
export async function exportedCredentials(profile: string, base: Env): Promise<Credentials> {
  const aws = findAws(base, process.platform);
  const run = (words: readonly string[]) => runAws(aws, [...words, '--profile', profile], profile, base);
  const found = await run(['configure', 'export-credentials', '--format', 'process']);
  const direct = temporary(found);
  if (direct) return direct;
  const { Credentials: asked } = await run(['sts', 'get-session-token', '--output', 'json']);
  const exchanged = temporary((asked ?? {}) as Fields);
  if (exchanged) return exchanged;
  throw failure(profile, 'the AWS CLI printed no temporary credentials');
}

/**
 * Credentials that nobody has. Where a command gives none, Claude Code (2.1.330, measured) goes on with whatever the
 * shell has: the user's own identity instead of the project's. With these the request is refused, and as they have
 * expired already, the command is asked again at each of the client's retries, so that a sign-in meanwhile is found.
 * @param now epoch in ms
 */
export function refusedCredentials(now: number): Credentials {
  const Expiration = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  return { AccessKeyId: 'BEDROCKENVSIGNINNEEDED', SecretAccessKey: 'none', SessionToken: 'none', Expiration };
}

type Fields = Record<string, unknown>;

async function runAws(aws: string, words: readonly string[], profile: string, base: Env): Promise<Fields> {
  const result = await execa(aws, words, {
    env: { ...base, AWS_PAGER: '' } as Record<string, string>,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 60_000,
  });
  if (result.exitCode !== 0) {
    const reason = lastLine(result.stderr) || `exit code ${result.exitCode ?? result.signal}`;
    throw failure(profile, `aws ${words[0]} ${words[1]} failed: ${reason}`);
  }
  try {
    return JSON.parse(result.stdout) as Fields;
  } catch {
    // What it printed may hold a secret.
    throw failure(profile, `aws ${words[0]} ${words[1]} printed something that is not JSON`);
  }
}

function temporary({ AccessKeyId, SecretAccessKey, SessionToken, Expiration }: Fields): Credentials | null {
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  if (!isText(AccessKeyId) || !isText(SecretAccessKey) || !isText(SessionToken)) return null;
  return { AccessKeyId, SecretAccessKey, SessionToken, ...(isText(Expiration) ? { Expiration } : {}) };
}

const lastLine = (text: string) => text.trim().split('\n').at(-1)?.trim() ?? '';

function failure(profile: string, message: string): BedrockenvError {
  const fix = `see: aws sts get-caller-identity --profile ${quoted(profile)}`;
  return new BedrockenvError('credentials', `profile ${profile}: ${message}`, { fix });
}
