import { describe, expect, it } from 'vitest';
import { ignoredFindings, viewFindings } from '../../src/aws/index.ts';
import { aws, thrown } from './files.ts';

const keys = 'aws_access_key_id = AKIAFAKE\naws_secret_access_key = hunter2\n';
const sso = 'sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Dev\n';
const session = '[sso-session corp]\nsso_start_url = https://x/start#/\nsso_region = us-east-1\n';

describe('where the AWS CLI and Claude Code disagree', () => {
  const codes = (config: string, credentials?: string, name = 'a') =>
    viewFindings(aws(config, credentials), name).map(({ code }) => code);

  it.each([
    ['a profile that both read alike', `[profile a]\nregion = r\n${sso}${session}`, []],
    ['comments on lines of their own', '[profile a] # c\n# c\nregion = r\n; c\n', []],
    ['# inside a value', '[profile a]\nsso_start_url = https://x/start#/\n', []],
    ['keys that lead to nothing', '[profile a]\nregion = r\ncli_pager = less # c\nToolkit = x\n', []],
    ['a comment behind the region', '[profile a]\nregion = r # home\n', ['value-comment']],
    [
      'a comment behind the start URL of the session',
      `[profile a]\n${sso}${session.replace('#/', ' ; c')}`,
      ['value-comment'],
    ],
    ['a capital letter', '[profile a]\nRegion = r\n', ['key-cli-only']],
    ['a colon', '[profile a]\nregion: r\nx = 1\n', ['key-cli-only']],
    ['a key of [DEFAULT]', '[DEFAULT]\nregion = r\n[profile a]\nx = 1\n', ['key-cli-only']],
    ['an indented key', '[profile a]\nx = 1\n  region = r\n', ['key-sdk-only']],
    ['a value of two lines', '[profile a]\ncredential_process = x\n  y\n', ['value-differs']],
    ['a role without a source', `[profile a]\nrole_arn = x\n${keys}`, ['role-without-source']],
    ['SSO beside keys', `[profile a]\n${sso}${keys}${session}`, ['credentials-differ']],
    ['SSO beside a process', `[profile a]\n${sso}credential_process = p\n${session}`, ['credentials-differ']],
    ['a lone sso-session, for bearer tokens', `[profile a]\nsso_session = corp\n${session}`, []],
    ['half a pair of keys', '[profile a]\naws_access_key_id = AKIA\n', ['profile-keys-incomplete']],
    [
      'half a pair that its own role is assumed with',
      '[profile a]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = a\naws_access_key_id = AKIA\n',
      ['profile-keys-incomplete'],
    ],
    ['the other half', '[profile a]\naws_secret_access_key = hunter2\n', ['profile-keys-incomplete']],
    ['half a pair beside a process', '[profile a]\naws_access_key_id = A\ncredential_process = p\n', []],
    ['a name with a space', '[profile "a b"]\nregion = r\n', ['profile-cli-only'], 'a b'],
    ['a name beyond ASCII', '[profile 開発]\nregion = r\n', ['profile-cli-only'], '開発'],
    ['an empty profile', '[profile a]\n', ['profile-cli-only']],
    ['a profile with a misspelt prefix', '[profiles a]\nregion = r\n', ['profile-cli-only']],
    ['a header that only the SDK reads', '[profile.a]\nregion = r\n', ['profile-sdk-only']],
    [
      'a session with a space',
      `[profile a]\n${sso.replace('corp', 'co rp')}[sso-session "co rp"]\nsso_region = r\n`,
      ['session-cli-only'],
    ],
  ])('%s', (_, config, expected, name = 'a') => {
    expect(codes(config, undefined, name)).toEqual(expected);
  });

  it('[profile x] in the credentials file is two odd profiles, and one advice', () => {
    for (const [name, code] of [
      ['profile x', 'profile-cli-only'],
      ['profile.x', 'profile-sdk-only'],
    ] as const) {
      const fix = 'in the credentials file, write its header as [x]';
      expect(viewFindings(aws('', `[profile x]\n${keys}`), name)).toEqual([expect.objectContaining({ code, fix })]);
    }
    expect(viewFindings(aws('[profile.x]\nregion = r\n'), 'x')[0]?.fix).toBe('write its header as [profile x]');
  });

  it('a role whose source, near or far, Claude Code does not see', () => {
    const role = (source: string) => `role_arn = r\nsource_profile = ${source}\n`;
    const config = `[profile a]\n${role('b')}[profile b]\n${role('開発')}[profile 開発]\n${keys}`;
    for (const name of ['a', 'b']) {
      expect(viewFindings(aws(config), name)).toEqual([
        {
          code: 'source-cli-only',
          severity: 'error',
          message: `profile "${name}": Claude Code does not see the profile "開発", whose credentials it needs`,
          where: '/home/u/.aws/config:6',
          fix: 'give it a name without spaces, quotes and letters beyond ASCII (開発)',
        },
      ]);
    }
    expect(codes(config.replaceAll('開発', 'c'))).toEqual([]);
    expect(codes(`[profile a]\n${role('b')}[profile b]\n${role('a')}`)).toEqual([]);
    expect(codes(`[profile a]\n${role('gone')}`)).toEqual([]);
  });

  it('[default] twice: the CLI takes the later one, the SDK the one with the prefix', () => {
    const config = '[profile default]\nregion = r\n[default]\nregion = s\n';
    expect(codes(config, undefined, 'default')).toEqual(['value-differs']);
  });

  it('keys of the credentials file count for both', () => {
    expect(codes(`[profile a]\n${sso}${session}`, `[a]\n${keys}`)).toEqual(['credentials-differ']);
    expect(codes('[profile a]\nregion = r\n', `[a]\n${keys}`)).toEqual([]);
  });

  it('says where and what to do, and no value', () => {
    const found = viewFindings(aws(`[profile a]\nregion = secret # hidden\n${keys}${sso}`), 'a');
    expect(found).toEqual([
      {
        code: 'credentials-differ',
        severity: 'warning',
        message: 'profile "a": the AWS CLI takes its credentials from its sso-session, Claude Code from access keys',
        where: '/home/u/.aws/config:1',
        fix: 'leave only one of them in it',
      },
      {
        code: 'value-comment',
        severity: 'warning',
        message:
          'profile "a": the AWS CLI takes the comment behind region for a part of its value, Claude Code does not',
        where: '/home/u/.aws/config:2',
        fix: 'put the comment on a line of its own',
      },
    ]);
    expect(thrown(() => viewFindings(aws(''), 'a'))).toMatchObject({ code: 'aws-profile-unknown' });
  });
});

describe('sections that nobody reads', () => {
  it.each([
    ['[corp-dev]\nregion = r\n', '1: write it as [profile corp-dev]'],
    ['[profile a]\n[profile corp dev]\nregion = r\n', '2: write it as [profile corp-dev]'],
    ['[sso-session my corp]\nsso_region = r\n', '1: write it as [sso-session my-corp]'],
  ])('%j', (config, expected) => {
    const [found, ...others] = ignoredFindings(aws(config));
    expect([found?.code, others]).toEqual(['section-ignored', []]);
    expect(`${found?.where?.replace(/.*:/, '')}: ${found?.fix}`).toBe(expected);
  });

  it.each([
    '[profile a]\nx = 1\n[default]\nx = 1\n',
    '[plugins]\ncli_legacy_plugin_path = x\n',
    '[profile.a]\nregion = r\n',
  ])('nothing of %j', (config) => expect(ignoredFindings(aws(config))).toEqual([]));
});
