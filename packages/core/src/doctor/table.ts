import type { Finding } from '../aws/index.ts';
import { awsEntries } from './aws.ts';
import { clientEntries } from './client.ts';
import type { Entry } from './entry.ts';
import { environmentEntries } from './environment.ts';
import type { Facts } from './facts.ts';
import { hookEntries } from './hook.ts';
import { liveEntries } from './live.ts';
import { modelEntries } from './models.ts';
import { projectEntries, sessionEntries } from './own.ts';
import { requestEntries } from './requests.ts';
import { settingsEntries } from './settings.ts';

/** THE table of what `bedrockenv doctor` finds, by the headings of docs/doctor.md. */
export const doctorTable: Readonly<Record<string, readonly Entry[]>> = {
  'The AWS files': awsEntries,
  'The environment': environmentEntries,
  'Models and regions': modelEntries,
  Requests: requestEntries,
  'Session, API key and AWS CLI': sessionEntries,
  "Claude Code's settings": settingsEntries,
  'Claude Code and Node': clientEntries,
  'The shell': hookEntries,
  "bedrockenv's own files": projectEntries,
  'Asked of AWS': liveEntries,
};

const entries: ReadonlyMap<string, Entry> = new Map(
  Object.values(doctorTable).flatMap((topic) => topic.map((entry) => [entry.code, entry])),
);

/** The entry of a code; undefined for one that the table does not know. */
export function doctorEntry(code: string): Entry | undefined {
  return entries.get(code);
}

/** What each entry that looks for itself finds. */
export function diagnose(facts: Facts): Finding[] {
  return [...entries.values()].flatMap(({ code, severity, find }) =>
    (find?.(facts) ?? []).map((found) => ({
      code,
      severity: found.severity ?? severity,
      message: found.message,
      fix: found.fix,
      where: found.where ?? null,
    })),
  );
}

/**
 * Of what a resolution warns of, that which no entry looks for itself: those look at what Claude Code gets in the end,
 * settings files included.
 */
export function resolutionFindings({ resolution }: Facts): Finding[] {
  return (resolution?.warnings ?? []).flatMap(({ code, message, fix }) => {
    const entry = doctorEntry(code);
    return entry && !entry.find
      ? [{ code, severity: entry.severity, message, fix: fix || 'see: bedrockenv status', where: null }]
      : [];
  });
}
