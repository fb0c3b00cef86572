import { type Aws, describeProfile, readAws } from '../aws/index.ts';
import { mergeLayers, readUserConfig, type Settings } from '../project/index.ts';
import { directoryFilesOf, type Inputs } from './inputs.ts';
import { ambientProfile, chosenProfile } from './profile.ts';
import { type Region, regionOf } from './region.ts';

/** Where a directory's requests go and as whom, whatever it says of models: for commands that tell what there is. */
export interface Identity {
  settings: Settings;
  aws: Aws;
  /** The profile whose credentials are used, the ambient one included. */
  profile: string | null;
  /** The account of those credentials, twelve digits; null when the profile does not tell, and with an API key. */
  account: string | null;
  region: Region;
}

/**
 * The first half of `resolve`, for a directory whose models need not resolve, and also where nothing is configured.
 * @throws {BedrockenvError} for what is wrong with the files, the environment that is used or the profile
 */
export function resolveIdentity(inputs: Inputs): Identity {
  const files = directoryFilesOf(inputs);
  const { path, bytes } = inputs.userConfig;
  const userConfig = bytes === null ? null : { path, config: readUserConfig(bytes, path) };
  const settings = mergeLayers({ directoryFiles: files, userConfig });
  const { aws, profile, region } = identityOf(settings, inputs);
  // An API key comes before a profile, unless that was typed.
  const isUnused = settings.api_key && inputs.overrides?.profile === undefined;
  const account = profile === null || isUnused ? null : describeProfile(aws, profile).account;
  return { settings, aws, profile, account, region };
}

/** The profile and the region that settings come to. */
export function identityOf(settings: Settings, { aws: files, env }: Inputs) {
  const aws = readAws(files);
  const chosen = chosenProfile(aws, settings);
  const ambient = chosen || settings.api_key ? null : ambientProfile(aws, env);
  const region = regionOf(aws, settings, chosen?.name ?? null, ambient, env);
  return { aws, chosen, profile: chosen?.name ?? ambient, region };
}
