import { describe, expect, it } from 'vitest';
import { sessionFindings } from '../../src/session/index.ts';
import { aws } from '../aws/files.ts';

const at = { home: '/home/u', env: {} };
const session = '[sso-session corp]\nsso_start_url = https://x/start\nsso_region = us-east-1\n';
const inSession = 'sso_session = corp\nsso_account_id = 1\nsso_role_name = R\n';
const role = 'role_arn = arn:aws:iam::111122223333:role/R\n';

describe('what keeps a profile from getting credentials', () => {
  it.each([
    ['nothing', inSession, []],
    ['no session at all', 'region = r\n', []],
    ['the same value twice', `${inSession}sso_region = us-east-1\n`, []],
    ['another region than the session has', `${inSession}sso_region = eu-west-1\n`, ['sso-conflict 7']],
    ['another start URL', `${inSession}sso_start_url = https://y\n`, ['sso-conflict 7']],
    ['no role', 'sso_session = corp\nsso_account_id = 1\n', ['aws-sso-incomplete 3']],
    [
      'a legacy profile without a region',
      'sso_start_url = u\nsso_account_id = 1\nsso_role_name = R\n',
      ['aws-sso-incomplete 3'],
    ],
    ['a session that is not there', inSession.replace('corp', 'crop'), ['aws-sso-session-missing 4']],
    ['a cycle', `${role}source_profile = a\n`, ['aws-source-cycle 5']],
    ['a source without credentials', `${role}source_profile = b\n[profile b]\nregion = r\n`, ['aws-source-empty 5']],
    [
      'a source of a source without, for a bearer token alone',
      `${role}source_profile = b\n[profile b]\n${role}source_profile = c\n[profile c]\nsso_session = corp\n`,
      ['aws-source-empty 8'],
    ],
    ['a source with a process', `${role}source_profile = b\n[profile b]\ncredential_process = p\n`, []],
    ['a role with its own keys', `${role}source_profile = a\naws_access_key_id = A\naws_secret_access_key = S\n`, []],
    ['the keys of the environment', `${role}credential_source = Environment\n`, []],
    ['a source in another case', `${role}credential_source = environment\n`, ['credential-source-unknown 5']],
    [
      'a source that there is not, of the source',
      `${role}source_profile = b\n[profile b]\n${role}credential_source = Vault\n`,
      ['credential-source-unknown 8'],
    ],
    [
      'the conflict of a source profile',
      `${role}source_profile = b\n[profile b]\n${inSession}sso_region = x\n`,
      ['sso-conflict 10'],
    ],
  ])('%s', (_, settings, expected) => {
    const text = `${settings.includes('= b') ? '' : '\n'}[profile a]\n${settings}${session}`.trimStart();
    const found = sessionFindings(aws(`# c\n# c\n${text}`), 'a', at);
    expect(found.map(({ code, where }) => `${code} ${where?.split(':')[1]}`)).toEqual(expected);
    for (const { severity, fix, message } of found) {
      expect(severity).toBe('error');
      expect(fix).not.toBe('');
      expect(message).not.toMatch(/eu-west-1|https:/);
    }
  });
});
