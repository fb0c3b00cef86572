import { printable } from '../display.ts';
import type { Finding } from './finding.ts';
import { assumesRole, kindOf, type ProfileKind, sdkKindOf } from './kind.ts';
import type { Aws } from './read.ts';
import type { Section } from './section.ts';
import { unknownProfile } from './unknown.ts';

/**
 * Where the AWS CLI and Claude Code, which reads the files with the AWS SDK for JavaScript, disagree on a profile in
 * anything that decides what it is used for: whether it is there at all, the source of its credentials, its region,
 * any setting that leads to credentials, and the same of its sso-session.
 *
 * @throws BedrockenvError `aws-profile-unknown`
 */
export function viewFindings(aws: Aws, name: string): Finding[] {
  const cli = aws.profile(name);
  const sdk = aws.sdkProfile(name);
  if (!cli && !sdk) throw unknownProfile(aws, name);
  const subject = `profile "${printable(name)}"`;
  const where = (key?: string) => aws.where(name, key) ?? aws.where(name) ?? null;
  const meant = meantInCredentials(aws, name);
  if (!cli) {
    const header = `[${name === 'default' ? name : `profile ${printable(name)}`}]`;
    const fix = meant ?? `write its header as ${header}`;
    const message = `${subject}: the AWS CLI does not see it, although Claude Code does`;
    return [{ code: 'profile-sdk-only', severity: 'error', message, where: null, fix }];
  }
  if (!sdk) {
    const message = `${subject}: Claude Code does not see it, although the AWS CLI does`;
    return [
      { code: 'profile-cli-only', severity: 'error', message, where: where(), fix: meant ?? toBeSeen(name, cli) },
    ];
  }
  return [
    ...(incompleteKeys(name, cli, where) ?? credentialFindings(subject, kindOf(aws, name), sdkKindOf(sdk), where())),
    ...roleFindings(subject, cli, where('role_arn')),
    ...chainFindings(aws, name),
    ...keyFindings(subject, profileKeys, cli, sdk, where),
    ...sessionViewFindings(aws, cli),
  ];
}

function sessionViewFindings(aws: Aws, { sso_session: name }: Section): Finding[] {
  const cli = typeof name === 'string' ? aws.ssoSession(name) : undefined;
  if (typeof name !== 'string' || !cli) return [];
  const subject = `sso-session "${printable(name)}"`;
  const where = (key?: string) => aws.whereSession(name, key) ?? aws.whereSession(name) ?? null;
  const sdk = aws.sdkSsoSession(name);
  if (sdk) return keyFindings(subject, sessionKeys, cli, sdk, where);
  const message = `${subject}: Claude Code does not see it, although the AWS CLI does`;
  return [{ code: 'session-cli-only', severity: 'error', message, where: where(), fix: toBeSeen(name, cli) }];
}

/** Sections of the config file that describe a profile or a session for nobody, as they are written. */
export function ignoredFindings(aws: Aws): Finding[] {
  const seen = new Set(aws.sdkProfileNames());
  return aws.ignored().flatMap(({ header, where }) => {
    const [, kind = 'profile', name = header] = /^(profile|sso-session|services)[\s.]+(.*)$/.exec(header) ?? [];
    // [profile.x]: `profile-sdk-only` tells of it.
    if (seen.has(name)) return [];
    const message = `[${printable(header)}]: neither the AWS CLI nor Claude Code takes this section for a ${kind}`;
    const word = printable(name.replace(/[^\w\-@+.%:/]+/g, '-'));
    return [{ code: 'section-ignored', severity: 'warning', message, where, fix: `write it as [${kind} ${word}]` }];
  });
}

/**
 * `[profile x]` in the credentials file, whose headers are bare names: there the AWS CLI takes "profile x" for the whole
 * name, and the SDK "profile.x".
 */
function meantInCredentials(aws: Aws, name: string): string | null {
  const [, bare] = /^profile[ .](.+)$/.exec(name) ?? [];
  if (bare === undefined || !aws.credentials(`profile ${bare}`)) return null;
  return `in the credentials file, write its header as [${printable(bare)}]`;
}

/** The SDK's own pattern of names. */
const seenNames = /^[\w\-@+.%:/]+$/;

function toBeSeen(name: string, section: Section): string {
  if (!seenNames.test(name)) return 'give it a name without spaces, quotes and letters beyond ASCII';
  if (name in {}) return 'give it another name';
  if (Object.keys(section).length === 0) return 'give it a setting, such as region';
  return 'write its header in one of the ways that the AWS documentation shows';
}

const sources: Record<ProfileKind, string> = {
  static: 'access keys',
  sso: 'its sso-session',
  'sso-legacy': 'its SSO start URL',
  'assume-role': 'its role',
  'web-identity': 'web identity',
  process: 'credential_process',
  login: 'its login_session',
  none: 'nowhere',
};

function credentialFindings(subject: string, cli: ProfileKind, sdk: ProfileKind, where: string | null): Finding[] {
  // An sso-session alone is for bearer tokens: neither gets credentials from it.
  if (cli === sdk || (cli === 'none' && sdk.startsWith('sso'))) return [];
  const message = `${subject}: the AWS CLI takes its credentials from ${sources[cli]}, Claude Code from ${sources[sdk]}`;
  return [{ code: 'credentials-differ', severity: 'warning', message, where, fix: 'leave only one of them in it' }];
}

/** Half a pair of keys, where the AWS CLI gets as far as them: it fails, and the SDK passes them over. */
function incompleteKeys(name: string, cli: Section, where: (key: string) => string | null): Finding[] | null {
  const pair = ['aws_access_key_id', 'aws_secret_access_key'] as const;
  const [there, ...both] = pair.filter((key) => key in cli);
  const others = ['web_identity_token_file', 'sso_account_id', 'sso_role_name', 'login_session', 'credential_process'];
  // A role may be assumed with the keys of its own profile.
  if (cli.source_profile !== name) others.push('role_arn');
  if (there === undefined || both.length > 0 || others.some((key) => key in cli)) return null;
  const lacks = pair.find((key) => key !== there) as string;
  const fix = `add ${lacks}, or remove ${there}`;
  return [
    {
      code: 'profile-keys-incomplete',
      severity: 'error',
      message: `profile "${printable(name)}": ${there} is there without ${lacks}`,
      where: where(there),
      fix,
    },
  ];
}

/** The AWS CLI fails for it, whatever else the profile has; the SDK does not look at the role (run with both). */
function roleFindings(subject: string, cli: Section, where: string | null): Finding[] {
  const others = ['source_profile', 'credential_source', 'web_identity_token_file'];
  if (!('role_arn' in cli) || others.some((key) => key in cli)) return [];
  const message = `${subject}: the AWS CLI refuses role_arn without source_profile or credential_source`;
  const fix = 'add source_profile, or remove role_arn';
  return [{ code: 'role-without-source', severity: 'error', message, where, fix }];
}

/** The first profile on the way of `source_profile` that Claude Code does not see, which leaves the role without credentials. */
function chainFindings(aws: Aws, name: string): Finding[] {
  const visited = new Set([name]);
  for (let current = name; ; ) {
    const section = aws.profile(current) ?? {};
    const source = assumesRole(section) ? text(section.source_profile) : '';
    const next = aws.profile(source);
    if (!next || visited.has(source)) return [];
    if (!aws.sdkSees(source)) {
      const message = `profile "${printable(name)}": Claude Code does not see the profile "${printable(source)}", whose credentials it needs`;
      const where = aws.where(current, 'source_profile') ?? null;
      return [
        {
          code: 'source-cli-only',
          severity: 'error',
          message,
          where,
          fix: `${toBeSeen(source, next)} (${printable(source)})`,
        },
      ];
    }
    visited.add(source);
    current = source;
  }
}

const sessionKeys = ['sso_start_url', 'sso_region'];
const profileKeys = [
  'region',
  ...['sso_session', 'sso_account_id', 'sso_role_name', ...sessionKeys],
  ...['role_arn', 'source_profile', 'credential_source', 'external_id', 'mfa_serial', 'role_session_name'],
  ...['web_identity_token_file', 'credential_process', 'login_session', 'endpoint_url', 'services'],
  ...['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'],
];

function keyFindings(
  subject: string,
  keys: readonly string[],
  cli: Section,
  sdk: Section,
  where: (key: string) => string | null,
): Finding[] {
  return keys.flatMap((key): Finding[] => {
    const found = difference(key, text(cli[key]), text(sdk[key]));
    if (found === null) return [];
    const [code, what, fix] = found;
    return [{ code, severity: 'warning', message: `${subject}: ${what}`, where: where(key), fix }];
  });
}

function difference(key: string, cli: string, sdk: string): [code: string, what: string, fix: string] | null {
  if (cli === sdk) return null;
  if (sdk === '') {
    const fix = `write it as ${key} = …, in lower case and in the section itself`;
    return ['key-cli-only', `Claude Code does not see ${key}, although the AWS CLI does`, fix];
  }
  if (cli === '') {
    return ['key-sdk-only', `the AWS CLI does not see ${key}, although Claude Code does`, `do not indent ${key}`];
  }
  if (cli.startsWith(sdk) && /^\s+[#;]/.test(cli.slice(sdk.length))) {
    const what = `the AWS CLI takes the comment behind ${key} for a part of its value, Claude Code does not`;
    return ['value-comment', what, 'put the comment on a line of its own'];
  }
  return ['value-differs', `the AWS CLI and Claude Code read ${key} differently`, `write ${key} once, on one line`];
}

/** The SDK has no empty values, and keeps the keys of nested blocks apart. */
const text = (value: Section[string] | undefined) => (typeof value === 'string' ? value : '');
