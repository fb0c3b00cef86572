import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AccountList, type Env, type Identity, readAccountList } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { openState } from '../state/folder.ts';
import { missingFolders, rememberFolders } from '../state/made-folders.ts';
import { cacheFolder } from '../state/places.ts';
import { readFile } from '../state/read.ts';
import { writeState } from '../state/write.ts';

/** More than the list of any account has. */
const limit = 8 << 20;

type Where = Pick<Context, 'base' | 'home'>;

/** Keeps what an account answered, for its account and region. */
export function storeList(context: Context, list: AccountList): void {
  openState(context.state);
  rememberFolders(context.state, missingFolders(folder(context)));
  writeState(join(folder(context), list.account, `${list.region}.json`), `${JSON.stringify(list)}\n`);
}

/** What the account of these credentials last answered for a region; null when it was not asked. */
export function storedList(context: Where, identity: Identity, region: string): AccountList | null {
  const own = identity.account === null ? accounts(context) : [identity.account];
  const lists = own.flatMap((account) => {
    const read = readFile(join(folder(context), account, `${region}.json`), limit);
    const list = read.kind === 'file' ? readAccountList(new TextDecoder().decode(read.bytes)) : null;
    return list && list.account === account && list.region === region ? [list] : [];
  });
  const asker = askerOf(identity, context.base);
  const fitting = identity.account === null ? lists.filter((list) => list.asker === asker) : lists;
  return fitting.toSorted((a, b) => b.date.localeCompare(a.date))[0] ?? null;
}

/** Tells credentials apart whose account only Amazon Bedrock's answer names. A key stands in it only as its hash. */
export function askerOf({ profile, settings }: Identity, env: Env): string {
  if (settings.api_key) return `api_key ${JSON.stringify(settings.api_key.value)}`;
  if (profile !== null) return `profile ${profile}`;
  const key = env.AWS_ACCESS_KEY_ID;
  return key ? `keys ${createHash('sha256').update(key).digest('hex').slice(0, 16)}` : 'ambient';
}

function folder({ base, home }: Where): string {
  return join(cacheFolder({ env: base, home }), 'models');
}

function accounts(context: Where): string[] {
  try {
    return readdirSync(folder(context)).filter((name) => /^\d{12}$/.test(name));
  } catch {
    return [];
  }
}
