import type { Warning } from '../errors.ts';
import { count, invoke, marketplace, type Policy, policyOf, type Statement } from './policy.ts';
import { type BackingModels, type Invoked, resourcesOf } from './resources.ts';

export interface Least {
  /** Everything that will be asked for. */
  invoked: readonly Invoked[];
  /** Twelve digits; null when it is not known. */
  account: string | null;
  backing: BackingModels;
  marketplace: boolean;
}

/**
 * The policy for these models alone, with exact ARNs. ListInferenceProfiles is a statement of its own, because it takes
 * no resource (Service Authorization Reference, Amazon Bedrock).
 */
export function leastPolicy(least: Least): { policy: Policy; warnings: Warning[] } {
  const all = least.invoked.map((each) => resourcesOf(each, least.account ?? '*', least.backing));
  const profiles = distinct(all.flatMap((each) => each.profiles));
  const models = distinct(all.flatMap((each) => each.models));
  const statements = [
    ...allow('AllowInferenceProfiles', [...invoke, 'bedrock:GetInferenceProfile'], profiles),
    ...allow('AllowModelsBehindThem', [...invoke, count], models),
    ...allow('AllowListingInferenceProfiles', ['bedrock:ListInferenceProfiles'], '*'),
    ...(least.marketplace ? [marketplace] : []),
  ];
  const warnings = all.flatMap((each) => each.warnings);
  if (least.account === null && profiles.some((arn) => arn.includes(':*:'))) {
    const message = 'the account is not known, so the inference profiles of any account are allowed';
    warnings.unshift({
      code: 'account-unknown',
      message,
      fix: 'name a profile that tells it, or: bedrockenv models --refresh',
    });
  }
  const once = new Map(warnings.map((warning) => [warning.message, warning]));
  return { policy: policyOf(statements), warnings: [...once.values()] };
}

function allow(sid: string, actions: readonly string[], resource: '*' | readonly string[]): Statement[] {
  if (resource.length === 0) return [];
  return [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: resource }];
}

function distinct(arns: readonly string[]): string[] {
  return [...new Set(arns)];
}
