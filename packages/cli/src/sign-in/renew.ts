import { fromLoginCredentials } from '@aws-sdk/credential-providers';
import { fromSso } from '@aws-sdk/token-providers';
import type { Aws, AwsFile, TokenSource } from '@bedrockenv/core';
import { Errors, reasonOf } from './reason.ts';
import { readSessionTwice } from './token.ts';

/** How long the server may take to answer, in ms. */
const patience = 10_000;

/** `unknown`: the SDK does not see the session, so it cannot be asked. */
export type Renewal = { kind: 'renewed' } | { kind: 'unknown' } | { kind: 'refused'; reason: string };

/**
 * Renews a session by its refresh token, as Claude Code itself does: the SDK asks the server and keeps what it gets. The
 * AWS CLI would not do, as credentials that it has put by for a role may answer in the token's stead.
 *
 * @param profiles those that use the session
 * @param signal gives up; the promise is then rejected with its reason
 */
export async function renew(
  source: TokenSource,
  profiles: readonly string[],
  aws: Aws,
  files: { config: AwsFile; credentials: AwsFile },
  signal: AbortSignal,
): Promise<Renewal> {
  const profile = profiles.find((name) => isSeen(aws, name, source));
  if (profile === undefined) return { kind: 'unknown' };
  // Else the token would go to the endpoint of whatever profile the variable names.
  process.env.AWS_PROFILE = profile;
  const errors = new Errors();
  const init = {
    profile,
    configFilepath: files.config.path,
    filepath: files.credentials.path,
    clientConfig: {
      ...(source.region !== null && { region: source.region }),
      maxAttempts: 1,
      requestHandler: { connectionTimeout: patience, requestTimeout: patience, throwOnRequestTimeout: true },
      logger: errors.logger,
    },
  };
  const asked = source.kind === 'login' ? fromLoginCredentials(init)() : fromSso(init)();
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const failed = await Promise.race([
    asked.then(
      () => null,
      (error: unknown) => error,
    ),
    interrupted,
  ]);
  if ((await readSessionTwice(source)).state === 'fresh') return { kind: 'renewed' };
  return { kind: 'refused', reason: reasonOf(errors.first ?? failed) };
}

function isSeen(aws: Aws, profile: string, { kind, name }: TokenSource): boolean {
  const section = aws.sdkProfile(profile);
  if (kind === 'login') return section?.login_session === name;
  return section?.sso_session === name && aws.sdkSsoSession(name) !== undefined;
}
