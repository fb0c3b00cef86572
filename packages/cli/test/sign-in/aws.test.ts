import { describe, expect, it } from 'vitest';
import { awsVersion, signInArguments, tooOld } from '../../src/sign-in/aws.ts';

const profile = { kind: 'sso', profile: 'p', ssoSession: null } as const;
const version = (minor: number, major = 2) => ({ major, minor });

it.each([
  ['aws-cli/2.36.12 Python/3.13.9 Linux/6.1', version(36)],
  ['aws-cli/1.45.11 Python/3.11.7', version(45, 1)],
  ['zsh: command not found', null],
])('the version in %j', (printed, expected) => {
  expect(awsVersion(printed)).toEqual(expected);
});

// The flags were run with 2.9.19, 2.17.3 and 2.36.12.
it.each([
  [profile, 'browser', null, 'sso login --profile p'],
  [profile, 'device', version(36), 'sso login --profile p --use-device-code --no-browser'],
  [profile, 'device', version(22), 'sso login --profile p --use-device-code --no-browser'],
  [profile, 'device', version(21), 'sso login --profile p --no-browser'],
  [profile, 'device', null, 'sso login --profile p --use-device-code --no-browser'],
  [{ ...profile, profile: null, ssoSession: 's' }, 'browser', null, 'sso login --sso-session s'],
  [{ ...profile, kind: 'login' }, 'browser', null, 'login --profile p'],
  [{ ...profile, kind: 'login' }, 'device', null, 'login --profile p --remote'],
] as const)('case %#: %o by %s with %o', (target, flow, at, words) => {
  expect(signInArguments(target, flow, at).join(' ')).toBe(words);
});

describe('an AWS CLI that cannot sign in', () => {
  it.each([
    [version(45, 1), 'sso', /version 1\.45, which has no aws sso login; it needs 2: brew install awscli/],
    [version(31), 'login', /version 2\.31, which has no aws login; it needs 2\.32/],
    [version(32), 'login', null],
    [version(0), 'sso', null],
    [null, 'login', null],
  ] as const)('%o for %s', (at, kind, expected) => {
    const said = tooOld(at, kind, 'darwin');
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
  });
});
