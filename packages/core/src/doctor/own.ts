import type { Entry } from './entry.ts';

/** The session behind the profile, and the AWS CLI, which signs in. */
export const sessionEntries: readonly Entry[] = [
  { code: 'session-expired', severity: 'warning', meaning: 'a sign-in is needed; see [sessions](sessions.md)' },
  { code: 'session-missing', severity: 'warning', meaning: 'nobody has signed in yet' },
  { code: 'session-unreadable', severity: 'error', meaning: 'the token file exists and cannot be read' },
  {
    code: 'session-legacy',
    severity: 'info',
    meaning: 'the start URL stands in the profile: such a session cannot renew itself',
  },
  {
    code: 'session-not-renewing',
    severity: 'info',
    meaning: 'the token has nothing to renew it with, so you sign in more often than you need',
  },
  { code: 'cool-down', severity: 'info', meaning: 'a sign-in has failed within the last ten minutes' },
  {
    code: 'clock-skew',
    severity: 'error',
    meaning: "this machine's clock is not right: AWS refuses signatures that are more than 5 minutes off",
  },
  { code: 'api-key', severity: 'error', meaning: '`api_key:` leads to no key: no such variable, file or keyring' },
  { code: 'no-aws', severity: 'error', meaning: 'there is no AWS CLI on PATH' },
  {
    code: 'aws-old',
    severity: 'error',
    meaning: 'the AWS CLI cannot sign in: version 1, or before 2.32 for `aws login`',
  },
  { code: 'aws-before-2-22', severity: 'info', meaning: 'the AWS CLI cannot sign in by redirect: it prints a code' },
];

/** Directory files, the user config and the state folder. The reader of each tells what is wrong with it. */
export const projectEntries: readonly Entry[] = [
  { code: 'unapproved', severity: 'warning', meaning: 'the `.bedrockrc` is not approved, so nothing of it applies' },
  { code: 'denied', severity: 'info', meaning: 'it was denied' },
  { code: 'broken', severity: 'error', meaning: 'it cannot be used: a FIFO, a folder, over 64 KiB, a NUL' },
  { code: 'left-out', severity: 'warning', meaning: 'one further up is broken or not approved, and is left out' },
  { code: 'yaml-syntax', severity: 'error', meaning: 'it is no YAML' },
  { code: 'yaml-feature', severity: 'error', meaning: 'anchors, tags and alike, which are not for such a file' },
  { code: 'several-documents', severity: 'error', meaning: 'two documents in one file' },
  { code: 'not-a-mapping', severity: 'error', meaning: 'something else than `key: value` lines' },
  { code: 'duplicate-key', severity: 'error', meaning: 'a key stands twice' },
  { code: 'unknown-key', severity: 'error', meaning: 'there is no such key' },
  { code: 'misplaced-key', severity: 'error', meaning: 'the key belongs elsewhere' },
  { code: 'missing-key', severity: 'error', meaning: 'a key within a value is missing' },
  { code: 'refused-key', severity: 'error', meaning: 'endpoints, credentials and commands are refused there' },
  { code: 'wrong-value', severity: 'error', meaning: 'the value is not one that the key takes' },
  { code: 'control-character', severity: 'error', meaning: 'a control character in a value' },
  { code: 'not-utf8', severity: 'error', meaning: 'the file is not UTF-8' },
  { code: 'no-environment', severity: 'error', meaning: '`use:` names no environment of the user config' },
  {
    code: 'state-folder',
    severity: 'error',
    meaning: "the state folder is another user's, or writable by others: nothing is applied",
  },
  { code: 'io', severity: 'error', meaning: 'a file that counts cannot be read' },
  {
    code: 'profile-unused',
    severity: 'warning',
    meaning: '`api_key:` beside `profile:`: the key is used, the profile is not',
  },
];
