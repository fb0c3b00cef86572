import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenSource } from '../../src/session/index.ts';
import { aws, thrown } from '../aws/files.ts';

const at = { home: '/home/u', env: {} };
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const role = 'role_arn = arn:aws:iam::111122223333:role/R';
const session = '[sso-session corp]\nsso_start_url = https://x/start#/\nsso_region = us-east-1\n';
const legacy = 'sso_start_url = https://x/start#/\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = R\n';
const inSession = 'sso_session = corp\nsso_account_id = 1\nsso_role_name = R\n';
const keys = 'aws_access_key_id = A\naws_secret_access_key = S\n';

describe('tokenSource', () => {
  it('an sso-session is found by its name', () => {
    expect(tokenSource(aws(`${session}[profile a]\nregion = r\n${inSession}`), 'a', at)).toEqual({
      kind: 'sso',
      name: 'corp',
      startUrl: 'https://x/start#/',
      region: 'us-east-1',
      profile: 'a',
      // printf corp | sha1sum
      tokenFile: '/home/u/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json',
    });
  });

  it.each(['https://x/start#/', 'https://x/start', 'https://é/ #'])('a legacy session by its start URL: %s', (url) => {
    const files = aws(`[profile a]\n${legacy.replace('https://x/start#/', url)}`);
    expect(tokenSource(files, 'a', at)).toMatchObject({
      kind: 'sso-legacy',
      name: url,
      startUrl: url,
      region: 'eu-west-1',
      tokenFile: `/home/u/.aws/sso/cache/${sha1(url)}.json`,
    });
  });

  it('a login by its login_session, in the folder of the environment', () => {
    const arn = 'arn:aws:iam::111122223333:user/u';
    const files = aws(`[profile a]\nregion = r\nlogin_session = ${arn}\n`);
    const file = `${createHash('sha256').update(arn).digest('hex')}.json`;
    expect(tokenSource(files, 'a', at)).toEqual({
      kind: 'login',
      name: arn,
      startUrl: null,
      region: 'r',
      profile: 'a',
      tokenFile: `/home/u/.aws/login/cache/${file}`,
    });
    const env = { AWS_LOGIN_CACHE_DIRECTORY: '~/$X', X: 'y' };
    expect(tokenSource(files, 'a', { ...at, env })?.tokenFile).toBe(`/home/u/y/${file}`);
  });

  it.each([
    ['keys', keys],
    ['a process', 'credential_process = p'],
    ['web identity beside a source', `${role}\nsource_profile = sso\nweb_identity_token_file = /t`],
    ['a role of the instance', `${role}\ncredential_source = Environment`],
    ['nothing', 'region = r'],
    ['an sso-session for bearer tokens', 'sso_session = corp'],
  ])('%s: null', (_, settings) => {
    const files = aws(`${session}[profile a]\n${settings}\n[profile sso]\n${inSession}`);
    expect(tokenSource(files, 'a', at)).toBeNull();
  });

  it.each([
    [
      'a chain to SSO',
      `${role}\nsource_profile = b\n[profile b]\n${role}\nsource_profile = c\n[profile c]\n${inSession}`,
      'c',
    ],
    ['a chain to keys', `${role}\nsource_profile = b\n[profile b]\n${keys}`, null],
    [
      'a role as a source that has keys',
      `${role}\nsource_profile = b\n[profile b]\n${keys}${role}\nsource_profile = none`,
      null,
    ],
    ['SSO before the keys of a source', `${role}\nsource_profile = b\n[profile b]\n${keys}${inSession}`, 'b'],
    ['itself, with keys', `${role}\nsource_profile = a\n${keys}`, null],
    ['itself, with keys and SSO', `${role}\nsource_profile = a\n${keys}${inSession}`, 'a'],
    ['a role without a source, and SSO', `${role}\n${inSession}`, 'a'],
  ])('%s', (_, settings, profile) => {
    expect(tokenSource(aws(`${session}[profile a]\n${settings}\n`), 'a', at)?.profile ?? null).toBe(profile);
  });

  it.each([
    ['an unknown profile', 'region = r', 'aws-profile-unknown', undefined, 'zzz'],
    ['a missing source', `${role}\nsource_profile = hidden`, 'aws-source-missing', 6],
    ['an empty source', `${role}\nsource_profile =`, 'aws-source-missing', 6],
    ['a cycle', `${role}\nsource_profile = b\n[profile b]\n${role}\nsource_profile = a`, 'aws-source-cycle', 9],
    ['itself, without keys', `${role}\nsource_profile = a`, 'aws-source-cycle', 6],
    ['two sources', `${role}\nsource_profile = a\ncredential_source = Environment`, 'aws-source-both', 6],
    ['a missing session', 'x = y\nsso_session = hidden\nsso_role_name = R', 'aws-sso-session-missing', 6],
    ['an account without a session', 'sso_account_id = 1', 'aws-sso-incomplete', 4],
  ])('%s: an error with its line and a fix', (_, settings, code, line, profile = 'a') => {
    const error = thrown(() => tokenSource(aws(`${session}[profile a]\n${settings}\n`), profile, at)) as Error;
    expect(error).toMatchObject({
      code,
      where: line && `/home/u/.aws/config:${line}`,
      fix: expect.stringMatching(/./),
    });
    expect(JSON.stringify(error) + error.message).not.toContain('hidden');
  });

  it('a missing source is told with the nearest', () => {
    const files = aws(`[profile base]\n[profile a]\n${role}\nsource_profile = bas\n`);
    expect(() => tokenSource(files, 'a', at)).toThrow(expect.objectContaining({ fix: 'did you mean "base"?' }));
  });

  it('a cycle is told from where it begins', () => {
    const files = aws(
      `[profile a]\n${role}\nsource_profile=b\n[profile b]\n${role}\nsource_profile=c\n[profile c]\n${role}\nsource_profile=b\n`,
    );
    expect(() => tokenSource(files, 'a', at)).toThrow('profile "c": source_profile closes a cycle: "b" -> "c" -> "b"');
  });
});
