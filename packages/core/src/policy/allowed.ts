import { type Aws, describeProfile } from '../aws/index.ts';
import {
  type CatalogueModel,
  geographyIn,
  isTier,
  type ModelContext,
  nameMeant,
  nameOfBase,
  type Prefix,
  parseArn,
  profileId,
  type ResolvedModel,
} from '../bedrock/index.ts';
import type { Env } from '../env.ts';
import type { PolicyFile } from '../project/index.ts';
import { forbidden, placeText } from './forbidden.ts';

/** Something with the place that decided it: `path:line`, `shell`, `command line:1` or `default`. */
interface Sourced<T> {
  value: T;
  source: string;
}

/**
 * Whose credentials may be used. Nothing but the configuration is asked, so credentials whose account it does not tell
 * may not: an API key, access keys without `aws_account_id`, and credentials of the environment, which are others in
 * each shell.
 * @param profile the named one; null: none is named
 * @throws {BedrockenvError} `policy-accounts`
 */
export function checkAccount(
  policy: PolicyFile | null,
  aws: Aws,
  { profile, apiKey }: { profile: Sourced<string> | null; apiKey: Sourced<unknown> | null },
): void {
  const allowed = policy?.policy.accounts?.value;
  if (!policy || !allowed) return;
  const refuse = (what: string, fix: string) => forbidden(policy, { rule: 'accounts', what, fix });
  if (apiKey) throw refuse(`the account of an API key${placeText(apiKey.source)} cannot be told`, 'use a profile');
  if (profile === null) {
    const what = 'no profile is named, so that credentials of an unknown account might be used';
    throw refuse(what, 'set profile: to one of those accounts');
  }
  const { account, kind } = describeProfile(aws, profile.value);
  const name = `the profile ${profile.value}${placeText(profile.source)}`;
  if (account === null) {
    const fix =
      kind === 'static' || kind === 'process'
        ? 'add aws_account_id to it, or use another profile'
        : 'use another profile';
    throw refuse(`${name} does not tell its account`, fix);
  }
  if (!allowed.includes(account))
    throw refuse(`${name} is of account ${account}`, 'set profile: to one of those accounts');
}

/** @throws {BedrockenvError} `policy-regions` */
export function checkRegion(policy: PolicyFile | null, key: string, region: Sourced<string> | undefined): void {
  const allowed = policy?.policy.regions?.value;
  if (!policy || !allowed || !region || allowed.includes(region.value)) return;
  const what = `${key} is ${region.value}${placeText(region.source)}`;
  throw forbidden(policy, { rule: 'regions', what, fix: `set ${key}: to one of them` });
}

/**
 * Checks one model: what it is, where its requests may be processed, and for an ARN whose it is and where.
 * @param resolved with the place that asked for it
 * @throws {BedrockenvError} `policy-models`, `policy-routing`, `policy-accounts`, `policy-regions`
 */
export function checkModel(
  policy: PolicyFile | null,
  resolved: Pick<ResolvedModel, 'id' | 'base' | 'routing'> & { source: string },
  at: ModelContext,
): void {
  if (!policy) return;
  const { id, base, routing, source } = resolved;
  const rules = policy.policy;
  const name = `${id}${placeText(source)}`;
  const refresh = `to ask the account what is behind it: bedrockenv models --region ${at.region} --refresh`;
  const [, , , region = '', account = ''] = parseArn(id) ? id.split(':') : [];
  if (account && rules.accounts && !rules.accounts.value.includes(account)) {
    throw forbidden(policy, {
      rule: 'accounts',
      what: `${name} is of account ${account}`,
      fix: 'choose another model',
    });
  }
  if (region && rules.regions && !rules.regions.value.includes(region)) {
    throw forbidden(policy, { rule: 'regions', what: `${name} is in ${region}`, fix: 'choose another model' });
  }
  if (rules.models && !isAllowed(rules.models.value, id, base)) {
    const what = base === null ? `the model behind ${name} cannot be told` : name;
    const fix = base === null ? refresh : 'choose one of them';
    throw forbidden(policy, { rule: 'models', what, fix });
  }
  if (rules.routing && !isWithin(rules.routing.value, routing, at)) {
    const what = routing === null ? `where ${name} is processed cannot be told` : `${name} is processed in ${routing}`;
    const fix = routing === null ? refresh : 'set routing: to one of them, or another region';
    throw forbidden(policy, { rule: 'routing', what, fix });
  }
}

/** Which models an alias may mean; undefined without a rule. */
export function allowedModels(
  policy: PolicyFile | null,
): ((model: CatalogueModel, prefix: Prefix) => boolean) | undefined {
  const rule = policy?.policy.models?.value;
  return rule && ((model, prefix) => isAllowed(rule, profileId(model, prefix), model.base));
}

/** A tier allows all of its models, a name that model with every routing, an ID or an ARN itself. */
function isAllowed(rule: readonly string[], id: string, base: string | null): boolean {
  const name = base === null ? null : nameOfBase(base);
  return rule.some(
    (word) => word === id || (name !== null && (isTier(word) ? name.includes(word) : nameMeant(word) === name)),
  );
}

/** A request that stays in its own region is within every routing. */
function isWithin(rule: readonly string[], routing: string | null, { region, listing }: ModelContext): boolean {
  if (routing === null) return false;
  if (routing === region || rule.includes(routing)) return true;
  return rule.includes('geo') && routing === geographyIn(region, listing);
}

/** The place of the rule that says which models may be used, or where; null without one. */
export function modelRule(policy: PolicyFile | null): string | null {
  const rule = policy?.policy.models ?? policy?.policy.routing;
  return policy && rule ? `${policy.path}:${rule.line}` : null;
}

/** The place of the rule that says whose credentials may be used; null without one. */
export function accountRule(policy: PolicyFile | null): string | null {
  const rule = policy?.policy.accounts;
  return policy && rule ? `${policy.path}:${rule.line}` : null;
}

/** The environment as requests may use it: nobody can tell the account of an API key that the shell has of its own. */
export function allowedEnvironment(policy: PolicyFile | null, env: Env): Env {
  if (accountRule(policy) === null) return env;
  const { AWS_BEARER_TOKEN_BEDROCK: _, ...rest } = env;
  return rest;
}
