import {
  type Aws,
  describeProfile,
  didYouMean,
  directKindOf,
  type Finding,
  type Section,
  settingOf,
} from '../aws/index.ts';
import { printable } from '../display.ts';
import type { Env } from '../env.ts';
import { BedrockenvError } from '../errors.ts';
import { chainEnd } from './chain.ts';
import { tokenSource } from './source.ts';

/**
 * What keeps a profile from getting credentials, as far as the files tell: a chain of roles that leads nowhere or to a
 * profile without any, a session that is not there, SSO settings that are incomplete or contradict those of the sso-session.
 *
 * @throws BedrockenvError `aws-profile-unknown`
 * @see botocore's credentials.py (SSOProvider), which is strict, and @aws-sdk/credential-provider-sso, where the
 *   session's values win
 */
export function sessionFindings(aws: Aws, name: string, at: { home: string; env: Env }): Finding[] {
  describeProfile(aws, name);
  try {
    const source = tokenSource(aws, name, at);
    if (source === null) return unsourced(aws, name);
    if (source.kind === 'login') return [];
    const section = aws.profile(source.profile) ?? {};
    const session = source.kind === 'sso' ? (aws.ssoSession(source.name) ?? {}) : {};
    return [
      ...conflicts(aws, source.profile, section, session),
      ...incomplete(aws, source.profile, Object.assign(Object.create(null), section, session)),
    ];
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    const { code, message, where = null, fix = '' } = error;
    return [{ code, severity: 'error', message, where, fix }];
  }
}

/** What `credential_source` may be, for both clients and in this spelling. */
const credentialSources = ['Environment', 'EcsContainer', 'Ec2InstanceMetadata'];

/** A role that is assumed with credentials of which no setting tells anything. */
function unsourced(aws: Aws, name: string): Finding[] {
  const { profile, before, isElsewhere } = chainEnd(aws, name);
  const say = (code: string, message: string, fix: string, where: string | undefined): Finding[] => [
    { code, severity: 'error', message: `profile "${printable(name)}": ${message}`, fix, where: where ?? null },
  ];
  if (isElsewhere) {
    const value = settingOf(aws.profile(profile) ?? {}, 'credential_source') ?? '';
    if (credentialSources.includes(value)) return [];
    const fix = didYouMean(value, credentialSources) ?? `write one of ${credentialSources.join(', ')}`;
    const of = profile === name ? '' : ` of "${printable(profile)}"`;
    const message = `credential_source${of} is none that there is`;
    return say('credential-source-unknown', message, fix, aws.where(profile, 'credential_source'));
  }
  if (before === null || directKindOf(aws, profile) !== 'none') return [];
  const message = `no setting of "${printable(profile)}", whose credentials its role is assumed with, leads to any`;
  const fix = `aws configure sso --profile "${printable(profile)}"`;
  return say('aws-source-empty', message, fix, aws.where(before, 'source_profile'));
}

function conflicts(aws: Aws, profile: string, section: Section, session: Section): Finding[] {
  const keys = Object.keys(session).filter((key) => key in section && section[key] !== session[key]);
  return keys.map((key) => ({
    code: 'sso-conflict',
    severity: 'error',
    message: `profile "${printable(profile)}": ${printable(key)} is not what its sso-session says: the AWS CLI refuses that, Claude Code takes the session's`,
    where: aws.where(profile, key) ?? null,
    fix: `remove ${printable(key)} from the profile`,
  }));
}

const needed = ['sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'];

function incomplete(aws: Aws, profile: string, merged: Section): Finding[] {
  const missing = needed.filter((key) => settingOf(merged, key) === null);
  if (missing.length === 0) return [];
  const message = `profile "${printable(profile)}": its SSO settings lack ${missing.join(' and ')}`;
  const fix = `aws configure sso --profile "${printable(profile)}"`;
  return [{ code: 'aws-sso-incomplete', severity: 'error', message, where: aws.where(profile) ?? null, fix }];
}
