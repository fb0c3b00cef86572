import {
  type AccountList,
  allowedEnvironment,
  BedrockenvError,
  type Identity,
  keyPlace,
  profileToAskAs,
  type TokenSource,
  tokenSource,
} from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { isUnreachable } from '../sign-in/reason.ts';
import { knownSession } from '../sign-in/sessions.ts';
import { quoted } from '../state/folder.ts';
import { askerOf, storeList } from './stored.ts';

/**
 * Asks the account of these credentials what it has in a region, and keeps the answer.
 * @returns null when the credentials may not ask
 * @throws {BedrockenvError} `login-needed` (4), `aws-credentials`, `aws-unreachable`, `aws-refused`
 */
export async function refreshList(context: Context, identity: Identity, region: string): Promise<AccountList | null> {
  const { home } = context;
  const { aws, settings, policy } = identity;
  const base = allowedEnvironment(policy, context.base);
  // Before a profile comes an API key, of the settings or of the shell.
  const profile = settings.api_key ? null : identity.profile;
  const isSigned = profile !== null && !base.AWS_BEARER_TOKEN_BEDROCK;
  const session = isSigned ? tokenSource(aws, profile, { home, env: base }) : null;
  if (session && profile !== null) {
    const { state, text } = knownSession(session, Date.now());
    if (state === 'expired' || state === 'missing') throw loginNeeded(session, profile, text);
  }
  const apiKey = settings.api_key ? await keyOf(identity, context) : null;
  const { askAccount } = await import('./ask.ts');
  const asker = askerOf(identity, base);
  const endpoint = settings.base_url?.value ?? (base.ANTHROPIC_BEDROCK_BASE_URL || null);
  try {
    const AWS_PROFILE = profile === null ? base.AWS_PROFILE : profileToAskAs(aws, profile, base.AWS_PROFILE);
    const list = await askAccount({ region, profile, apiKey, endpoint, asker, env: { ...base, AWS_PROFILE } });
    if (list) storeList(context, identity, list);
    return list;
  } catch (error) {
    throw refused(error, { region, profile, session });
  }
}

async function keyOf({ settings: { api_key: setting } }: Identity, { base, home }: Context): Promise<string | null> {
  if (!setting) return null;
  const { secretOf } = await import('../secrets.ts');
  return secretOf(keyPlace(setting.value, home), setting.value, base);
}

function loginNeeded({ name }: TokenSource, profile: string, how: string): BedrockenvError {
  return new BedrockenvError('login-needed', `session ${name}: ${how}`, {
    exitCode: 4,
    fix: `sign in with: bedrockenv login --profile ${quoted(profile)}`,
  });
}

interface Asked {
  region: string;
  profile: string | null;
  session: TokenSource | null;
}

/** Credentials that Amazon Bedrock does not take. */
const invalid = ['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidSignatureException', 'ExpiredToken'];

/** What went wrong, without the SDK's own words, which name no next step. */
function refused(error: unknown, { region, profile, session }: Asked): unknown {
  if (error instanceof BedrockenvError) return error;
  const { name, code } = error as { name?: string; code?: string };
  const whose = profile === null ? 'the ambient credentials' : `the profile ${profile}`;
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || invalid.includes(name ?? '')) {
    if (session && profile !== null) return loginNeeded(session, profile, 'its credentials are not taken');
    const what =
      name === 'CredentialsProviderError' ? `there are no credentials in ${whose}` : `${whose} are not taken`;
    const fix = `for the reason: aws sts get-caller-identity${profile === null ? '' : ` --profile ${quoted(profile)}`}`;
    return new BedrockenvError('aws-credentials', `${what} (${name})`, { fix, cause: error });
  }
  if (isUnreachable(error)) {
    const message = `Amazon Bedrock in ${region} cannot be reached (${code ?? name})`;
    return new BedrockenvError('aws-unreachable', message, { fix: 'without --refresh it is not asked', cause: error });
  }
  const message = `Amazon Bedrock in ${region} refused to list inference profiles (${name})`;
  return new BedrockenvError('aws-refused', message, { fix: 'for more: BEDROCKENV_DEBUG=1', cause: error });
}
