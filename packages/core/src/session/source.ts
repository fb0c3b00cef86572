import { createHash } from 'node:crypto';
import { type Aws, didYouMean, directKindOf, expandPath, type Section, sdkKindOf, settingOf } from '../aws/index.ts';
import { printable } from '../display.ts';
import type { Env } from '../env.ts';
import { profileError, sourceOf } from './chain.ts';
import type { SessionKind } from './state.ts';

/** The session that a profile's credentials depend on, and the file that holds its token. */
export interface TokenSource {
  kind: SessionKind;
  /** Name of the sso-session; start URL of a legacy profile; `login_session` of a login. */
  name: string;
  startUrl: string | null;
  /** Region of the session, which is not the profile's own region. */
  region: string | null;
  /** The profile that has the session: the one asked for, or the end of its chain; '' for a session by its own name. */
  profile: string;
  /** Absolute path. The name is computed; other tools' files lie in the same folder. */
  tokenFile: string;
}

/**
 * The session behind a profile, through `source_profile` where a role is assumed; null where the credentials come from
 * elsewhere (keys, a process, web identity, the environment).
 *
 * @param at `home`: what `~` stands for; `env`: for `AWS_LOGIN_CACHE_DIRECTORY`
 * @throws BedrockenvError `aws-profile-unknown`, `aws-source-missing`, `aws-source-cycle`, `aws-source-both`,
 *   `aws-sso-session-missing`, `aws-sso-incomplete`
 * @see botocore's utils.py (SSOTokenLoader, generate_login_cache_key)
 */
export function tokenSource(aws: Aws, profile: string, at: { home: string; env: Env }): TokenSource | null {
  const end = sourceOf(aws, profile);
  if (end === null) return null;
  const cli = aws.profile(end);
  const section = cli ?? aws.sdkProfile(end) ?? {};
  switch (cli ? directKindOf(aws, end) : sdkKindOf(section)) {
    case 'sso':
      return ssoSession(aws, end, section, at.home);
    case 'sso-legacy':
      return legacySession(aws, end, section, at.home);
    case 'login':
      return loginSession(end, section, at);
    default:
      return null;
  }
}

/** An sso-session by its own name, whether or not a profile uses it; null where there is none. */
export function namedSession(aws: Aws, name: string, home: string): TokenSource | null {
  const session = aws.ssoSession(name);
  if (!session) return null;
  return {
    kind: 'sso',
    name,
    startUrl: settingOf(session, 'sso_start_url'),
    region: settingOf(session, 'sso_region'),
    profile: '',
    tokenFile: ssoFile(home, name),
  };
}

function ssoSession(aws: Aws, profile: string, section: Section, home: string): TokenSource {
  const name = settingOf(section, 'sso_session') ?? '';
  const session = namedSession(aws, name, home);
  if (!session) {
    const fix = didYouMean(name, aws.ssoSessionNames()) ?? 'aws configure sso-session';
    throw profileError(
      aws,
      profile,
      'sso_session',
      'aws-sso-session-missing',
      'names a session that does not exist',
      fix,
    );
  }
  return { ...session, profile };
}

function legacySession(aws: Aws, profile: string, section: Section, home: string): TokenSource {
  const startUrl = settingOf(section, 'sso_start_url');
  if (startUrl === null) {
    const fix = `aws configure sso --profile "${printable(profile)}"`;
    throw profileError(aws, profile, 'sso_start_url', 'aws-sso-incomplete', 'and sso_session are both missing', fix);
  }
  const region = settingOf(section, 'sso_region');
  return { kind: 'sso-legacy', name: startUrl, startUrl, region, profile, tokenFile: ssoFile(home, startUrl) };
}

function loginSession(profile: string, section: Section, { home, env }: { home: string; env: Env }): TokenSource {
  const name = settingOf(section, 'login_session') ?? '';
  const folder = expandPath(env.AWS_LOGIN_CACHE_DIRECTORY || '~/.aws/login/cache', env, home);
  const tokenFile = `${folder}/${hash('sha256', name)}.json`;
  return { kind: 'login', name, startUrl: null, region: settingOf(section, 'region'), profile, tokenFile };
}

const ssoFile = (home: string, name: string) => `${home}/.aws/sso/cache/${hash('sha1', name)}.json`;

/** Hashes that were asked for: thousands of profiles have the same session. */
const hashes = new Map<string, string>();

function hash(algorithm: string, text: string): string {
  const key = `${algorithm}:${text}`;
  let found = hashes.get(key);
  if (found === undefined) {
    found = createHash(algorithm).update(text, 'utf8').digest('hex');
    hashes.set(key, found);
  }
  return found;
}
