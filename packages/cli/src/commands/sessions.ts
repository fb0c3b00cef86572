import { listSessions, readAws } from '@bedrockenv/core';
import type { Command } from '../command.ts';
import { columns } from '../output/columns.ts';
import { printJson } from '../output/json.ts';
import { say } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';
import { sayUnread } from '../output/unread.ts';
import { knownSession } from '../sign-in/sessions.ts';
import { readAwsFiles } from '../state/gather.ts';

export const sessions: Command = {
  name: 'sessions',
  summary: 'List the sign-in sessions of the AWS profiles, with their state and the time they have left.',
  args: [],
  flags: [{ name: 'json', summary: 'for programs' }],
  examples: [
    ['bedrockenv sessions', 'a table'],
    ['bedrockenv sessions --json | jq -r \'.sessions[] | select(.state == "expired").name\'', 'the expired ones'],
  ],
  async run({ flags }, { base, home }) {
    const aws = readAws(readAwsFiles({ env: base, home }));
    sayUnread(aws);
    const now = Date.now();
    const found = listSessions(aws, { home, env: base }).map(({ source, profiles }) => ({
      known: knownSession(source, now),
      profiles,
    }));
    if (flags.json) {
      printJson({
        sessions: found.map(({ known: { source, state, expiresAt, refreshable }, profiles }) => ({
          name: source.name,
          kind: source.kind,
          startUrl: source.startUrl,
          region: source.region,
          state,
          expiresAt,
          refreshable,
          profiles,
        })),
      });
      return 0;
    }
    if (found.length === 0) {
      const { howToConfigure } = await import('../sign-in/aws-here.ts');
      say(`no AWS profile has a sign-in session; ${howToConfigure({ base })}`);
      return 0;
    }
    const heading = ['SESSION', 'KIND', 'STATE', 'EXPIRES', 'RENEWS ITSELF', 'REGION', 'START URL', 'PROFILES'];
    const rows = found.map(({ known: { source, text, expiresAt, refreshable }, profiles }) => [
      source.name,
      source.kind,
      text,
      expiresAt ?? '',
      refreshable ? 'yes' : 'no',
      source.region ?? '',
      source.startUrl ?? '',
      profiles.join(', '),
    ]);
    stdout(columns([heading, ...rows]));
    return 0;
  },
};
