/**
 * What stands before `anthropic.` in an inference profile ID: where a request may be processed.
 * The order is that of listings: geographies first, then the wide ones.
 */
export const prefixes = ['us', 'eu', 'jp', 'au', 'us-gov', 'apac', 'global'] as const;
export type Prefix = (typeof prefixes)[number];

export function isPrefix(word: string): word is Prefix {
  return (prefixes as readonly string[]).includes(word);
}

/** A prefix that keeps requests inside one geography; a region has at most one. */
export type Geography = Exclude<Prefix, 'apac' | 'global'>;

/** `geo` is the geography of the region; the others are that prefix, whatever the region. */
export const routings = ['geo', 'global', 'us', 'eu', 'jp', 'au', 'apac', 'us-gov'] as const;
export type Routing = (typeof routings)[number];

/** The regions of the partition `aws`, November 2026 (AWS General Reference, "AWS Regions"). */
export const commercialRegions: readonly string[] = [
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['il-central-1', 'me-central-1', 'me-south-1', 'me-west-1', 'mx-central-1', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
];

/** Regions of the other partitions that a person may name; Claude is on Amazon Bedrock in us-gov only. */
const otherRegions = ['us-gov-east-1', 'us-gov-west-1', 'cn-north-1', 'cn-northwest-1', 'eusc-de-east-1'];

export const knownRegions: readonly string[] = [...commercialRegions, ...otherRegions];

/**
 * The regions that a request with each prefix may be sent to (Amazon Bedrock User Guide, "Supported Regions and models
 * for inference profiles").
 */
export const sourceRegions: Readonly<Record<Prefix, readonly string[]>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1'],
  eu: [
    ...['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
    ...['eu-central-2', 'eu-west-2'],
  ],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4'],
  'us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  apac: [
    ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
    ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-4'],
  ],
  global: commercialRegions,
};

/**
 * The regions that process requests of each prefix, besides the one that they are sent to (Amazon Bedrock User Guide, as
 * above). Null where it is not documented; only the account can tell.
 */
export const destinationRegions: Readonly<Record<Exclude<Prefix, 'global'>, readonly string[] | null>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-2'],
  eu: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4'],
  'us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  apac: null,
};

/** Source regions that only some models of their geography have; which ones, only the account itself can tell. */
export const partialSourceRegions: readonly string[] = ['eu-central-2', 'eu-west-2'];

const geographies = ['us', 'eu', 'jp', 'au', 'us-gov'] as const satisfies readonly Geography[];

/** The geography whose inference profiles can be called from the region; null for a region that has none of its own. */
export function geographyOf(region: string): Geography | null {
  return geographies.find((geography) => sourceRegions[geography].includes(region)) ?? null;
}

/** Regions of the partition `aws`, those included that are newer than the list (botocore, `partitions.json`). */
const commercialPattern = /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/;

/** The prefixes that can be called from the region; `global` from every commercial one, known or not. */
export function prefixesFrom(region: string): Prefix[] {
  return prefixes.filter((prefix) =>
    prefix === 'global' ? commercialPattern.test(region) : sourceRegions[prefix].includes(region),
  );
}
