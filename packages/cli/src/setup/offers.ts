import {
  type Aws,
  describeProfile,
  geographyOf,
  knownRegions,
  notesOf,
  printable,
  usableModels,
} from '@bedrockenv/core';
import type { Context } from '../context.ts';
import type { Choice } from '../questions/asker.ts';
import { sessionsOf } from '../sign-in/sessions.ts';

/** The AWS profiles to choose from, each with whose credentials it is and how its session stands. */
export function profileChoices(aws: Aws, { base, home }: Context): Choice<string>[] {
  const sessionOf = sessionsOf(aws, { home, env: base }, Date.now());
  return aws.profileNames().map((name) => {
    const { kind, account, role, region } = describeProfile(aws, name);
    const { session, problem } = sessionOf(name);
    const about = [kind, account, role, region, problem ?? session?.text];
    return { value: name, label: printable(name), hint: printable(about.filter(Boolean).join(' · ')) };
  });
}

/** The regions from which the models of their own geography can be called. */
export function modelRegions(): string[] {
  return knownRegions.filter((region) => {
    const prefix = geographyOf(region);
    return prefix !== null && usableModels(region).some(({ usable, routing }) => usable && routing === prefix);
  });
}

/** What `model:` may be in a region without leaving its geography: the aliases first, then every name. */
export function modelChoices(region: string): Choice<string>[] {
  const rows = usableModels(region).filter(({ usable, routing }) => usable && routing === geographyOf(region));
  const hint = (row: (typeof rows)[number]) => [row.id, ...notesOf(row, region)].join(' · ');
  const aliases = rows.filter(({ alias }) => alias !== null);
  return [
    ...aliases.map((row) => ({ value: row.alias as string, label: row.alias as string, hint: hint(row) })),
    ...rows.map((row) => ({ value: row.name, label: row.name, hint: hint(row) })),
  ];
}
