import { aliasOf, type Listing, listedProfile, type ModelRow, modelBehind, parseProfileId } from '../bedrock/index.ts';
import { BedrockenvError } from '../errors.ts';
import type { PolicyFile } from '../project/index.ts';
import { allowedModels, checkModel, checkRegion } from './allowed.ts';

/** Rows of models with what the organisation allows: one that it does not is not usable, and the rule says why. */
export function allowedRows(
  rows: readonly ModelRow[],
  policy: PolicyFile | null,
  { region, listing }: { region: string; listing: Listing },
): ModelRow[] {
  if (policy === null) return [...rows];
  return rows.map((row) => {
    const alias = row.alias === null && row.id.startsWith('arn:') ? null : aliasOf(row, listing, allowedModels(policy));
    if (!row.usable) return { ...row, alias };
    const profile = listing.list === null ? undefined : listedProfile(listing.list, row.id);
    const base = parseProfileId(row.id)?.base ?? (profile && modelBehind(profile)?.base) ?? null;
    try {
      checkRegion(policy, 'region', { value: region, source: 'default' });
      const found = { id: row.id, base, routing: row.routing, source: 'default' };
      checkModel(policy, found, { region, routing: 'geo', listing });
    } catch (error) {
      if (!(error instanceof BedrockenvError)) throw error;
      return { ...row, alias, usable: false, reason: `${error.message} (${error.where})` };
    }
    return { ...row, alias };
  });
}
