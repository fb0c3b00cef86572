import { randomBytes } from 'node:crypto';
import type { Account, ApplicationProfile, InferenceProfile } from './accounts.ts';
import type { Knobs } from './knobs.ts';

/** A registered OIDC client. */
export interface Client {
  secret: string;
  scopes: readonly unknown[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** A sign-in that waits for the user, of either flow. */
export interface SignIn {
  clientId: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  visited: boolean;
  /** Only in the PKCE flow: base64url(sha256(verifier)), and where the code went. */
  challenge?: string;
  redirectUri?: string;
}

/** How often what happened. */
export interface Counters {
  /** Device authorizations and /authorize visits. */
  logins: number;
  /** Access tokens given out, refreshed ones included. */
  tokens: number;
  refreshes: number;
}

/** Everything that the fake remembers; the rooms below read and write it. */
export interface Memory {
  knobs: Knobs;
  counters: Counters;
  accounts: readonly Account[];
  inferenceProfiles: (region: string) => InferenceProfile[];
  applicationProfiles: (region: string) => ApplicationProfile[];
  clients: Map<string, Client>;
  /** By device code. */
  devices: Map<string, SignIn & { userCode: string }>;
  /** By authorization code. */
  codes: Map<string, SignIn>;
  /** Access token -> end of its life, milliseconds since the epoch. */
  tokens: Map<string, number>;
  /** Access key -> ARN of who uses it. */
  identities: Map<string, string>;
  /** Origin of the server, without a slash at the end. */
  url: string;
}

/** A fresh, unguessable word with a prefix that says what it is. */
export function mint(prefix: string): string {
  return `${prefix}-${randomBytes(12).toString('hex')}`;
}

/** Whether the user has said yes: by opening the page, or by time alone (see `Knobs.approveAfterMs`). */
export function approved(signIn: SignIn, knobs: Knobs, now: number): boolean {
  return knobs.approveAfterMs === null ? signIn.visited : now >= signIn.startedAt + knobs.approveAfterMs;
}

/** Temporary keys for `arn`, valid for an hour, remembered so that GetCallerIdentity answers with the ARN. */
export function temporaryKeys(memory: Memory, arn: string, now: number) {
  const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
  memory.identities.set(accessKeyId, arn);
  return {
    accessKeyId,
    secretAccessKey: randomBytes(20).toString('hex'),
    sessionToken: mint('session'),
    expiration: now + 3_600_000,
  };
}
