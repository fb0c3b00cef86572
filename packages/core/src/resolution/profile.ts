import { type Aws, matchProfiles, unknownProfile, viewFindings } from '../aws/index.ts';
import { printable } from '../display.ts';
import type { Env } from '../env.ts';
import { BedrockenvError, type Warning } from '../errors.ts';
import type { ProfileMatch, Setting, Settings } from '../project/index.ts';
import { sessionFindings } from '../session/index.ts';

/**
 * The profile that the settings choose, as it is called on this machine; null when they choose none.
 * @throws {BedrockenvError} `aws-profile-unknown`, `profile-unmatched`, `profile-ambiguous`, at the setting's line
 */
export function chosenProfile(aws: Aws, { profile }: Settings): { name: string; source: string } | null {
  if (profile === undefined) return null;
  const { value, source } = profile;
  if (typeof value !== 'string') return { name: matched(aws, value, source), source };
  if (aws.profile(value)) return { name: value, source };
  if (aws.sdkProfile(value)) {
    const message = `the AWS CLI does not see the profile "${printable(value)}": its header is not one that the CLI reads`;
    throw at(profile, new BedrockenvError('profile-sdk-only', message, { fix: `write it as [profile ${value}]` }));
  }
  throw at(profile, unknownProfile(aws, value));
}

/**
 * The profile of the ambient credentials, which a directory without a profile uses: AWS_PROFILE, then `default` if it
 * exists. Null with keys in the environment, and where nothing is known.
 * @see Claude Code ignores AWS_DEFAULT_PROFILE (measured on 2.1.330)
 */
export function ambientProfile(aws: Aws, env: Env): string | null {
  const named = env.AWS_PROFILE;
  if (named) return aws.profile(named) ? named : null;
  if (env.AWS_ACCESS_KEY_ID) return null;
  return aws.profile('default') ? 'default' : null;
}

/**
 * The AWS CLI lets a NUL stand in a name; no variable, argument or plan can hold one.
 * @param names of profiles that are used
 * @throws {BedrockenvError} `nul-byte`, at the header of the first that has one
 */
export function checkNames(aws: Aws, names: readonly (string | null | undefined)[]): void {
  const bad = names.find((name) => name?.includes('\0'));
  if (!bad) return;
  const where = aws.where(bad);
  throw new BedrockenvError('nul-byte', `the name of the profile "${printable(bad)}" has a NUL byte`, {
    ...(where !== undefined && { where }),
    fix: 'give it another name',
  });
}

/** Where Claude Code and the AWS CLI disagree on a profile, and what keeps it from getting credentials. */
export function profileWarnings(aws: Aws, name: string, at: { home: string; env: Env }): Warning[] {
  const found = [...viewFindings(aws, name), ...sessionFindings(aws, name, at)];
  return found.map(({ code, message, fix }) => ({ code, message, fix }));
}

function matched(aws: Aws, want: ProfileMatch, source: string): string {
  const names = matchProfiles(aws, want);
  const [first, ...others] = names;
  const what = `account ${want.account} and role ${printable(want.role)}${want.session ? ` of session ${printable(want.session)}` : ''}`;
  if (first === undefined) {
    throw new BedrockenvError('profile-unmatched', `no AWS profile on this machine has ${what}`, {
      where: source,
      fix: 'add one: aws configure sso',
    });
  }
  if (others.length > 0) {
    throw new BedrockenvError(
      'profile-ambiguous',
      `several AWS profiles have ${what}: ${names.map(printable).join(', ')}`,
      {
        where: source,
        fix: want.session
          ? 'write profile: with one of these names'
          : 'add session:, or write profile: with one of these names',
      },
    );
  }
  return first;
}

function at(setting: Setting<unknown>, { code, message, fix }: BedrockenvError): BedrockenvError {
  return new BedrockenvError(code, message, { where: setting.source, ...(fix === undefined ? {} : { fix }) });
}
