import {
  BedrockClient,
  GetFoundationModelAvailabilityCommand,
  GetUseCaseForModelAccessCommand,
  paginateListInferenceProfiles,
} from '@aws-sdk/client-bedrock';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Refusal } from '@bedrockenv/core';
import type { Keys } from '../sign-in/credentials.ts';
import { Errors } from '../sign-in/reason.ts';

/** Whom to ask, and as whom. */
export interface Question {
  region: string;
  /** Null: the ambient credentials. */
  profile: string | null;
  /** Null with an API key. */
  credentials: Keys | null;
  /** An Amazon Bedrock API key, which comes before every other credential. */
  apiKey: string | null;
  /** A gateway in front of Amazon Bedrock. */
  endpoint: string | null;
}

/** How long each question may take, in ms. */
export const patience = { connectionTimeout: 5_000, requestTimeout: 8_000, throwOnRequestTimeout: true };

/** What AWS said: an answer, or what it refused. */
export type Answer<T> = { answer: T } | { refusal: Refusal };

/** Settings of every client: it asks once, as the point is to see what is wrong. */
export function clientConfig({ region, credentials, apiKey, endpoint }: Question, errors: Errors): object {
  return {
    region,
    ...once(errors),
    ...(endpoint !== null && { endpoint }),
    ...(apiKey === null ? { credentials } : { token: { token: apiKey }, authSchemePreference: ['httpBearerAuth'] }),
  };
}

function once(errors: Errors): object {
  return { maxAttempts: 1, requestHandler: patience, logger: errors.logger };
}

/**
 * The credentials that every question is asked with, from the portal or from wherever they come. They are a question of
 * their own: what goes wrong with them is told once, and the clients that the SDK makes for them would wait for ever.
 */
export function credentialsOf({ region, profile }: Pick<Question, 'region' | 'profile'>): Promise<Answer<Keys>> {
  return asked(async (errors) => {
    const init = { clientConfig: once(errors) };
    const provider = profile === null ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
    return await provider({ callerClientConfig: { region: async () => region } } as never);
  });
}

/** Who these credentials are, by AWS STS. @returns the account, twelve digits */
export function whoAmI(question: Question): Promise<Answer<string>> {
  return asked(async (errors) => {
    const client = new STSClient(clientConfig({ ...question, apiKey: null, endpoint: null }, errors));
    try {
      const { Account } = await client.send(new GetCallerIdentityCommand({}));
      return isAccount(Account) ? Account : unlike();
    } finally {
      client.destroy();
    }
  });
}

function isAccount(text: string | undefined): text is string {
  return /^\d{12}$/.test(text ?? '');
}

/** IDs and ARNs of every inference profile that the account has in the region. */
export function listProfiles(question: Question): Promise<Answer<Set<string>>> {
  return withBedrock(question, async (client) => {
    const found = new Set<string>();
    for (const typeEquals of ['SYSTEM_DEFINED', 'APPLICATION'] as const) {
      const pages = paginateListInferenceProfiles({ client, pageSize: 1000, stopOnSameToken: true }, { typeEquals });
      for await (const { inferenceProfileSummaries: all } of pages) {
        if (!Array.isArray(all)) return unlike();
        for (const { inferenceProfileId: id, inferenceProfileArn: arn } of all) {
          for (const name of [id, arn]) if (name) found.add(name);
        }
      }
    }
    return found;
  });
}

/** Whether the account may use a foundation model, as far as these credentials may know. */
interface Availability {
  isSubscribed: boolean;
  isAuthorized: boolean;
}

export function availability(question: Question, modelId: string): Promise<Answer<Availability>> {
  return withBedrock(question, async (client) => {
    const said = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
    const { agreementAvailability: agreement, authorizationStatus, entitlementAvailability } = said;
    return {
      isSubscribed: agreement?.status !== 'NOT_AVAILABLE' && agreement?.status !== 'ERROR',
      isAuthorized: authorizationStatus !== 'NOT_AUTHORIZED' && entitlementAvailability !== 'NOT_AVAILABLE',
    };
  });
}

/** Whether the account has submitted Anthropic's form. */
export function useCaseForm(question: Question): Promise<Answer<boolean>> {
  return withBedrock(question, async (client) => {
    await client.send(new GetUseCaseForModelAccessCommand({}));
    return true;
  });
}

function withBedrock<T>(question: Question, work: (client: BedrockClient) => Promise<T>): Promise<Answer<T>> {
  return asked(async (errors) => {
    const client = new BedrockClient(clientConfig(question, errors));
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  });
}

/** An answer that has the form of none. */
export function unlike(): never {
  throw Object.assign(new Error('the answer is not one of AWS'), { name: 'Deserialization' });
}

/** Runs a question to its end, and takes every error for a refusal. */
export async function asked<T>(work: (errors: Errors) => Promise<T>): Promise<Answer<T>> {
  const errors = new Errors();
  try {
    return { answer: await work(errors) };
  } catch (error) {
    return { refusal: refusalOf(error, errors.first) };
  }
}

/** @param first what a client behind the client logged: the portal's refusal, where only "no credentials" is thrown */
function refusalOf(thrown: unknown, first: unknown): Refusal {
  const isVague = (thrown as Error).name === 'CredentialsProviderError' && first !== undefined;
  const error = (isVague ? first : thrown) as Error & {
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  const { code, name, message, $metadata, $response } = error;
  const isNetwork = typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code);
  return {
    name: isNetwork ? code : name,
    message: String(message ?? ''),
    status: $metadata?.httpStatusCode ?? $response?.statusCode ?? null,
  };
}
