import { expect, it } from 'vitest';
import { listSessions, namedSession } from '../../src/session/index.ts';
import { aws } from '../aws/files.ts';

const files = aws(`[sso-session corp]
sso_start_url = https://x/start
sso_region = us-east-1
[sso-session unused]
[profile a]
sso_session = corp
sso_account_id = 1
sso_role_name = R
[profile b]
role_arn = r
source_profile = a
[profile old]
sso_start_url = https://old/start
sso_account_id = 1
sso_role_name = R
[profile broken]
role_arn = r
source_profile = nowhere
`);

it('lists each session once, with the profiles that depend on it', () => {
  const listed = listSessions(files, { home: '/home/u', env: {} });
  expect(listed.map(({ source, profiles }) => [source.kind, source.name, profiles])).toEqual([
    ['sso', 'corp', ['a', 'b']],
    ['sso-legacy', 'https://old/start', ['old']],
    ['sso', 'unused', []],
  ]);
});

it('a session by its own name', () => {
  expect(namedSession(files, 'corp', '/home/u')).toEqual({
    kind: 'sso',
    name: 'corp',
    startUrl: 'https://x/start',
    region: 'us-east-1',
    profile: '',
    tokenFile: '/home/u/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json',
  });
  expect(namedSession(files, 'other', '/home/u')).toBeNull();
});
