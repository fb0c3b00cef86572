import { printable } from '../display.ts';
import type { Env } from '../env.ts';
import type { Warning } from '../errors.ts';
import type { Finding } from './finding.ts';
import { kindOf, sdkKindOf } from './kind.ts';
import type { Aws } from './read.ts';
import type { AwsFile } from './section.ts';
import { unknownProfile } from './unknown.ts';
import { unreadFindings } from './unread.ts';

/**
 * Variables of the environment that the AWS CLI and Claude Code take differently, or that lead nowhere.
 *
 * @param env the environment without what bedrockenv itself has set
 * @see botocore's session.py and credentials.py, @smithy/core's getProfileName and NODE_REGION_CONFIG_OPTIONS; each
 *   case was run with AWS CLI 2.36 and @aws-sdk/credential-providers 3.1169
 */
export function environmentFindings(env: Env, aws: Aws, files: { config: AwsFile; credentials: AwsFile }): Finding[] {
  const found: Finding[] = [];
  const say = (severity: Finding['severity'], code: string, message: string, fix: string) =>
    found.push({ code, severity, message, fix, where: null });

  const { AWS_PROFILE: named, AWS_DEFAULT_PROFILE: fallback } = env;
  if (named === '') {
    say('error', 'env-profile-empty', 'AWS_PROFILE is empty: the AWS CLI refuses that', 'unset AWS_PROFILE');
  } else if (named !== undefined && !aws.profile(named)) {
    const { message, fix = '' } = unknownProfile(aws, named);
    say('error', 'env-profile-unknown', `AWS_PROFILE: ${message}`, fix);
  } else if (named === undefined && fallback === '') {
    const message = 'AWS_DEFAULT_PROFILE is empty: the AWS CLI refuses that';
    say('error', 'env-profile-empty', message, 'unset AWS_DEFAULT_PROFILE');
  } else if (named === undefined && fallback && !aws.profile(fallback)) {
    const { message, fix = '' } = unknownProfile(aws, fallback);
    say('error', 'env-profile-unknown', `AWS_DEFAULT_PROFILE, which the AWS CLI reads: ${message}`, fix);
  } else if (named === undefined && fallback) {
    const message = `AWS_DEFAULT_PROFILE names "${printable(fallback)}" for the AWS CLI; Claude Code does not read it`;
    say('warning', 'env-default-profile', message, 'set AWS_PROFILE instead');
  }
  if (named && aws.profile(named) && env.AWS_ACCESS_KEY_ID) {
    const message = 'AWS_ACCESS_KEY_ID is set beside AWS_PROFILE: the AWS CLI uses the keys, Claude Code the profile';
    say('warning', 'env-keys', message, 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN');
  }
  if (env.AWS_DEFAULT_REGION && !env.AWS_REGION) {
    const message = 'AWS_DEFAULT_REGION is set without AWS_REGION: the AWS SDK for JavaScript does not read it';
    say('info', 'env-default-region', message, 'set AWS_REGION instead');
  }
  for (const [variable, { path, bytes, unread }] of [
    ['AWS_CONFIG_FILE', files.config],
    ['AWS_SHARED_CREDENTIALS_FILE', files.credentials],
  ] as const) {
    const set = env[variable];
    if (set === undefined) continue;
    if (set === '') {
      const message = `${variable} is empty: the AWS CLI reads no such file, Claude Code the one in ~/.aws`;
      say('warning', 'env-file-empty', message, `unset ${variable}`);
    } else if (bytes === null && unread === undefined) {
      say('warning', 'env-file-missing', `${variable}: there is no file ${printable(path)}`, `unset ${variable}`);
    } else if (set !== path && !(set.startsWith('~/') && isSeenWithTilde(variable, aws))) {
      const forWhat = set.startsWith('~/') ? ' for an sso-session' : '';
      const message = `${variable} needs expanding: the AWS CLI does that, Claude Code does not${forWhat}`;
      say('warning', 'env-file-expanded', message, `export ${variable}=${printable(path)}`);
    }
  }
  return [...found, ...unreadFindings([files.config, files.credentials])];
}

/** The SDK expands `~/` where it looks for profiles, and not where it looks for an sso-session (loadSsoSessionData). */
function isSeenWithTilde(variable: string, aws: Aws): boolean {
  return variable !== 'AWS_CONFIG_FILE' || aws.ssoSessionNames().length === 0;
}

/**
 * Whether the AWS CLI takes the role of `AWS_WEB_IDENTITY_TOKEN_FILE` (Kubernetes sets it, and CI with OIDC) although a
 * profile is named by `AWS_PROFILE`, or is the default one. Keys of the environment come before it, and a role of the
 * profile does.
 *
 * @see botocore's credentials.py (create_credential_resolver, AssumeRoleWithWebIdentityProvider); run with AWS CLI 2.36
 */
export function takesWebIdentity(env: Env, aws: Aws, profile: string): boolean {
  return Boolean(env.AWS_WEB_IDENTITY_TOKEN_FILE && !env.AWS_ACCESS_KEY_ID) && kindOf(aws, profile) !== 'assume-role';
}

/** The warning that Claude Code goes by the profile there. None where the profile gives it no credentials. */
export function webIdentityWarnings(env: Env, aws: Aws, profile: string): Warning[] {
  if (!takesWebIdentity(env, aws, profile) || sdkKindOf(aws.sdkProfile(profile) ?? {}) === 'none') return [];
  const message = `AWS_WEB_IDENTITY_TOKEN_FILE is set: the AWS CLI takes the role of AWS_ROLE_ARN, Claude Code the profile ${printable(profile)}`;
  return [{ code: 'web-identity-beside-profile', message, fix: 'unset AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN' }];
}
