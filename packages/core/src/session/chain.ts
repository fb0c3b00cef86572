import { type Aws, assumesRole, didYouMean, type Section, sdkKindOf, settingOf, unknownProfile } from '../aws/index.ts';
import { printable } from '../display.ts';
import { BedrockenvError } from '../errors.ts';

/** What a chain of `source_profile` leads to. */
interface ChainEnd {
  /** The last profile of the chain. */
  profile: string;
  /** The one before it, which names it; null where the chain is one profile long. */
  before: string | null;
  /** Whether it has a `credential_source`, which no profile describes, in place of credentials of its own. */
  isElsewhere: boolean;
}

/**
 * Follows a chain of `source_profile` to its end, as the AWS CLI does.
 *
 * @throws BedrockenvError `aws-profile-unknown`, `aws-source-missing`, `aws-source-cycle`, `aws-source-both`
 * @see botocore's credentials.py (AssumeRoleProvider)
 */
export function chainEnd(aws: Aws, profile: string): ChainEnd {
  const visited = [profile];
  for (let current = profile; ; ) {
    const section = aws.profile(current) ?? aws.sdkProfile(current);
    if (!section) throw unknownProfile(aws, current);
    const end = { profile: current, before: visited.at(-2) ?? null, isElsewhere: false };
    // Keys of a source profile come before its own role; those of the profile asked for do not.
    if (!assumesRole(section) || (visited.length > 1 && hasKeys(section))) return end;
    if ('credential_source' in section) {
      if ('source_profile' in section) throw twoSources(aws, current);
      return { ...end, isElsewhere: true };
    }
    const source = settingOf(section, 'source_profile') ?? '';
    if (!aws.profile(source)) throw missingSource(aws, current, source);
    if (visited.includes(source)) {
      if (source === current && hasKeys(section)) return end;
      throw cycle(aws, current, visited.slice(visited.indexOf(source)));
    }
    visited.push(source);
    current = source;
  }
}

/**
 * The profile at the end of a chain: the one whose own credentials the roles are assumed with. Null where the chain ends
 * in a `credential_source`.
 *
 * @throws BedrockenvError as {@link chainEnd}
 */
export function sourceOf(aws: Aws, profile: string): string | null {
  const end = chainEnd(aws, profile);
  return end.isElsewhere ? null : end.profile;
}

/**
 * The profiles whose roles Claude Code assumes for a profile, one with the credentials of the next; the first is the one
 * asked for. None where it assumes no role.
 *
 * @see @aws-sdk/credential-provider-ini 3.973 (resolveProfileData, resolveAssumeRoleCredentials)
 */
function sdkRoles(aws: Aws, profile: string): string[] {
  const roles: string[] = [];
  for (let current: string | null = profile; current !== null && !roles.includes(current); ) {
    const section: Section = aws.sdkProfile(current) ?? {};
    const isSource = roles.length > 0;
    if (sdkKindOf(section) !== 'assume-role' || (isSource && hasBothKeys(section))) break;
    roles.push(current);
    current = settingOf(section, 'source_profile');
  }
  return roles;
}

/** The first of those profiles that asks for the code of an MFA device; null for none. */
export function mfaProfile(aws: Aws, profile: string): string | null {
  return sdkRoles(aws, profile).find((name) => settingOf(aws.sdkProfile(name) ?? {}, 'mfa_serial') !== null) ?? null;
}

/**
 * What AWS_PROFILE is to be while the SDK asks AWS as a profile: it takes the endpoints of services from the profile that
 * the variable names, whichever it was told to use. Where a credential_process is run, which would get the variable too and
 * might run itself without end, it stays as it is.
 *
 * @param ambient what it is
 * @see @smithy/core 3.33, getEndpointFromConfig
 */
export function profileToAskAs(aws: Aws, profile: string, ambient: string | undefined): string | undefined {
  const last = sdkRoles(aws, profile).at(-1);
  const end = last === undefined ? profile : (settingOf(aws.sdkProfile(last) ?? {}, 'source_profile') ?? last);
  return sdkKindOf(aws.sdkProfile(end) ?? {}) === 'process' ? ambient : profile;
}

const hasBothKeys = (section: Section) => 'aws_access_key_id' in section && 'aws_secret_access_key' in section;

const hasKeys = (section: Section) => 'aws_access_key_id' in section || 'aws_secret_access_key' in section;

function missingSource(aws: Aws, profile: string, source: string): BedrockenvError {
  const fix =
    didYouMean(
      source,
      aws.profileNames().filter((name) => name !== profile),
    ) ?? 'correct source_profile, or add that profile';
  return profileError(aws, profile, 'source_profile', 'aws-source-missing', 'names a profile that does not exist', fix);
}

function cycle(aws: Aws, profile: string, names: readonly string[]): BedrockenvError {
  const around = [...names, names[0] ?? profile].map((name) => `"${printable(name)}"`).join(' -> ');
  const fix = 'let one of them name a profile that has credentials of its own';
  return profileError(aws, profile, 'source_profile', 'aws-source-cycle', `closes a cycle: ${around}`, fix);
}

function twoSources(aws: Aws, profile: string): BedrockenvError {
  const fix = 'remove one of the two';
  return profileError(aws, profile, 'source_profile', 'aws-source-both', 'stands beside credential_source', fix);
}

/** An error about a key of a profile, with its line. The key's value is not told. */
export function profileError(
  aws: Aws,
  profile: string,
  key: string,
  code: string,
  what: string,
  fix: string,
): BedrockenvError {
  const where = aws.where(profile, key) ?? aws.where(profile);
  const message = `profile "${printable(profile)}": ${key} ${what}`;
  return new BedrockenvError(code, message, { fix, ...(where === undefined ? {} : { where }) });
}
