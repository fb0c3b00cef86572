import {
  type Aws,
  describeProfile,
  maskSecrets,
  readAws,
  type Section,
  sessionFindings,
  viewFindings,
} from '@bedrockenv/core';
import type { Command } from '../command.ts';
import { columns } from '../output/columns.ts';
import { printJsonList } from '../output/json.ts';
import { say } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';
import { sayUnread } from '../output/unread.ts';
import { sessionsOf } from '../sign-in/sessions.ts';
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
    sayUnread(aws);
    const names = new Set(aws.profileNames());
    for (const name of aws.sdkProfileNames()) names.add(name);
    const at = { home, env: base };
    const sessionOf = sessionsOf(aws, at, Date.now());
    if (flags.json) {
      printJsonList('profiles', entriesOf(aws, names, sessionOf), {
        ssoSessions: sections(aws.ssoSessionNames(), aws.ssoSession),
        services: sections(aws.servicesNames(), aws.services),
      });
      return 0;
    }
    if (names.size === 0) {
      const { howToConfigure } = await import('../sign-in/aws-here.ts');
      say(`there are no profiles in ${files.config.path}; ${howToConfigure({ base })}`);
      return 0;
    }
    const heading = ['PROFILE', 'KIND', 'REGION', 'ACCOUNT', 'ROLE', 'SESSION', 'NOTE'];
    const table = Array.from(names, (name) => {
      const { kind, region, account, role } = describeProfile(aws, name);
      const { session, problem } = sessionOf(name);
      const [found] = problem === null ? [...viewFindings(aws, name), ...sessionFindings(aws, name, at)] : [];
      const note = problem ?? found?.message.replace(/^profile "[^"]*": /, '');
      return [name, kind, region ?? '', account ?? '', role ?? '', session ? session.text : '', note ?? ''];
    });
    stdout(columns([heading, ...table]));
    return 0;
  },
};

/** What programs get of each profile, made one at a time: there may be thousands. */
function* entriesOf(aws: Aws, names: Iterable<string>, sessionOf: ReturnType<typeof sessionsOf>) {
  for (const name of names) {
    const { kind, region, account, role, ssoSession, seenBy, settings } = describeProfile(aws, name);
    const { state, expiresAt } = sessionOf(name).session ?? noSession;
    yield { name, kind, region, account, role, ssoSession, seenBy, session: { state, expiresAt }, settings };
  }
}

const noSession = { state: 'none', expiresAt: null };

/** Sections by name. A name may be anything, `__proto__` too. */
function sections(names: readonly string[], get: (name: string) => Section | undefined): Record<string, Section> {
  const all: Record<string, Section> = Object.create(null);
  for (const name of names) all[name] = maskSecrets(get(name) ?? {});
  return all;
}
