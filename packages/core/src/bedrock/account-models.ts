import { type AccountList, type AccountProfile, baseOf } from './account-list.ts';
import { type CatalogueModel, modelOfBase, nameOfBase, type Tier, tiers } from './catalogue.ts';
import { chosenOf, type Listing, listingOf } from './listing.ts';
import { modelWithBase } from './names.ts';
import { parseProfileId } from './profile-id.ts';
import { destinationRegions, type Prefix, prefixes } from './regions.ts';
import { type ModelRow, usableModels } from './usable.ts';

/**
 * Every inference profile of Claude models that an account has in a region, application inference profiles with the
 * model behind them, and those of the bundled list that it has not, with the reason.
 */
export function accountModels(list: AccountList): ModelRow[] {
  const listing = listingOf(list);
  const rows = list.profiles.flatMap((profile) => row(profile, list.region));
  const there = new Set(rows.map(({ id }) => id));
  const missing = usableModels(list.region)
    .filter(({ id }) => !there.has(id))
    .map((bundled) => ({
      ...bundled,
      usable: false,
      reason: bundled.reason ?? `the account ${list.account} has no such inference profile in ${list.region}`,
    }));
  const all = [...rows, ...missing].map((each) => ({ ...each, alias: aliasOf(each, listing) }));
  return all.sort((a, b) => rank(a) - rank(b));
}

/** The alias that means an inference profile, by what the account answered and by what is allowed. */
export function aliasOf(
  { id }: Pick<ModelRow, 'id'>,
  listing: Listing,
  allows?: Parameters<typeof chosenOf>[3],
): Tier | null {
  const parsed = parseProfileId(id);
  const means = (tier: Tier) => parsed?.known && chosenOf(tier, parsed.known, listing, allows)?.base === parsed.base;
  return tiers.find(means) ?? null;
}

/** The model behind an inference profile of the account; undefined when it is none of Claude's. */
export function modelBehind({ models }: Pick<AccountProfile, 'models'>): CatalogueModel | undefined {
  const base = baseOf(models);
  return base === null ? undefined : (modelWithBase(base) ?? modelOfBase(base, []) ?? undefined);
}

function row(profile: AccountProfile, region: string): ModelRow[] {
  const base = baseOf(profile.models);
  if (base === null) return [];
  const model = modelWithBase(base);
  const isOwn = profile.kind === 'application';
  const parsed = isOwn ? null : parseProfileId(profile.id);
  const routing = parsed?.prefix ?? routingOf(profile.models, region);
  return [
    {
      name: model?.name ?? nameOfBase(base),
      alias: null,
      id: isOwn ? profile.arn : profile.id,
      routing,
      status: model?.status ?? 'active',
      usable: profile.isActive,
      reason: profile.isActive ? null : 'the inference profile is not active',
    },
  ];
}

/** The routing of an application inference profile, by where its models are; its own region when they are only there. */
export function routingOf(models: readonly string[], region: string): string {
  const regions = models.map((arn) => arn.split(':')[3] ?? '');
  if (regions.includes('')) return 'global';
  if (regions.every((each) => each === region)) return region;
  const isWithin = (prefix: Prefix) => {
    const there = prefix === 'global' ? null : destinationRegions[prefix];
    return there !== null && regions.every((each) => each === region || there.includes(each));
  };
  // Where it is not known how wide it is, it is never called narrower than it may be.
  return prefixes.find(isWithin) ?? (regions.every((each) => each.startsWith('ap-')) ? 'apac' : 'global');
}

/** By tier as the bundled list is, newest first; models that it does not know before all others. */
function rank({ name, routing }: ModelRow): number {
  const tier = tiers.findIndex((each) => name.includes(each));
  const [major = 0, minor = 0] = (name.match(/\d+/g) ?? []).map(Number);
  const place = (prefixes as readonly string[]).indexOf(routing);
  return ((tier * 100 + (99 - major)) * 100 + (99 - minor)) * 100 + (place < 0 ? 99 : place);
}
