import { describe, expect, it } from 'vitest';
import { describeProfile, matchProfiles, sdkKindOf } from '../../src/aws/index.ts';
import { aws } from './files.ts';

const keys = 'aws_access_key_id = AKIAFAKE\naws_secret_access_key = hunter2\n';
const sso = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Dev\n';
const role = 'role_arn = arn:aws:iam::444455556666:role/path/to/Deploy\n';

describe('kind: what the AWS CLI uses, and what the JavaScript SDK uses', () => {
  it.each([
    ['region only', 'region = r\n', undefined, 'none', 'none'],
    ['keys', keys, undefined, 'static', 'static'],
    ['keys in the credentials file', 'region = r\n', keys, 'static', 'static'],
    ['an sso-session', sso, undefined, 'sso', 'sso'],
    ['an sso-session without account and role', 'sso_session = corp\n', undefined, 'none', 'sso'],
    ['a start URL', sso.replace('sso_session = corp', 'sso_start_url = u'), undefined, 'sso-legacy', 'sso-legacy'],
    ['a role with a source', `${role}source_profile = b\n`, undefined, 'assume-role', 'assume-role'],
    [
      'a role of the instance',
      `${role}credential_source = Ec2InstanceMetadata\n`,
      undefined,
      'assume-role',
      'assume-role',
    ],
    ['a role without a source, and SSO', role + sso, undefined, 'sso', 'sso'],
    ['web identity', `${role}web_identity_token_file = /t\n`, undefined, 'web-identity', 'web-identity'],
    [
      'web identity beside a source',
      `${role}source_profile = b\nweb_identity_token_file = /t\n`,
      undefined,
      'web-identity',
      'assume-role',
    ],
    ['a process', 'credential_process = p\n', undefined, 'process', 'process'],
    ['a process and keys in config', `credential_process = p\n${keys}`, undefined, 'process', 'static'],
    ['a process and keys in credentials', 'credential_process = p\n', keys, 'static', 'static'],
    ['a login', 'login_session = arn:aws:iam::111122223333:user/u\n', undefined, 'login', 'login'],
    ['a login and a process', 'login_session = l\ncredential_process = p\n', undefined, 'login', 'process'],
    ['SSO and keys', sso + keys, undefined, 'sso', 'static'],
    ['SSO and keys in credentials', sso, keys, 'sso', 'static'],
    ['SSO and a process', `${sso}credential_process = p\n`, undefined, 'sso', 'process'],
    ['SSO and web identity', `${sso}${role}web_identity_token_file = /t\n`, undefined, 'web-identity', 'web-identity'],
  ])('%s', (_, config, credentials, cli, sdk) => {
    const files = aws(`[profile a]\n${config}`, credentials && `[a]\n${credentials}`);
    expect(describeProfile(files, 'a').kind).toBe(cli);
    expect(sdkKindOf(files.sdkProfile('a') ?? {})).toBe(sdk);
  });
});

describe('describeProfile', () => {
  it('shows an SSO profile', () => {
    expect(describeProfile(aws(`[profile a]\nregion = eu-central-1\n${sso}`), 'a')).toEqual({
      name: 'a',
      kind: 'sso',
      region: 'eu-central-1',
      account: '111122223333',
      role: 'Dev',
      ssoSession: 'corp',
      seenBy: ['cli', 'sdk'],
      settings: { region: 'eu-central-1', sso_session: 'corp', sso_account_id: '111122223333', sso_role_name: 'Dev' },
    });
  });

  it('takes account and role of a role profile from its ARN', () => {
    const info = describeProfile(aws(`[profile a]\n${role}source_profile = b\nsso_region = us-east-1\n`), 'a');
    expect(info).toMatchObject({ account: '444455556666', role: 'Deploy', region: null, ssoSession: null });
  });

  it('shows who sees it', () => {
    const files = aws('[profile "my dev"]\nregion = r\n[profile.odd]\nregion = r\n');
    expect(describeProfile(files, 'my dev').seenBy).toEqual(['cli']);
    expect(describeProfile(files, 'odd')).toMatchObject({ seenBy: ['sdk'], kind: 'none', region: 'r' });
  });

  it('masks secrets, wherever they stand', () => {
    const files = aws(`[profile a]
aws_access_key_id = AKIAFAKE
  aws_secret_access_key = hunter2-indented
aws_secret_access_key = hunter2
AWS_SESSION_TOKEN: hunter2
aws_security_token = hunter2
db_password = hunter2
web_identity_token_file = /run/token
credential_process = env API_TOKEN=hunter2 tool --token hunter2 --secret="hunter 2" --profile shown
proxy = https://me:hunter2@proxy.example
s3 =
  secret = hunter2
  x = 1
`);
    expect(describeProfile(files, 'a').settings).toEqual({
      aws_access_key_id: 'AKIAFAKE\naws_secret_access_key = ***',
      aws_secret_access_key: '***',
      aws_session_token: '***',
      aws_security_token: '***',
      db_password: '***',
      web_identity_token_file: '/run/token',
      credential_process: 'env API_TOKEN=*** tool --token *** --secret=*** --profile shown',
      proxy: 'https://me:***@proxy.example',
      s3: { secret: '***', x: '1' },
    });
  });

  it('refuses an unknown name with the nearest', () => {
    expect(() => describeProfile(aws('[profile corp-dev]\n'), 'corp-dve')).toThrow(
      expect.objectContaining({ code: 'aws-profile-unknown', fix: 'did you mean "corp-dev"?' }),
    );
    expect(() => describeProfile(aws(''), 'x')).toThrow(
      expect.objectContaining({ fix: 'to see them: bedrockenv profiles' }),
    );
  });
});

describe('matchProfiles', () => {
  const files = aws(
    `[profile a]\n${sso}[profile b]\n${sso.replace('corp', 'other')}[profile c]\n${role}source_profile = a\n` +
      `[profile d]\n${sso.replace('Dev', 'Admin')}[profile e]\nregion = 111122223333\n` +
      '[profile f]\nsso_start_url = https://old/start\nsso_account_id = 999900001111\nsso_role_name = Old\n' +
      `[profile g]\n${role}source_profile = g\n`.replaceAll('Deploy', 'Loop'),
  );
  it.each([
    [{ account: '111122223333', role: 'Dev' }, ['a', 'b']],
    [{ account: '111122223333', role: 'Dev', session: 'corp' }, ['a']],
    [{ account: '111122223333', role: 'Dev', session: 'none' }, []],
    [{ account: '444455556666', role: 'Deploy' }, ['c']],
    [{ account: '444455556666', role: 'Deploy', session: 'corp' }, ['c']],
    [{ account: '444455556666', role: 'Deploy', session: 'other' }, []],
    [{ account: '999900001111', role: 'Old', session: 'https://old/start' }, ['f']],
    [{ account: '000000000000', role: 'Dev' }, []],
  ])('%o', (want, expected) => {
    expect(matchProfiles(files, want)).toEqual(expected);
  });
});
