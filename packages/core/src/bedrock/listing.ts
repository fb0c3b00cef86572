import { type AccountList, baseOf } from './account-list.ts';
import { type CatalogueModel, catalogue, modelOfBase, modelsFor, type Tier } from './catalogue.ts';
import { modelWithBase } from './names.ts';
import { parseProfileId } from './profile-id.ts';
import { type Geography, geographyOf, knownRegions, type Prefix, prefixesFrom } from './regions.ts';

/** What models are looked up in: the bundled list, and before it what the account answered for the region. */
export interface Listing {
  /** Null where the account was not asked. */
  list: AccountList | null;
  /** The account's models with the prefixes that it has; the bundled list's without an answer. */
  own: readonly CatalogueModel[];
  /** The account's and the bundled list's together. */
  all: readonly CatalogueModel[];
}

export const bundledListing: Listing = { list: null, own: catalogue.models, all: catalogue.models };

/** @param list what the account last answered for the region */
export function listingOf(list: AccountList | null): Listing {
  if (list === null) return bundledListing;
  const own = ownModels(list);
  const all = catalogue.models.map((bundled) => {
    const prefixes = modelWithBase(bundled.base, own)?.prefixes ?? [];
    return { ...bundled, prefixes: [...new Set([...prefixes, ...bundled.prefixes])] };
  });
  return { list, own, all: [...own.filter(({ base }) => modelWithBase(base) === undefined), ...all] };
}

function ownModels({ profiles }: AccountList): CatalogueModel[] {
  const prefixes = new Map<string, Prefix[]>();
  for (const { id, kind, isActive, models } of profiles) {
    const parsed = kind === 'system' && isActive ? parseProfileId(id) : null;
    // What is behind it must be what its ID says.
    if (parsed?.known && baseOf(models) === parsed.base) {
      prefixes.set(parsed.base, [...(prefixes.get(parsed.base) ?? []), parsed.known]);
    }
  }
  return [...prefixes].flatMap(([base, there]) => {
    const bundled = modelWithBase(base);
    const model = bundled ? { ...bundled, prefixes: there } : modelOfBase(base, there);
    return model ? [model] : [];
  });
}

/** Whether an account that was asked has a model with a prefix; true where none was. */
export function isListed({ own }: Listing, { base }: CatalogueModel, prefix: Prefix): boolean {
  return modelWithBase(base, own)?.prefixes.includes(prefix) ?? false;
}

/**
 * What the alias of a tier means with a prefix: the newest model of the account's, else of the bundled list's, of those
 * that are allowed.
 */
export function chosenOf(
  tier: Tier,
  prefix: Prefix,
  { own, all }: Listing,
  allows: (model: CatalogueModel, prefix: Prefix) => boolean = () => true,
): CatalogueModel | undefined {
  const pick = (models: readonly CatalogueModel[]) =>
    modelsFor(prefix, models).find((model) => model.tier === tier && allows(model, prefix));
  return pick(own) ?? pick(all);
}

/** Whether a region has inference profiles of a prefix, as documented or as the account answered. */
export function canReach(region: string, prefix: Prefix, { list, own }: Listing = bundledListing): boolean {
  return (
    prefixesFrom(region).includes(prefix) || (list !== null && own.some(({ prefixes }) => prefixes.includes(prefix)))
  );
}

/**
 * The geography of a region. Of one that is newer than the bundled list it is what the account has there, as long as that
 * is one geography alone.
 */
export function geographyIn(region: string, { list, own }: Listing = bundledListing): Geography | null {
  const documented = geographyOf(region);
  if (documented !== null || list === null || knownRegions.includes(region)) return documented;
  const there = new Set(own.flatMap(({ prefixes }) => prefixes).filter((prefix) => prefix !== 'global'));
  const [first] = there;
  return there.size === 1 && first !== undefined && first !== 'apac' ? first : null;
}
