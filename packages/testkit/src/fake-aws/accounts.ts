/** One account that a user of the fake portal may enter. */
export interface Account {
  id: string;
  name: string;
  roles: readonly string[];
}

/** What the portal lists unless a test gives its own; the sandbox's profiles point at these. */
export const sampleAccounts: readonly Account[] = [
  { id: '111122223333', name: 'dev', roles: ['BedrockDeveloper', 'ReadOnly'] },
  { id: '444455556666', name: 'prod', roles: ['BedrockOperator'] },
];

/** A profile of `GET /inference-profiles`, without the fields that follow from these. */
export interface InferenceProfile {
  id: string;
  name: string;
  /** Regions of the foundation model ARNs behind it; '' for the one without a region that a global profile has. */
  regions: readonly string[];
}

/** A profile that the account made itself. */
export interface ApplicationProfile extends InferenceProfile {
  /** `claude-sonnet-5`: what it was made for. */
  model: string;
}

/** System-defined profiles by geography (identifiers as AWS lists them, November 2026). */
const models: readonly [id: string, name: string, prefixes: readonly string[]][] = [
  ['claude-opus-5-5', 'Claude Opus 5.5', ['us', 'eu', 'jp', 'au', 'global']],
  ['claude-opus-5', 'Claude Opus 5', ['us', 'eu', 'jp', 'au', 'global']],
  ['claude-opus-4-8', 'Claude Opus 4.8', ['us', 'eu', 'jp', 'au', 'global', 'us-gov']],
  ['claude-sonnet-5-5', 'Claude Sonnet 5.5', ['us', 'eu', 'global']],
  ['claude-sonnet-5', 'Claude Sonnet 5', ['us', 'eu', 'jp', 'au', 'global']],
  ['claude-sonnet-4-5-20250929-v1:0', 'Claude Sonnet 4.5', ['us', 'eu', 'jp', 'au', 'global', 'us-gov']],
  ['claude-haiku-5-5', 'Claude Haiku 5.5', ['us', 'eu', 'jp', 'au', 'global']],
  ['claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5', ['us', 'eu', 'jp', 'au', 'global']],
];

const geographies: readonly [prefix: string, source: RegExp, destinations: readonly string[]][] = [
  ['us-gov', /^us-gov-/, ['us-gov-east-1', 'us-gov-west-1']],
  ['us', /^(us-(east|west)-\d|ca-)/, ['us-east-1', 'us-east-2', 'us-west-2']],
  ['eu', /^eu-/, ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3']],
  ['jp', /^ap-northeast-[13]$/, ['ap-northeast-1', 'ap-northeast-3']],
  ['au', /^ap-southeast-[24]$/, ['ap-southeast-2', 'ap-southeast-4']],
];

/** The system-defined profiles that a region sees: its geography's and, outside GovCloud, global ones. */
export function sampleInferenceProfiles(region: string): InferenceProfile[] {
  const geography = geographies.find(([, source]) => source.test(region));
  const wanted = [...(geography ? [geography[0]] : []), ...(geography?.[0] === 'us-gov' ? [] : ['global'])];
  return models.flatMap(([id, name, prefixes]) =>
    wanted
      .filter((prefix) => prefixes.includes(prefix))
      .map((prefix) => ({
        id: `${prefix}.anthropic.${id}`,
        name: `${prefix.toUpperCase()} Anthropic ${name}`,
        regions: prefix === 'global' ? [region, ''] : (geography?.[2] ?? [region]),
      })),
  );
}
