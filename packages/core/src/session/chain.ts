import { type Aws, assumesRole, didYouMean, type Section, settingOf, unknownProfile } from '../aws/index.ts';
import { printable } from '../display.ts';
import { BedrockenvError } from '../errors.ts';

/**
 * The profile at the end of a chain of `source_profile`: the one whose own credentials the roles are assumed with.
 * Null where the chain ends in a `credential_source`, which no profile describes.
 *
 * @throws BedrockenvError `aws-profile-unknown`, `aws-source-missing`, `aws-source-cycle`, `aws-source-both`
 * @see botocore's credentials.py (AssumeRoleProvider)
 */
export function sourceOf(aws: Aws, profile: string): string | null {
  const visited = [profile];
  for (let current = profile; ; ) {
    const section = aws.profile(current) ?? aws.sdkProfile(current);
    if (!section) throw unknownProfile(aws, current);
    // Keys of a source profile come before its own role; those of the profile asked for do not.
    if (!assumesRole(section) || (visited.length > 1 && hasKeys(section))) return current;
    if ('credential_source' in section) {
      if ('source_profile' in section) throw twoSources(aws, current);
      return null;
    }
    const source = settingOf(section, 'source_profile') ?? '';
    if (!aws.profile(source)) throw missingSource(aws, current, source);
    if (visited.includes(source)) {
      if (source === current && hasKeys(section)) return current;
      throw cycle(aws, current, visited.slice(visited.indexOf(source)));
    }
    visited.push(source);
    current = source;
  }
}

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
