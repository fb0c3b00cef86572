import { describeProfile, maskSecrets, readAws, type Section, viewFindings } from '@bedrockenv/core';
import type { Command } from '../command.ts';
import { columns } from '../output/columns.ts';
import { printJson } from '../output/json.ts';
import { say } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';
import { type KnownSession, sessionsOf } from '../sign-in/sessions.ts';
import { readAwsFiles } from '../state/gather.ts';

export const profiles: Command = {
  name: 'profiles',
  summary: 'List the AWS profiles, as the AWS CLI sees them, with the state of their sessions.',
  args: [],
  flags: [{ name: 'json', summary: 'for programs' }],
  examples: [
    ['bedrockenv profiles', 'a table'],
    ["bedrockenv profiles --json | jq -r '.profiles[].name'", 'their names'],
  ],
  async run({ flags }, { base, home }) {
    const files = readAwsFiles({ env: base, home });
    const aws = readAws(files);
    const names = [...new Set([...aws.profileNames(), ...aws.sdkProfileNames()])];
    const sessionOf = sessionsOf(aws, { home, env: base }, Date.now());
    const rows = names.map((name) => {
      const { kind, region, account, role, ssoSession, seenBy, settings } = describeProfile(aws, name);
      const { session, problem } = sessionOf(name);
      const row = { name, kind, region, account, role, ssoSession, seenBy, session: summary(session), settings };
      return { row, session, problem };
    });
    if (flags.json) {
      printJson({
        profiles: rows.map(({ row }) => row),
        ssoSessions: sections(aws.ssoSessionNames(), aws.ssoSession),
        services: sections(aws.servicesNames(), aws.services),
      });
      return 0;
    }
    if (rows.length === 0) {
      say(`there are no profiles in ${files.config.path}; to make one: aws configure sso`);
      return 0;
    }
    const heading = ['PROFILE', 'KIND', 'REGION', 'ACCOUNT', 'ROLE', 'SESSION', 'NOTE'];
    const table = rows.map(({ row, session, problem }) => [
      row.name,
      row.kind,
      row.region ?? '',
      row.account ?? '',
      row.role ?? '',
      session ? session.text : '',
      problem ?? viewFindings(aws, row.name)[0]?.message.replace(/^profile "[^"]*": /, '') ?? '',
    ]);
    stdout(columns([heading, ...table]));
    return 0;
  },
};

function summary(session: KnownSession | null): { state: string; expiresAt: string | null } {
  return session ? { state: session.state, expiresAt: session.expiresAt } : { state: 'none', expiresAt: null };
}

/** Sections by name. A name may be anything, `__proto__` too. */
function sections(names: readonly string[], get: (name: string) => Section | undefined): Record<string, Section> {
  const all: Record<string, Section> = Object.create(null);
  for (const name of names) all[name] = maskSecrets(get(name) ?? {});
  return all;
}
