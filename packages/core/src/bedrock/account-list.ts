import * as v from 'valibot';

const listSchema = v.object({
  /** Twelve digits. */
  account: v.pipe(v.string(), v.regex(/^\d{12}$/)),
  region: v.string(),
  /** When it was asked, ISO 8601 in UTC. */
  date: v.pipe(v.string(), v.isoTimestamp()),
  /** Who asked, where the account alone cannot be told from the configuration. */
  asker: v.string(),
  profiles: v.array(
    v.object({
      /** `eu.anthropic.claude-sonnet-5`, or an application inference profile's random name. */
      id: v.string(),
      arn: v.string(),
      name: v.string(),
      kind: v.picklist(['system', 'application']),
      isActive: v.boolean(),
      /** ARNs of the foundation models that requests go to, one for each region. */
      models: v.array(v.string()),
    }),
  ),
});

/** What an account has in a region, as `bedrock:ListInferenceProfiles` answered. */
export type AccountList = v.InferOutput<typeof listSchema>;
export type AccountProfile = AccountList['profiles'][number];

/** A stored list; null unless every part of it is in order. */
export function readAccountList(text: string): AccountList | null {
  try {
    const { success, output } = v.safeParse(listSchema, JSON.parse(text));
    return success ? output : null;
  } catch {
    return null;
  }
}

/** The profile that an inference profile ID or an ARN means. */
export function listedProfile(list: AccountList, id: string): AccountProfile | undefined {
  return list.profiles.find((profile) => profile.arn === id || (profile.kind === 'system' && profile.id === id));
}

/** `claude-sonnet-5`, of the foundation models behind a profile; null when they are not Claude's. */
export function baseOf(models: readonly string[]): string | null {
  return /foundation-model\/anthropic\.(claude-[\w.:-]+)$/.exec(models[0] ?? '')?.[1] ?? null;
}
