import type { Aws } from './read.ts';
import { type Section, settingOf } from './section.ts';

/** Where a profile's credentials come from. */
export type ProfileKind =
  | 'static'
  | 'sso'
  | 'sso-legacy'
  | 'assume-role'
  | 'web-identity'
  | 'process'
  | 'login'
  | 'none';

/**
 * The source that the AWS CLI uses for a profile: role_arn with a source, web identity, SSO, keys of the credentials
 * file, login_session, credential_process, keys of the config file.
 *
 * @see botocore's credentials.py (create_credential_resolver, ProfileProviderBuilder)
 */
export function kindOf(aws: Aws, name: string): ProfileKind {
  const section = aws.profile(name);
  if (!section) return 'none';
  return assumesRole(section) ? 'assume-role' : directKindOf(aws, name);
}

/** The same for a profile that a role is assumed from: its own keys count, its role_arn does not. */
export function directKindOf(aws: Aws, name: string): ProfileKind {
  const section = aws.profile(name) ?? {};
  if (settingOf(section, 'web_identity_token_file') !== null) return 'web-identity';
  if ('sso_account_id' in section || 'sso_role_name' in section) return ssoKind(section);
  const keys = aws.credentials(name);
  if (keys && 'aws_access_key_id' in keys) return 'static';
  if ('login_session' in section) return 'login';
  if ('credential_process' in section) return 'process';
  return 'aws_access_key_id' in section ? 'static' : 'none';
}

/**
 * The source that the AWS SDK for JavaScript, and so Claude Code, uses: role_arn with one source, static keys of either
 * file, web identity, credential_process, SSO, login_session.
 *
 * @see @aws-sdk/credential-provider-ini 3.973, resolveProfileData
 */
export function sdkKindOf(section: Section): ProfileKind {
  if ('role_arn' in section && 'source_profile' in section !== 'credential_source' in section) return 'assume-role';
  if ('aws_access_key_id' in section && 'aws_secret_access_key' in section) return 'static';
  if ('web_identity_token_file' in section && 'role_arn' in section) return 'web-identity';
  if ('credential_process' in section) return 'process';
  if (ssoKeys.some((key) => key in section)) return ssoKind(section);
  return 'login_session' in section ? 'login' : 'none';
}

/** Whether the AWS CLI assumes a role with this section: never where a web identity token stands beside the role. */
export function assumesRole(section: Section): boolean {
  if (!('role_arn' in section) || 'web_identity_token_file' in section) return false;
  return 'source_profile' in section || 'credential_source' in section;
}

const ssoKeys = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_region', 'sso_role_name'];
const ssoKind = (section: Section) => ('sso_session' in section ? 'sso' : 'sso-legacy');
