import {
  type CatalogueModel,
  catalogue,
  type ModelStatus,
  newestOf,
  profileId,
  type Tier,
  tiers,
} from './catalogue.ts';
import { canReach } from './listing.ts';
import { type Prefix, prefixes } from './regions.ts';

/** One inference profile, seen from a region: a row of `bedrockenv models --json`. */
export interface ModelRow {
  name: string;
  /** The alias that means this model with this routing; null when it means a newer one. */
  alias: Tier | null;
  id: string;
  /** The prefix; of an account's application inference profile where its models are: a prefix, or one region. */
  routing: string;
  status: ModelStatus;
  usable: boolean;
  /** Why it is not usable; null when it is. */
  reason: string | null;
}

/** Every listed inference profile, by tier, newest first, with whether it can be called from the region. */
export function usableModels(region: string): ModelRow[] {
  const byTier = tiers.flatMap((tier) => catalogue.models.filter((model) => model.tier === tier));
  return byTier.flatMap((model) =>
    prefixes.filter((prefix) => model.prefixes.includes(prefix)).map((prefix) => row(model, prefix, region)),
  );
}

function row(model: CatalogueModel, prefix: Prefix, region: string): ModelRow {
  const reason = whyNot(model, prefix, region);
  return {
    name: model.name,
    alias: newestOf(model.tier, prefix) === model ? model.tier : null,
    id: profileId(model, prefix),
    routing: prefix,
    status: model.status,
    usable: reason === null,
    reason,
  };
}

function whyNot(model: CatalogueModel, prefix: Prefix, region: string): string | null {
  if (model.status === 'retired') return `retired on Amazon Bedrock: ${model.retirement}`;
  if (!canReach(region, prefix)) return `routing ${prefix} cannot be called from ${region}`;
  return null;
}
