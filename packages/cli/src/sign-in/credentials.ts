import { fromIni } from '@aws-sdk/credential-providers';
import {
  type Aws,
  type AwsFile,
  BedrockenvError,
  type Env,
  kindOf,
  mfaProfile,
  printable,
  profileToAskAs,
  sdkKindOf,
  type TokenSource,
} from '@bedrockenv/core';
import { quoted } from '../state/folder.ts';
import { enter } from './process-environment.ts';
import { Errors, isUnreachable, reasonOf, unreachable } from './reason.ts';
import { readSessionTwice } from './token.ts';

/** In the shape of `awsCredentialExport`, which wants a SessionToken in any case. */
export interface Credentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  /** ISO 8601 in UTC; left out where they have no end that is known. */
  Expiration?: string;
}

/** As the SDK has them. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** How long AWS may take to answer, in ms. */
const patience = 20_000;

/**
 * The credentials of a profile, of whatever kind it is, as Claude Code would get them. Keys without a session token are
 * changed for temporary ones (GetSessionToken).
 *
 * @param source the session behind the profile
 * @param region where to ask for temporary keys
 * @throws {BedrockenvError} `login-needed` with exit code 4 where the session is refused; `credentials`
 */
export async function credentialsOf(
  profile: string,
  files: { config: AwsFile; credentials: AwsFile },
  aws: Aws,
  { source, region, env }: { source: TokenSource | null; region: string; env: Env },
): Promise<Credentials> {
  refuseMfa(profile, aws);
  enter({ ...env, ...expanded(env, files), AWS_PROFILE: profileToAskAs(aws, profile, env.AWS_PROFILE) });
  const requestHandler = { connectionTimeout: patience, requestTimeout: patience, throwOnRequestTimeout: true };
  const errors = new Errors();
  const clientConfig = { requestHandler, maxAttempts: 2, logger: errors.logger };
  const init = { profile, configFilepath: files.config.path, filepath: files.credentials.path, clientConfig };
  let keys: Keys;
  try {
    keys = await fromIni(init)({ callerClientConfig: { region: async () => region } } as never);
  } catch (error) {
    throw await failure(profile, source, errors.first ?? error, aws);
  }
  if (keys.sessionToken === undefined) {
    const { temporary } = await import('./session-token.ts');
    keys = await temporary(profile, keys, { region, ...clientConfig });
  }
  return {
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    SessionToken: keys.sessionToken ?? '',
    ...(keys.expiration && { Expiration: keys.expiration.toISOString().replace('.000Z', 'Z') }),
  };
}

/**
 * There is nobody to ask. The SDK finds that out only after it has begun to get the credentials that the role is assumed
 * with: where those fail too, nobody catches that, and the process ends with all the details on stderr.
 */
function refuseMfa(profile: string, aws: Aws): void {
  const asking = mfaProfile(aws, profile);
  if (asking === null) return;
  const where = aws.where(asking, 'mfa_serial');
  const whose = asking === profile ? '' : `the role of "${printable(asking)}", with whose credentials it is assumed, `;
  throw new BedrockenvError(
    'credentials',
    `profile "${printable(profile)}": ${whose}needs the code of an MFA device, and nobody can be asked here`,
    { fix: 'use a profile with an sso-session', ...(where !== undefined && { where }) },
  );
}

/**
 * The files by their paths: where the SDK looks for SSO it reads them anew and by their variables, in which it expands
 * nothing.
 */
function expanded(env: Env, { config, credentials }: { config: AwsFile; credentials: AwsFile }): Env {
  return {
    ...(env.AWS_CONFIG_FILE && { AWS_CONFIG_FILE: config.path }),
    ...(env.AWS_SHARED_CREDENTIALS_FILE && { AWS_SHARED_CREDENTIALS_FILE: credentials.path }),
  };
}

async function failure(
  profile: string,
  source: TokenSource | null,
  error: unknown,
  aws: Aws,
): Promise<BedrockenvError> {
  const reason = reasonOf(error);
  const named = `profile "${printable(profile)}"`;
  if (!aws.sdkProfile(profile)) {
    const fix = 'see: bedrockenv doctor';
    return new BedrockenvError('credentials', `${named}: the AWS SDK in Claude Code does not see it`, { fix });
  }
  // The portal's 401, or a refresh that was refused.
  const isOver =
    /^UnauthorizedException|HTTP 401/.test(reason) || (source && (await readSessionTwice(source)).state !== 'fresh');
  if (source !== null && isOver) {
    const message = `session ${printable(source.name)} needs a sign-in (${reason})`;
    return new BedrockenvError('login-needed', message, {
      exitCode: 4,
      fix: `in a terminal: aws sso logout; bedrockenv login --profile ${quoted(profile)}`,
    });
  }
  if (isUnreachable(error)) return unreachable(profile, error);
  if (sdkKindOf(aws.sdkProfile(profile) ?? {}) === 'process') {
    // What the program said may hold a secret. The AWS CLI, which people run themselves, shows it.
    const message = `${named}: its credential_process gives no credentials that can be used`;
    const where = aws.where(profile, 'credential_process');
    const fix =
      kindOf(aws, profile) === 'process'
        ? `for the reason: aws sts get-caller-identity --profile ${quoted(profile)}`
        : 'the AWS CLI takes other credentials, so see: bedrockenv doctor';
    return new BedrockenvError('credentials', message, { fix, ...(where !== undefined && { where }) });
  }
  const fix = 'see: bedrockenv doctor';
  return new BedrockenvError('credentials', `${named}: there are no credentials (${reason})`, { fix });
}
