import { identityOf } from './describe.ts';
import { kindOf } from './kind.ts';
import type { Aws } from './read.ts';
import { settingOf } from './section.ts';

/**
 * The profiles of this machine whose credentials are for an account and a role (its name, without path), in the order
 * of `aws configure list-profiles`. With `session`, only those of that sso-session.
 */
export function matchProfiles(aws: Aws, want: { account: string; role: string; session?: string }): string[] {
  return aws.profileNames().filter((name) => {
    if (!aws.mentions(name, want.account)) return false;
    const section = aws.profile(name);
    if (!section) return false;
    if (want.session !== undefined && settingOf(section, 'sso_session') !== want.session) return false;
    const { account, role } = identityOf(section, kindOf(aws, name));
    return account === want.account && role === want.role;
  });
}
