import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type Aws,
  BedrockenvError,
  type Env,
  type SessionState,
  settingOf,
  type TokenSource,
  timeLeft,
  tokenSource,
} from '@bedrockenv/core';
import { readSession } from './token.ts';

/** A session and how it stands. */
export interface KnownSession {
  source: TokenSource;
  state: SessionState;
  /** ISO 8601 in UTC; null when it cannot be told. */
  expiresAt: string | null;
  refreshable: boolean;
  /** For a person: `7h 12m left`, `expired`, `not signed in`. */
  text: string;
}

/** How a session stands. @param now epoch in ms */
export function knownSession(source: TokenSource, now: number): KnownSession {
  const { state, expiresAt, refreshable } = readSession(source, now);
  return {
    source,
    state,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString().replace('.000Z', 'Z'),
    refreshable,
    text: sessionText(state, expiresAt, now),
  };
}

function sessionText(state: SessionState, expiresAt: number | null, now: number): string {
  if (state === 'missing') return 'not signed in';
  if (state === 'expired') return 'expired';
  if (state === 'refreshable') return 'refreshes by itself';
  return expiresAt === null ? 'fresh' : `${timeLeft(expiresAt - now)} left`;
}

/** The session behind a profile. A profile that names none that exists has a problem instead. */
export function sessionOf(
  aws: Aws,
  profile: string,
  at: { home: string; env: Env },
  now: number,
): { session: KnownSession | null; problem: string | null } {
  try {
    const source = tokenSource(aws, profile, at);
    return { session: source && knownSession(source, now), problem: null };
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    return { session: null, problem: error.message };
  }
}

/** A session by its own name, whether or not a profile uses it. */
export function ssoSessionSource(aws: Aws, name: string, home: string): TokenSource {
  const section = aws.ssoSession(name) ?? {};
  return {
    kind: 'sso',
    name,
    startUrl: settingOf(section, 'sso_start_url'),
    region: settingOf(section, 'sso_region'),
    profile: '',
    tokenFile: join(home, '.aws/sso/cache', `${createHash('sha1').update(name).digest('hex')}.json`),
  };
}

/** The sessions by their token files: those of the profiles, then the sso-sessions that no profile uses. */
export function allSessions(
  aws: Aws,
  at: { home: string; env: Env },
  now: number,
): { source: TokenSource; profiles: string[] }[] {
  const found = new Map<string, { source: TokenSource; profiles: string[] }>();
  for (const profile of aws.profileNames()) {
    const source = sessionOf(aws, profile, at, now).session?.source;
    if (source === undefined) continue;
    const known = found.get(source.tokenFile);
    if (known) known.profiles.push(profile);
    else found.set(source.tokenFile, { source, profiles: [profile] });
  }
  for (const name of aws.ssoSessionNames()) {
    const source = ssoSessionSource(aws, name, at.home);
    if (!found.has(source.tokenFile)) found.set(source.tokenFile, { source, profiles: [] });
  }
  return [...found.values()];
}
