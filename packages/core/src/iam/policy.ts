import { partitionOf } from './partition.ts';

/** An identity policy (IAM User Guide, "Grammar of the IAM JSON policy language"). */
export interface Policy {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: readonly string[];
  Resource: string | readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const invoke = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const;

/** `/context` counts tokens, and without it 2.1.197 asks a model instead (2.1.330 and 2.1.197, measured). */
export const count = 'bedrock:CountTokens';

/** Amazon Bedrock subscribes to a model in the caller's name when it is used for the first time in an account. */
export const marketplace: Statement = {
  Sid: 'AllowMarketplaceSubscription',
  Effect: 'Allow',
  Action: ['aws-marketplace:ViewSubscriptions', 'aws-marketplace:Subscribe'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:CalledViaLast': 'bedrock.amazonaws.com' } },
};

/**
 * The policy that Claude Code's documentation gives ("Claude Code on Amazon Bedrock", IAM configuration): every model in
 * every region. It lacks counting, which newer versions do.
 * @param options.region decides the partition
 */
export function fullPolicy(options: { region: string; marketplace: boolean }): Policy {
  const arn = (resource: string) => `arn:${partitionOf(options.region)}:bedrock:*:*:${resource}/*`;
  const models: Statement = {
    Sid: 'AllowModelAndInferenceProfileAccess',
    Effect: 'Allow',
    Action: [...invoke, 'bedrock:ListInferenceProfiles', 'bedrock:GetInferenceProfile', count],
    Resource: [arn('inference-profile'), arn('application-inference-profile'), arn('foundation-model')],
  };
  return policyOf([models, ...(options.marketplace ? [marketplace] : [])]);
}

export function policyOf(statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}
