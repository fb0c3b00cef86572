import { type SessionState, sessionState, type TokenSource } from '@bedrockenv/core';
import { readFile } from '../state/read.ts';

/** A token file is a few KiB; anything larger is something else. */
const limit = 1 << 20;

export interface Session {
  state: SessionState;
  /** Epoch in ms; null when it cannot be told. */
  expiresAt: number | null;
  refreshable: boolean;
}

/** What a token file says now. @param now epoch in ms */
export function readSession({ tokenFile, kind }: TokenSource, now: number): Session {
  const read = readFile(tokenFile, limit);
  return sessionState(read.kind === 'file' ? new TextDecoder().decode(read.bytes) : null, kind, now);
}

/** As {@link readSession}, but a file that another program is just rewriting in place is read again. */
export async function readSessionTwice(source: TokenSource): Promise<Session> {
  const first = readSession(source, Date.now());
  if (first.state !== 'missing') return first;
  await new Promise((done) => setTimeout(done, 50));
  return readSession(source, Date.now());
}

/** Whether programs can use the session as it is, refreshing it by themselves at most. */
export function isGood({ state }: Session): boolean {
  return state === 'fresh' || state === 'refreshable';
}
