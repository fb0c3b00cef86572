import { createHash } from 'node:crypto';

/** How a token file is to look; every time in seconds from now, negative for the past. */
export interface TokenLook {
  seconds: number;
  /** With refresh token, client and registration: what the CLI writes for an sso-session. */
  refreshable?: boolean;
  registrationSeconds?: number;
  accessToken?: string;
  startUrl?: string;
  region?: string;
  /** `2026-11-22T00:00:00Z`, the old CLI's `…UTC`, or the JS SDK's `….000Z`. */
  timeStyle?: 'Z' | 'UTC' | 'milliseconds';
}

/** sha1 of the session's name, or of a legacy profile's start URL, byte for byte (botocore.tokens, botocore.utils). */
export function tokenFileName(key: string): string {
  return `${createHash('sha1').update(key).digest('hex')}.json`;
}

function time(seconds: number, style: TokenLook['timeStyle']): string {
  const iso = new Date(Date.now() + seconds * 1000).toISOString();
  if (style === 'milliseconds') return iso;
  return iso.replace(/\.\d+Z$/, style === 'UTC' ? 'UTC' : 'Z');
}

/** The text of a token file, keys in the order in which the AWS CLI writes them. */
export function tokenText(look: TokenLook): string {
  const { refreshable = false, registrationSeconds = 7_776_000, timeStyle } = look;
  const token: Record<string, string> = {
    startUrl: look.startUrl ?? 'https://corp.awsapps.com/start',
    region: look.region ?? 'eu-central-1',
    accessToken: look.accessToken ?? 'access-by-hand',
    expiresAt: time(look.seconds, timeStyle),
  };
  if (refreshable) {
    token.clientId = 'client-by-hand';
    token.clientSecret = 'secret-by-hand';
    token.registrationExpiresAt = time(registrationSeconds, timeStyle);
    token.refreshToken = 'refresh-by-hand';
  }
  return JSON.stringify(token);
}
