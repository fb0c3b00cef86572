import type { Flow } from './environment.ts';

/** What to sign in to, in the AWS CLI's words. */
export interface Target {
  kind: 'sso' | 'sso-legacy' | 'login';
  /** The profile that names the session; null when only a session was named. */
  profile: string | null;
  /** The sso-session, when it is what was asked for. */
  ssoSession: string | null;
}

/** How the AWS CLI, version 2, is installed. Debian's package and `pip` have versions that cannot sign in, or not well. */
export function installHint(platform: NodeJS.Platform): string {
  const page = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';
  if (platform === 'darwin') return `brew install awscli, or ${page}`;
  if (platform === 'win32') return `winget install Amazon.AWSCLI, or ${page}`;
  return page;
}

/** What an AWS CLI prints of itself. */
export interface AwsVersion {
  major: number;
  minor: number;
}

/**
 * Major and minor version of `aws --version`, `aws-cli/2.36.12 Python/…` (version 1 once printed it on stderr).
 * null when it cannot be told.
 */
export function awsVersion(printed: string): AwsVersion | null {
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
  version: AwsVersion | null,
): string[] {
  const whom = ssoSession === null ? ['--profile', profile as string] : ['--sso-session', ssoSession];
  if (kind === 'login') return ['login', ...whom, ...(flow === 'device' ? ['--remote'] : [])];
  if (flow === 'browser') return ['sso', 'login', ...whom];
  const old = version !== null && isOlder(version, 22);
  return ['sso', 'login', ...whom, ...(old ? [] : ['--use-device-code']), '--no-browser'];
}

/** Whether a version is before 2.`than`. */
export const isOlder = ({ major, minor }: AwsVersion, than: number) => major < 2 || (major === 2 && minor < than);

/**
 * Why this AWS CLI cannot sign in at all, with what to do; null when it can. Version 1 has no `sso login` (run with
 * 1.45.11); `aws login` came with 2.32.
 */
export function tooOld(version: AwsVersion | null, kind: Target['kind'], platform: NodeJS.Platform): string | null {
  const least = kind === 'login' ? 32 : 0;
  if (version === null || !isOlder(version, least)) return null;
  const what = kind === 'login' ? 'which has no aws login; it needs 2.32' : 'which has no aws sso login; it needs 2';
  return `the aws on PATH is version ${version.major}.${version.minor}, ${what}: ${installHint(platform)}`;
}

/** What an exit code of the AWS CLI says, for those that it keeps for one thing. */
export function meaning(code: number): string {
  if (code === 252) return 'exit code 252: aws did not understand its arguments';
  if (code === 253) return 'exit code 253: aws refuses its configuration';
  return `exit code ${code}`;
}

/** Whether an AWS CLI ended like one that does not know a command or a flag (version 1 ends with 2, or 252 as 2 does). */
export function isUnknownUsage(code: number): boolean {
  return code === 2 || code === 252;
}
