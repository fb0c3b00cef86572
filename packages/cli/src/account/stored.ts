import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type AccountList,
  type Env,
  type Identity,
  type Inputs,
  type PlanInput,
  readAccountList,
} from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { openState } from '../state/folder.ts';
import { missingFolders, rememberFolders } from '../state/made-folders.ts';
import { cacheFolder } from '../state/places.ts';
import { type Read, readFile } from '../state/read.ts';
import { writeState } from '../state/write.ts';

/** More than the list of any account has. */
const limit = 8 << 20;

type Where = Pick<Context, 'base' | 'home'>;

/** Keeps what an account answered, for its account and region, and for those who asked. */
export function storeList(context: Context, identity: Identity, list: AccountList): void {
  openState(context.state);
  rememberFolders(context.state, missingFolders(folder(context)));
  const text = `${JSON.stringify(list)}\n`;
  writeState(join(folder(context), list.account, `${list.region}.json`), text);
  if (accountOf(identity) === null) writeState(listPath(context, identity, list.region), text);
}

/** What the account of these credentials last answered for a region; null when it was not asked. */
export function storedList(context: Where, identity: Identity, region: string): AccountList | null {
  return readList(context, identity, region, readFile(listPath(context, identity, region), limit));
}

/**
 * The same for a resolution, which depends on it.
 * @param looked gets each file that was looked at, also one that is not there
 */
export function listReader(context: Where, looked: PlanInput[]): NonNullable<Inputs['accountList']> {
  return (identity, region) => {
    // Credentials of the environment are others in each shell, and a plan is not for one shell alone.
    if (identity.profile === null && !identity.settings.api_key) return null;
    // ~/.aws may say anything of a region, and this becomes the name of a file.
    if (!/^[\w-]+$/.test(region)) return null;
    const path = listPath(context, identity, region);
    const read = readFile(path, limit);
    looked.push({ path, seen: read.kind === 'file' ? read.seen : null });
    return readList(context, identity, region, read);
  };
}

function readList({ base }: Where, identity: Identity, region: string, read: Read): AccountList | null {
  const list = read.kind === 'file' ? readAccountList(new TextDecoder().decode(read.bytes)) : null;
  if (list === null || list.region !== region) return null;
  const account = accountOf(identity);
  const isOwn = account === null ? list.asker === askerOf(identity, base) : list.account === account;
  return isOwn ? list : null;
}

/** By the account, or where the configuration does not tell it, by who asks: which file it is depends on nothing else. */
function listPath(context: Where, identity: Identity, region: string): string {
  const account = accountOf(identity);
  const asker = createHash('sha256').update(askerOf(identity, context.base)).digest('hex').slice(0, 16);
  return join(folder(context), account ?? join('askers', asker), `${region}.json`);
}

/** A configuration may say anything, and this becomes the name of a folder. */
function accountOf({ account }: Identity): string | null {
  return account !== null && /^\d{12}$/.test(account) ? account : null;
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
