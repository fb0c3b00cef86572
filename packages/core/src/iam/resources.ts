import { destinationRegions, type ProfileId, parseArn, parseProfileId } from '../bedrock/index.ts';
import type { Warning } from '../errors.ts';
import { partitionOf } from './partition.ts';

/** What requests ask for: an inference profile ID or an ARN, and the region that they are sent to. */
export interface Invoked {
  id: string;
  region: string;
}

/** What a request needs to be allowed, as ARNs. */
export interface Resources {
  profiles: string[];
  /** Foundation models, and provisioned ones. */
  models: string[];
  warnings: Warning[];
}

/** The foundation model ARNs behind an inference profile, as the account lists them; null when it was not asked. */
export type BackingModels = (invoked: Invoked) => readonly string[] | null;

/**
 * The inference profile's own ARN, and the foundation model in the source region and in each region that may process the
 * request; of a global profile also the foundation model without a region (Amazon Bedrock User Guide, "Geographic
 * cross-Region inference" and "Global cross-Region inference").
 * @param account twelve digits, or `*`
 */
export function resourcesOf(invoked: Invoked, account: string, backing: BackingModels): Resources {
  const { id, region } = invoked;
  const arn = parseArn(id);
  if (arn?.kind === 'provisioned-model') return { profiles: [], models: [id], warnings: [] };
  const partition = arn ? (id.split(':')[1] as string) : partitionOf(region);
  const own = arn ? id : `arn:${partition}:bedrock:${region}:${account}:inference-profile/${id}`;
  const profile = parseProfileId(arn?.resource ?? id);
  const source = arn?.region ?? region;
  const model = (at: string, name: string) => `arn:${partition}:bedrock:${at}::foundation-model/${name}`;

  const listed = backing(invoked);
  if (listed && listed.length > 0) {
    const names = listed.map((each) => each.slice(each.lastIndexOf('/') + 1));
    return { profiles: [own], models: [...names.map((name) => model(source, name)), ...listed], warnings: [] };
  }
  const ask = `bedrockenv models --region ${source} --refresh`;
  if (profile === null) {
    const message = `which model is behind ${id} is not known, so every Claude model is allowed`;
    const warning = { code: 'model-behind-unknown', message, fix: ask };
    return { profiles: [own], models: [model('*', 'anthropic.claude-*')], warnings: [warning] };
  }
  const name = id.slice(id.lastIndexOf('anthropic.'));
  const regions = destinations(profile, source);
  if (regions) return { profiles: [own], models: regions.map((at) => model(at, name)), warnings: [] };
  const message = `which regions process requests of ${id} is not documented, so the model is allowed in all of them`;
  const warning = { code: 'destinations-unknown', message, fix: ask };
  return { profiles: [own], models: [model('*', name)], warnings: [warning] };
}

/** The region field of the foundation model ARNs; null when nothing is documented. */
function destinations({ known }: ProfileId, source: string): string[] | null {
  if (known === 'global') return [source, ''];
  const regions = known && destinationRegions[known];
  return regions && [...new Set([source, ...regions])];
}
