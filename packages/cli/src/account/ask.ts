import { BedrockClient, type InferenceProfileType, paginateListInferenceProfiles } from '@aws-sdk/client-bedrock';
import { type AccountList, type AccountProfile, BedrockenvError, type Env } from '@bedrockenv/core';
import { enter } from '../sign-in/process-environment.ts';

/** Whom to ask, and as whom. */
export interface Question {
  region: string;
  /** Null: the ambient credentials. */
  profile: string | null;
  /** An Amazon Bedrock API key, which comes before every other credential. */
  apiKey: string | null;
  /** A gateway in front of Amazon Bedrock. */
  endpoint: string | null;
  asker: string;
  /** Without what a hook has set. */
  env: Env;
}

/** In ms. */
const patience = { connectionTimeout: 5_000, requestTimeout: 15_000 };

/**
 * Asks Amazon Bedrock for every inference profile that the account has in a region, its own ones too
 * (`ListInferenceProfiles`, of both types, page by page).
 * @returns null when the credentials may not list them
 * @throws whatever the SDK does
 */
export async function askAccount({
  region,
  profile,
  apiKey,
  endpoint,
  asker,
  env,
}: Question): Promise<AccountList | null> {
  enter(env);
  const client = new BedrockClient({
    region,
    maxAttempts: 3,
    requestHandler: patience,
    ...(profile !== null && { profile }),
    ...(apiKey !== null && { token: { token: apiKey }, authSchemePreference: ['httpBearerAuth'] }),
    ...(endpoint !== null && { endpoint }),
  });
  try {
    const profiles = [...(await list(client, 'SYSTEM_DEFINED')), ...(await list(client, 'APPLICATION'))];
    const account = profiles.map(({ arn }) => arn.split(':')[4] ?? '').find((id) => /^\d{12}$/.test(id));
    if (account === undefined) {
      throw new BedrockenvError('no-profiles', `the account has no inference profile in ${region}`, {
        fix: 'choose another region',
      });
    }
    return { account, region, date: new Date().toISOString(), asker, profiles };
  } catch (error) {
    if ((error as Error).name === 'AccessDeniedException') return null;
    throw error;
  } finally {
    client.destroy();
  }
}

async function list(client: BedrockClient, type: InferenceProfileType): Promise<AccountProfile[]> {
  const profiles: AccountProfile[] = [];
  // A gateway that ignores the token would answer with the first page for ever.
  for await (const page of paginateListInferenceProfiles(
    { client, pageSize: 1000, stopOnSameToken: true },
    { typeEquals: type },
  )) {
    for (const each of page.inferenceProfileSummaries ?? []) {
      profiles.push({
        id: each.inferenceProfileId ?? '',
        arn: each.inferenceProfileArn ?? '',
        name: each.inferenceProfileName ?? '',
        kind: type === 'APPLICATION' ? 'application' : 'system',
        isActive: each.status === 'ACTIVE',
        models: (each.models ?? []).flatMap(({ modelArn }) => modelArn ?? []),
      });
    }
  }
  return profiles;
}
