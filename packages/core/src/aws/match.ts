import { identityOf } from './describe.ts';
import { assumesRole, kindOf } from './kind.ts';
import type { Aws } from './read.ts';
import { type Section, settingOf } from './section.ts';

/**
 * The profiles of this machine whose credentials are for an account and a role (its name, without path), in the order
 * of `aws configure list-profiles`. With `session`, only those whose credentials depend on that session, through
 * `source_profile` too: an sso-session's name, or the start URL of a legacy profile.
 */
export function matchProfiles(aws: Aws, want: { account: string; role: string; session?: string }): string[] {
  return aws.profileNames().filter((name) => {
    if (!aws.mentions(name, want.account)) return false;
    const section = aws.profile(name);
    if (!section) return false;
    if (want.session !== undefined && sessionOf(aws, name) !== want.session) return false;
    const { account, role } = identityOf(section, kindOf(aws, name));
    return account === want.account && role === want.role;
  });
}

/** The session at the end of a profile's chain of roles; null where there is none, or the chain leads nowhere. */
function sessionOf(aws: Aws, name: string): string | null {
  const visited = new Set<string>();
  for (let current: string | null = name; current !== null && !visited.has(current); ) {
    visited.add(current);
    const section: Section = aws.profile(current) ?? {};
    if (!assumesRole(section)) return settingOf(section, 'sso_session') ?? settingOf(section, 'sso_start_url');
    current = settingOf(section, 'source_profile');
  }
  return null;
}
