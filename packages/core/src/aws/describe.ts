import { kindOf, type ProfileKind, sdkKindOf } from './kind.ts';
import { maskSecrets } from './mask.ts';
import type { Aws } from './read.ts';
import { type Section, settingOf } from './section.ts';
import { unknownProfile } from './unknown.ts';

/** One profile, as `bedrockenv profiles --json` shows it. */
export interface ProfileInfo {
  name: string;
  /** The source that the AWS CLI uses; for a profile that it does not see, the SDK's. */
  kind: ProfileKind;
  region: string | null;
  /** Of the role or session: 12 digits. */
  account: string | null;
  /** Name of the role, without path. */
  role: string | null;
  ssoSession: string | null;
  seenBy: ('cli' | 'sdk')[];
  /** All keys; secrets are `***`. */
  settings: Section;
}

/**
 * Describes a profile. It never fails for what the profile says: a role without a source is still described.
 *
 * @throws BedrockenvError `aws-profile-unknown`
 */
export function describeProfile(aws: Aws, name: string): ProfileInfo {
  const cli = aws.profile(name);
  const section = cli ?? aws.sdkProfile(name);
  if (!section) throw unknownProfile(aws, name);
  const kind = cli ? kindOf(aws, name) : sdkKindOf(section);
  // Written out: spreading costs as much as all else here, and there may be thousands.
  const { account, role } = identityOf(section, kind);
  return {
    name,
    kind,
    region: settingOf(section, 'region'),
    account,
    role,
    ssoSession: settingOf(section, 'sso_session'),
    seenBy: cli ? (aws.sdkSees(name) ? ['cli', 'sdk'] : ['cli']) : ['sdk'],
    settings: maskSecrets(section),
  };
}

/** The account and role that a profile's credentials are for, as far as its settings tell. */
export function identityOf(section: Section, kind: ProfileKind): { account: string | null; role: string | null } {
  switch (kind) {
    case 'sso':
    case 'sso-legacy':
      return { account: settingOf(section, 'sso_account_id'), role: settingOf(section, 'sso_role_name') };
    case 'assume-role':
    case 'web-identity':
      return fromArn(settingOf(section, 'role_arn'));
    case 'login':
      return { ...fromArn(settingOf(section, 'login_session')), role: null };
    default:
      return { account: settingOf(section, 'aws_account_id'), role: null };
  }
}

/** `arn:PARTITION:iam::ACCOUNT:role/PATH/NAME` */
function fromArn(arn: string | null): { account: string | null; role: string | null } {
  const found = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):(?:role\/(?:.*\/)?([^/]+)$)?/.exec(arn ?? '');
  return { account: found?.[1] ?? null, role: found?.[2] ?? null };
}
