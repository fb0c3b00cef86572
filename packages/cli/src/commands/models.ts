import { catalogue, type ModelRow, notesOf, routeWarnings, usableModels } from '@bedrockenv/core';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { columns } from '../output/columns.ts';
import { printJson } from '../output/json.ts';
import { problemLine, say } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';
import { regionFlag } from '../region-flag.ts';
import { identityLocated } from '../resolution.ts';
import { locate } from '../state/located.ts';

export const models: Command = {
  name: 'models',
  summary: 'List the Claude models that can be used in a region, and why the others cannot.',
  args: [],
  flags: [
    { name: 'region', value: 'REGION', summary: "the AWS region; without it the directory's" },
    { name: 'json', summary: 'for programs' },
  ],
  examples: [
    ['bedrockenv models', 'what model: and models: may be here'],
    ["bedrockenv models --json | jq -r '.models[] | select(.usable).id'", 'their IDs'],
  ],
  async run(input, context) {
    const region = regionFlag('models', input) ?? regionHere(context);
    const rows = usableModels(region);
    if (input.flags.json) {
      printJson({ region, source: 'bundled', date: catalogue.date, models: rows });
      return 0;
    }
    say(`${region}, by the bundled list of ${catalogue.date}`);
    for (const { message, fix } of routeWarnings({ region, routing: 'geo' }))
      say(problemLine({ message, fix, where: '' }));
    stdout(table(rows, region));
    return 0;
  },
};

/** A directory file that is not approved does not count, as everywhere. */
function regionHere(context: Context): string {
  const located = locate(context.state, context.cwd());
  if (located.blocked) say(problemLine(located.blocked));
  const { region } = identityLocated(context, located);
  for (const { message, fix } of region.warnings) say(problemLine({ message, fix, where: '' }));
  return region.value;
}

/** What can be used first. */
function table(rows: readonly ModelRow[], region: string): string {
  const heading = ['ALIAS', 'MODEL', 'ROUTING', 'ID', 'STATUS', 'NOTE'];
  const line = (row: ModelRow) => [
    row.usable ? (row.alias ?? '') : '',
    row.name,
    row.routing,
    row.id,
    row.usable ? row.status : 'not usable',
    row.reason ?? notesOf(row, region).join('; '),
  ];
  const [usable, others] = [rows.filter((row) => row.usable), rows.filter((row) => !row.usable)];
  return columns([heading, ...[...usable, ...others].map(line)]);
}
