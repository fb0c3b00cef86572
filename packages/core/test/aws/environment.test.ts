import { expect, it } from 'vitest';
import { awsFilePaths, environmentFindings, readAws } from '../../src/aws/index.ts';

it.each(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])('%s with ~/, beside an sso-session', (variable) => {
  const session = new TextEncoder().encode('[sso-session s]\nsso_region = r\n');
  const files = {
    config: { path: '/home/u/there', bytes: session },
    credentials: { path: '/home/u/there', bytes: new Uint8Array() },
  };
  const found = environmentFindings({ [variable]: '~/there' }, readAws(files), files);
  expect(found.map(({ code }) => code)).toEqual(variable === 'AWS_CONFIG_FILE' ? ['env-file-expanded'] : []);
});

const bytes = new TextEncoder().encode('[profile a]\nregion = r\n');

it.each([
  [{}, []],
  [{ AWS_PROFILE: 'a', AWS_REGION: 'r', AWS_DEFAULT_REGION: 's' }, []],
  [{ AWS_PROFILE: '' }, ['error env-profile-empty']],
  [{ AWS_DEFAULT_PROFILE: '' }, ['error env-profile-empty']],
  [{ AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: '' }, []],
  [{ AWS_PROFILE: 'b' }, ['error env-profile-unknown']],
  [{ AWS_PROFILE: 'b', AWS_ACCESS_KEY_ID: 'AKIA' }, ['error env-profile-unknown']],
  [{ AWS_DEFAULT_PROFILE: 'b' }, ['error env-profile-unknown']],
  [{ AWS_DEFAULT_PROFILE: 'a' }, ['warning env-default-profile']],
  [{ AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' }, []],
  [{ AWS_PROFILE: 'a', AWS_ACCESS_KEY_ID: 'AKIA' }, ['warning env-keys']],
  [{ AWS_ACCESS_KEY_ID: 'AKIA' }, []],
  [{ AWS_DEFAULT_REGION: 'r' }, ['info env-default-region']],
  [{ AWS_CONFIG_FILE: '' }, ['warning env-file-empty']],
  [{ AWS_CONFIG_FILE: '~/there' }, []],
  [{ AWS_CONFIG_FILE: '/home/u/there' }, []],
  [{ AWS_CONFIG_FILE: '$HOME/there', HOME: '/home/u' }, ['warning env-file-expanded']],
  [{ AWS_SHARED_CREDENTIALS_FILE: '/nowhere' }, ['warning env-file-missing']],
])('%o', (env, expected) => {
  const paths = awsFilePaths(env, '/home/u');
  const read = (path: string | null) => ({
    path: path ?? '',
    bytes: path === null || path === '/nowhere' ? null : bytes,
  });
  const files = { config: read(paths.config), credentials: { ...read(paths.credentials) } };
  files.credentials.bytes &&= new Uint8Array();
  const found = environmentFindings(env, readAws(files), files);
  expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  for (const { fix, message } of found) expect([fix, message]).not.toContain('');
});
