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

/** How often a file that is no JSON is read again, and after what time, in ms. */
const again = 10;
const pause = 10;

/**
 * What a token file says now. The AWS CLI rewrites it in place, so for a moment it is empty, or half: then it is read
 * again.
 * @param now epoch in ms
 */
export function readSession({ tokenFile, kind }: TokenSource, now: number): Session {
  for (let tries = 0; ; tries++) {
    const read = readFile(tokenFile, limit);
    // With a byte order mark it is no JSON for any of the clients.
    const text = read.kind === 'file' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.bytes) : null;
    if (text === null || isWhole(text) || tries === again) return sessionState(text, kind, now);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** As {@link readSession}, but a file that is not there is looked for again. */
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
