import { directKindOf, kindOf, sdkKindOf, settingOf } from '../aws/index.ts';
import { chainEnd, mfaProfile, tokenSource } from '../session/index.ts';
import type { Entry, Evidence } from './entry.ts';
import { type Facts, given } from './facts.ts';
import { shown } from './shown.ts';

/** `~/.aws/config` and `~/.aws/credentials`. Most are told by the views of the AWS CLI and of the SDK. */
export const awsEntries: readonly Entry[] = [
  {
    code: 'aws-config',
    severity: 'error',
    meaning: 'the AWS CLI refuses the whole file, for what stands on that line',
  },
  {
    code: 'aws-file-unread',
    severity: 'warning',
    meaning:
      'a folder (Docker makes one in place of a mount that is missing), a FIFO or a file without the permission to read it: the AWS CLI takes it for no file',
  },
  {
    code: 'profile-cli-only',
    severity: 'error',
    meaning:
      'Claude Code does not see the profile: spaces, quotes or letters beyond ASCII in its name, or no setting in it',
  },
  {
    code: 'profile-sdk-only',
    severity: 'error',
    meaning: 'the AWS CLI does not see it: `[profile.x]`, for example',
  },
  {
    code: 'section-ignored',
    severity: 'warning',
    meaning: 'nobody takes the section for a profile: `[dev]` without `profile`, `[profile my dev]` with a space',
  },
  {
    code: 'source-cli-only',
    severity: 'error',
    meaning: 'Claude Code does not see a profile that `source_profile` leads to, so the role gets no credentials there',
  },
  { code: 'session-cli-only', severity: 'error', meaning: 'Claude Code does not see the sso-session' },
  {
    code: 'credentials-differ',
    severity: 'warning',
    meaning: 'two sources of credentials in one profile, of which each client takes another',
  },
  {
    code: 'profile-keys-incomplete',
    severity: 'error',
    meaning: '`aws_access_key_id` without `aws_secret_access_key`, or the other way round',
  },
  {
    code: 'no-credentials',
    severity: 'warning',
    meaning: 'no setting of the profile that is used leads to credentials; `sso_session` alone does not',
    find: noCredentials,
  },
  {
    code: 'value-comment',
    severity: 'warning',
    meaning: '`region = eu-central-1 # home`: for the AWS CLI the comment is part of the value',
  },
  { code: 'value-differs', severity: 'warning', meaning: 'both read the key, but not the same value' },
  {
    code: 'key-cli-only',
    severity: 'warning',
    meaning: 'Claude Code does not see the key: `Region = …`, `region: …`, or a key of `[DEFAULT]`',
  },
  {
    code: 'key-sdk-only',
    severity: 'warning',
    meaning: 'the AWS CLI does not see the key: an indented line is a part of the value above it',
  },
  {
    code: 'role-without-source',
    severity: 'error',
    meaning: '`role_arn` alone: the AWS CLI refuses the profile, Claude Code ignores the role',
  },
  { code: 'aws-profile-unknown', severity: 'error', meaning: 'there is no such profile' },
  {
    code: 'profile-unmatched',
    severity: 'error',
    meaning: 'no profile on this machine has the account and role that a `.bedrockrc` asks for',
  },
  { code: 'profile-ambiguous', severity: 'error', meaning: 'several profiles have them' },
  { code: 'aws-source-missing', severity: 'error', meaning: '`source_profile` leads nowhere' },
  {
    code: 'aws-source-empty',
    severity: 'error',
    meaning:
      'it leads to a profile in which no setting leads to credentials (tools such as aws-vault keep them elsewhere)',
  },
  { code: 'aws-source-cycle', severity: 'error', meaning: '`source_profile` leads in a circle' },
  { code: 'aws-source-both', severity: 'error', meaning: '`source_profile` stands beside `credential_source`' },
  { code: 'aws-sso-session-missing', severity: 'error', meaning: '`sso_session` names one that does not exist' },
  { code: 'aws-sso-incomplete', severity: 'error', meaning: 'a setting that SSO needs is missing' },
  {
    code: 'sso-conflict',
    severity: 'error',
    meaning: "profile and sso-session say different things: the AWS CLI refuses that, Claude Code takes the session's",
  },
  {
    code: 'mfa-serial',
    severity: 'error',
    meaning:
      'the role, or one that it is assumed with, asks for a code of an MFA device, for which Claude Code cannot ask',
    find: mfa,
  },
  {
    code: 'region-not-inherited',
    severity: 'warning',
    meaning: 'the profile has no region; that of its `source_profile` or sso-session does not count for it',
    find: regionNotInherited,
  },
  {
    code: 'process-missing',
    severity: 'error',
    meaning: 'the program of `credential_process` does not exist',
    find: processMissing,
  },
  {
    code: 'web-identity-missing',
    severity: 'error',
    meaning: 'the file of `web_identity_token_file` does not exist, or `role_arn` is missing beside it',
    find: webIdentityMissing,
  },
  {
    code: 'credential-source-unknown',
    severity: 'error',
    meaning: '`credential_source` is not `Environment`, `EcsContainer` or `Ec2InstanceMetadata`, spelt so',
  },
  {
    code: 'credential-source-empty',
    severity: 'error',
    meaning: 'it is `Environment`, and the environment has no keys',
    find: environmentWithoutKeys,
  },
];

function mfa({ aws, used }: Facts): Evidence[] {
  const asking = used === null ? null : mfaProfile(aws, used);
  if (asking === null) return [];
  const whose = asking === used ? '' : `, whose credentials the profile "${shown(used ?? '')}" needs,`;
  const message = `profile "${shown(asking)}"${whose} has mfa_serial, and Claude Code cannot ask for the code`;
  const fix = 'use a profile with an sso-session, or awsCredentialExport with a command that has credentials already';
  return [{ message, fix, where: aws.where(asking, 'mfa_serial') ?? null }];
}

function regionNotInherited(facts: Facts): Evidence[] {
  const { aws, used, env, home } = facts;
  const section = used === null ? undefined : aws.profile(used);
  if (used === null || !section || settingOf(section, 'region') !== null) return [];
  if (given(facts, 'AWS_REGION') || given(facts, 'AWS_DEFAULT_REGION')) return [];
  const subject = `profile "${shown(used)}" has no region`;
  const fix = `aws configure set region REGION --profile "${shown(used)}"`;
  const where = aws.where(used) ?? null;
  const source = settingOf(section, 'source_profile');
  const other = source === null ? undefined : aws.profile(source);
  if (source !== null && other && settingOf(other, 'region') !== null) {
    return [{ message: `${subject}: that of its source_profile "${shown(source)}" does not count`, fix, where }];
  }
  try {
    if (tokenSource(aws, used, { home, env })?.region) {
      return [{ message: `${subject}: its sso_region is where it signs in, and no region for requests`, fix, where }];
    }
  } catch {
    // What is wrong with the chain is told by itself.
  }
  return [];
}

/** Only of a profile that somebody names: what a container or an instance may have besides, no file tells. */
function noCredentials({ aws, used, env, resolution }: Facts): Evidence[] {
  const named = resolution?.chosen ?? env.AWS_PROFILE;
  if (used === null || named !== used || !aws.sdkProfile(used)) return [];
  if (env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI) return [];
  const section = aws.profile(used) ?? {};
  if (kindOf(aws, used) !== 'none' || 'role_arn' in section || 'aws_secret_access_key' in section) return [];
  const isSso = 'sso_session' in section || 'sso_start_url' in section;
  const message = isSso
    ? `profile "${shown(used)}": its SSO settings lack sso_account_id and sso_role_name, so it gives no credentials`
    : `profile "${shown(used)}": no setting in it leads to credentials`;
  return [{ message, fix: `aws configure sso --profile "${shown(used)}"`, where: aws.where(used) ?? null }];
}

function processMissing({ aws, used, hasProgram }: Facts): Evidence[] {
  const end = endOf(aws, used);
  if (end === null) return [];
  // Claude Code takes it before SSO, the AWS CLI after: whichever does needs the program.
  const section = aws.profile(end) ?? {};
  if (directKindOf(aws, end) !== 'process' && sdkKindOf(aws.sdkProfile(end) ?? {}) !== 'process') return [];
  const program = firstWord(settingOf(section, 'credential_process') ?? '');
  if (program === null || hasProgram(program)) return [];
  const message = `profile "${shown(end)}": there is no program ${shown(program)} for credential_process`;
  return [{ message, fix: 'install it, or correct its path', where: aws.where(end, 'credential_process') ?? null }];
}

/** No client expands `~` or `$NAME` in it. */
function webIdentityMissing({ aws, used, hasFile }: Facts): Evidence[] {
  const end = endOf(aws, used);
  if (end === null || directKindOf(aws, end) !== 'web-identity') return [];
  const section = aws.profile(end) ?? {};
  const subject = `profile "${shown(end)}"`;
  const where = aws.where(end, 'web_identity_token_file') ?? null;
  if (settingOf(section, 'role_arn') === null) {
    const message = `${subject}: web_identity_token_file is there without role_arn`;
    return [{ message, fix: 'add role_arn', where }];
  }
  const file = settingOf(section, 'web_identity_token_file') ?? '';
  if (hasFile(file)) return [];
  const message = `${subject}: there is no file ${shown(file)} for web_identity_token_file`;
  return [{ message, fix: 'have the token written there, or correct its path', where }];
}

function environmentWithoutKeys(facts: Facts): Evidence[] {
  const { aws, used, env } = facts;
  const end = used === null ? null : chainOrNull(aws, used);
  if (!end?.isElsewhere || (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY)) return [];
  if (settingOf(aws.profile(end.profile) ?? {}, 'credential_source') !== 'Environment') return [];
  const message = `profile "${shown(end.profile)}" takes the keys of the environment, and there are none`;
  const fix = 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or use source_profile';
  return [{ message, fix, where: aws.where(end.profile, 'credential_source') ?? null }];
}

/** The profile whose own credentials are used in the end; null where that is told of no profile. */
function endOf(aws: Facts['aws'], used: string | null): string | null {
  const end = used === null ? null : chainOrNull(aws, used);
  return end === null || end.isElsewhere ? null : end.profile;
}

/** What is wrong with the chain is told by itself. */
function chainOrNull(aws: Facts['aws'], used: string): ReturnType<typeof chainEnd> | null {
  try {
    return chainEnd(aws, used);
  } catch {
    return null;
  }
}

/**
 * The program of a command line, as far as it can be told without running it: one with variables, `~` or any other
 * work for a shell is left alone.
 */
export function firstWord(command: string): string | null {
  const match = /^\s*(?:"([^"$`\\]+)"|'([^']+)'|([\w./:+@%,-]+))(?=\s|$)/.exec(command);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}
