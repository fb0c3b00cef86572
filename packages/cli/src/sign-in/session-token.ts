import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { BedrockenvError, printable } from '@bedrockenv/core';
import type { Keys } from './credentials.ts';
import { isUnreachable, reasonOf, unreachable } from './reason.ts';

/**
 * Temporary keys for long-lived ones.
 * @param config of the client: region, timeouts
 * @throws {BedrockenvError} `credentials`, with what to use instead, where AWS gives none
 */
export async function temporary(profile: string, keys: Keys, config: object): Promise<Keys> {
  try {
    const client = new STSClient({ ...config, credentials: keys });
    const { Credentials: got } = await client.send(new GetSessionTokenCommand({}));
    return {
      accessKeyId: got?.AccessKeyId ?? '',
      secretAccessKey: got?.SecretAccessKey ?? '',
      sessionToken: got?.SessionToken ?? '',
      ...(got?.Expiration && { expiration: got.Expiration }),
    };
  } catch (error) {
    if (isUnreachable(error)) throw unreachable(profile, error);
    throw new BedrockenvError(
      'credentials',
      `profile "${printable(profile)}": AWS gives no session token for its access keys (${reasonOf(error)})`,
      {
        fix: 'use a profile with an sso-session or a role, or leave awsCredentialExport out and use the keys themselves',
      },
    );
  }
}
