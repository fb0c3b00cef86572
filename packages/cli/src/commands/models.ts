import {
  type AccountList,
  accountModels,
  allowedRows,
  BedrockenvError,
  catalogue,
  checkIdentity,
  type Identity,
  listedProfile,
  listingOf,
  type ModelRow,
  notesOf,
  routeWarnings,
  usableModels,
  type Warning,
} from '@bedrockenv/core';
import { storedList } from '../account/stored.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { columns } from '../output/columns.ts';
import { printJson } from '../output/json.ts';
import { problemLine, problems, say } from '../output/messages.ts';
import { waiting } from '../output/progress.ts';
import { stdout } from '../output/streams.ts';
import { regionFlag } from '../region-flag.ts';
import { identityLocated } from '../resolution.ts';
import { type Located, locate } from '../state/located.ts';

export const models: Command = {
  name: 'models',
  summary: 'List the Claude models that can be used in a region, and why the others cannot.',
  args: [],
  flags: [
    { name: 'region', value: 'REGION', summary: "the AWS region; without it the directory's" },
    { name: 'refresh', summary: 'ask the account what it has there, and keep the answer' },
    { name: 'json', summary: 'for programs' },
  ],
  examples: [
    ['bedrockenv models', 'what model: and models: may be here'],
    ['bedrockenv models --refresh', 'what the account has, its own profiles too'],
    ["bedrockenv models --json | jq -r '.models[] | select(.usable).id'", 'their IDs'],
  ],
  async run(input, context) {
    const located = locate(context.state, context.cwd());
    // A directory file that is not approved does not count, as everywhere.
    if (located.blocked) say(problemLine(located.blocked));
    const asked = regionFlag('models', input);
    const identity = identityHere(context, located, asked, input.flags.refresh === true);
    const region = identity?.region.value ?? (asked as string);
    tell(identity?.region.warnings ?? []);
    const list =
      identity && (input.flags.refresh ? await refreshed(context, identity) : storedList(context, identity, region));
    const known = list ? accountModels(list) : usableModels(region);
    const rows = allowedRows(known, identity?.policy ?? null, { region, listing: listingOf(list) });
    if (input.flags.json) {
      const [source, date] = list ? ['account', list.date] : ['bundled', catalogue.date];
      printJson({ region, source, date, models: rows });
      return 0;
    }
    tell(routeWarnings({ region, routing: 'geo' }));
    const ask = `to ask the account: bedrockenv models --region ${region} --refresh`;
    say(`${region}, by ${list ? `what account ${list.account} said on ${list.date}` : `${bundled}; ${ask}`}`);
    stdout(table(rows, region, list));
    return 0;
  },
};

const bundled = `the bundled list of ${catalogue.date}`;

/** Null when it cannot be told, and need not be: the bundled list of a region depends on nothing. */
function identityHere(
  context: Context,
  located: Located,
  region: string | undefined,
  isNeeded: boolean,
): Identity | null {
  try {
    return identityLocated(context, located, { region });
  } catch (error) {
    if (isNeeded || region === undefined || !(error instanceof BedrockenvError)) throw error;
    for (const problem of problems(error)) say(problemLine(problem));
    return null;
  }
}

function tell(warnings: readonly Warning[]): void {
  for (const { message, fix } of warnings) say(problemLine({ message, fix, where: undefined }));
}

async function refreshed(context: Context, identity: Identity): Promise<AccountList | null> {
  const { refreshList } = await import('../account/refresh.ts');
  const region = identity.region.value;
  checkIdentity(identity, context.base);
  const what = `asking Amazon Bedrock in ${region}`;
  const list = await waiting(what, context.env, refreshList(context, identity, region));
  if (list) return list;
  const whose = identity.profile === null ? 'these credentials' : `the profile ${identity.profile}`;
  say(`${whose} may not list inference profiles in ${region}, so this is ${bundled}; see: bedrockenv iam-policy`);
  return null;
}

/** What can be used first. */
function table(rows: readonly ModelRow[], region: string, list: AccountList | null): string {
  const heading = ['ALIAS', 'MODEL', 'ROUTING', 'ID', 'STATUS', 'NOTE'];
  const line = (row: ModelRow) => [
    row.usable ? (row.alias ?? '') : '',
    row.name,
    row.routing,
    row.id,
    row.usable ? row.status : 'not usable',
    row.reason ?? [...ownName(row, list), ...notesOf(row, region)].join('; '),
  ];
  const [usable, others] = [rows.filter((row) => row.usable), rows.filter((row) => !row.usable)];
  return columns([heading, ...[...usable, ...others].map(line)]);
}

function ownName({ id }: ModelRow, list: AccountList | null): string[] {
  const profile = list && listedProfile(list, id);
  return profile?.kind === 'application' ? [`application inference profile ${profile.name}`] : [];
}
