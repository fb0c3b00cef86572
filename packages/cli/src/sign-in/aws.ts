import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BedrockenvError, type Env } from '@bedrockenv/core';
import type { Flow } from './environment.ts';

/** What to sign in to, in the AWS CLI's words. */
export interface Target {
  kind: 'sso' | 'sso-legacy' | 'login';
  /** The profile that names the session; null when only a session was named. */
  profile: string | null;
  /** The sso-session, when it is what was asked for. */
  ssoSession: string | null;
}

/** The `aws` program of a PATH. @throws {BedrockenvError} code `no-aws` with how to install it */
export function findAws(env: Env, platform: NodeJS.Platform): string {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder || '.', 'aws');
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not in this folder.
    }
  }
  const page = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';
  const fix = platform === 'darwin' ? `install it: brew install awscli, or ${page}` : `install it: ${page}`;
  throw new BedrockenvError('no-aws', 'signing in needs the AWS CLI, and there is no aws on PATH', { fix });
}

/**
 * Major and minor version of `aws --version`, `aws-cli/2.36.12 Python/…` (version 1 once printed it on stderr).
 * null when it cannot be told.
 */
export function awsVersion(printed: string): { major: number; minor: number } | null {
  const match = /aws-cli\/(\d+)\.(\d+)/.exec(printed);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : null;
}

/**
 * The arguments of `aws` for a sign-in. The device flow's flag exists since 2.22, which made the redirect to
 * 127.0.0.1 the default; older ones print URL and code anyway, and refuse the flag (exit code 252).
 * @param version needed only for the device flow
 */
export function signInArguments(
  { kind, profile, ssoSession }: Target,
  flow: Flow,
  version: { major: number; minor: number } | null,
): string[] {
  const whom = ssoSession === null ? ['--profile', profile as string] : ['--sso-session', ssoSession];
  if (kind === 'login') return ['login', ...whom, ...(flow === 'device' ? ['--remote'] : [])];
  if (flow === 'browser') return ['sso', 'login', ...whom];
  const old = version !== null && (version.major < 2 || (version.major === 2 && version.minor < 22));
  return ['sso', 'login', ...whom, ...(old ? [] : ['--use-device-code']), '--no-browser'];
}
