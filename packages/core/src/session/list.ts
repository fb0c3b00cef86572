import type { Aws } from '../aws/index.ts';
import type { Env } from '../env.ts';
import { BedrockenvError } from '../errors.ts';
import { namedSession, type TokenSource, tokenSource } from './source.ts';

/** A session and the profiles whose credentials depend on it, in the order of the files. */
export interface ListedSession {
  source: TokenSource;
  profiles: string[];
}

/**
 * Every session of the AWS files, each once by its token file: those of the profiles, then the sso-sessions that no
 * profile uses. A profile whose chain leads nowhere is left out; see sessionFindings.
 */
export function listSessions(aws: Aws, at: { home: string; env: Env }): ListedSession[] {
  const found = new Map<string, ListedSession>();
  const add = (source: TokenSource | null, profile?: string) => {
    if (source === null) return;
    const known = found.get(source.tokenFile) ?? { source, profiles: [] };
    if (profile !== undefined) known.profiles.push(profile);
    found.set(source.tokenFile, known);
  };
  for (const profile of aws.profileNames()) add(sourceOrNull(aws, profile, at), profile);
  for (const name of aws.ssoSessionNames()) add(namedSession(aws, name, at.home));
  return [...found.values()];
}

function sourceOrNull(aws: Aws, profile: string, at: { home: string; env: Env }): TokenSource | null {
  try {
    return tokenSource(aws, profile, at);
  } catch (error) {
    if (error instanceof BedrockenvError) return null;
    throw error;
  }
}
