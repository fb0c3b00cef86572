import {
  type Aws,
  BedrockenvError,
  type Env,
  type SessionState,
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

/** The sessions behind profiles, each token file read once. A profile that leads to none has a problem instead. */
export function sessionsOf(
  aws: Aws,
  at: { home: string; env: Env },
  now: number,
): (profile: string) => { session: KnownSession | null; problem: string | null } {
  const known = new Map<string, KnownSession>();
  return (profile) => {
    try {
      const source = tokenSource(aws, profile, at);
      if (source === null) return { session: null, problem: null };
      const session = known.get(source.tokenFile) ?? knownSession(source, now);
      known.set(source.tokenFile, session);
      return { session, problem: null };
    } catch (error) {
      if (!(error instanceof BedrockenvError)) throw error;
      return { session: null, problem: error.message };
    }
  };
}
