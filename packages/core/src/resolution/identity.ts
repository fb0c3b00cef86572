import { type Aws, describeProfile, readAws } from '../aws/index.ts';
import { type Listing, listingOf } from '../bedrock/index.ts';
import { withPolicy } from '../policy/index.ts';
import { mergeLayers, type PolicyFile, readUserConfig, type Settings } from '../project/index.ts';
import { directoryFilesOf, type Inputs, policyOf } from './inputs.ts';
import { ambientProfile, chosenProfile } from './profile.ts';
import { type Region, regionOf } from './region.ts';

/** Where a directory's requests go and as whom, whatever it says of models: for commands that tell what there is. */
export interface Identity {
  settings: Settings;
  aws: Aws;
  /** The profile that the settings name. */
  chosen: { name: string; source: string } | null;
  /** The profile whose credentials are used, the ambient one included. */
  profile: string | null;
  /** The account of those credentials, twelve digits; null when the profile does not tell, and with an API key. */
  account: string | null;
  region: Region;
  policy: PolicyFile | null;
}

/**
 * The first half of `resolve`, for a directory whose models need not resolve, and also where nothing is configured. What
 * the organisation requires is so; whether it allows the rest is for those to check who use it.
 * @throws {BedrockenvError} for what is wrong with the files, the environment that is used or the profile
 */
export function resolveIdentity(inputs: Inputs): Identity {
  const files = directoryFilesOf(inputs);
  const policy = policyOf(inputs);
  const { path, bytes } = inputs.userConfig;
  const userConfig = bytes === null ? null : { path, config: readUserConfig(bytes, path) };
  const settings = withPolicy(mergeLayers({ directoryFiles: files, userConfig }), policy);
  return identityOf(settings, policy, inputs);
}

/** The profile and the region that settings come to. */
export function identityOf(
  settings: Settings,
  policy: PolicyFile | null,
  { aws: files, env, overrides }: Inputs,
): Identity {
  const aws = readAws(files);
  const chosen = chosenProfile(aws, settings);
  const ambient = chosen || settings.api_key ? null : ambientProfile(aws, env);
  // Keys in the environment say nothing of a region: Claude Code and the AWS CLI take that of the profile `default`.
  const ofRegion = chosen || settings.api_key ? null : ambientProfile(aws, { ...env, AWS_ACCESS_KEY_ID: undefined });
  const region = regionOf(aws, settings, chosen?.name ?? null, ofRegion, env);
  const profile = chosen?.name ?? ambient;
  // An API key comes before a profile, unless that was typed.
  const isUnused = settings.api_key && overrides?.profile === undefined;
  const account = profile === null || isUnused ? null : describeProfile(aws, profile).account;
  return { settings, policy, aws, chosen, profile, account, region };
}

/** What models are looked up in for a region: what the account answered, if it was asked. */
export function listingFor(
  identity: Identity,
  { accountList }: Pick<Inputs, 'accountList'>,
): (region: string) => Listing {
  const known = new Map<string, Listing>();
  return (region) => {
    const listing = known.get(region) ?? listingOf(accountList?.(identity, region) ?? null);
    known.set(region, listing);
    return listing;
  };
}
