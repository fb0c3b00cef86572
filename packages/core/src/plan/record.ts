import type { Env } from '../env.ts';
import { isSecretName, isVariableName, type VariableName } from './names.ts';

const separator = '\x1f';

/**
 * What a variable was before we set it: unset, exported, or set without being exported. A null value is a secret, which
 * the record withholds: only the shell that wrote the record knows it, in a variable that it does not export.
 */
export type Previous = { how: 'unset' } | { how: 'exported' | 'local'; value: string | null };

/** One variable of the restore record. `ours` is null when we unset it, and `secret` when its value is not recorded. */
export interface RecordEntry {
  name: VariableName;
  ours: { value: string | null } | 'secret';
  previous: Previous;
}

/** The restore record, `BEDROCKENV_STATE`: what a hook set, and what to put back. */
export interface RestoreRecord {
  generation: string;
  root: string;
  entries: readonly RecordEntry[];
}

/** The record as the hooks write it: fields joined with U+001F, `%` and U+001F percent-encoded. */
export function encodeRecord(record: RestoreRecord): string {
  const fields = [
    '1',
    record.generation,
    record.root,
    ...record.entries.flatMap(({ name, ours, previous }) => [
      name,
      ours === 'secret' || isSecretName(name) ? '*' : ours.value === null ? '' : `=${ours.value}`,
      ...encodePrevious(name, previous),
    ]),
  ];
  return fields.map((field) => field.replaceAll('%', '%25').replaceAll(separator, '%1F')).join(separator);
}

function encodePrevious(name: VariableName, previous: Previous): [how: string, value: string] {
  if (previous.how === 'unset') return ['u', ''];
  const how = previous.how === 'exported' ? 'x' : 'l';
  if (previous.value === null || isSecretName(name)) return [how.toUpperCase(), ''];
  return [how, previous.value];
}

/** Reads a record that may come from anywhere; null unless every part of it is in order. */
export function decodeRecord(text: string): RestoreRecord | null {
  const fields = text.split(separator).map((field) => field.replaceAll('%1F', separator).replaceAll('%25', '%'));
  if (fields[0] !== '1' || fields.length < 3 || fields.length % 4 !== 3) return null;
  const entries: RecordEntry[] = [];
  for (let at = 3; at < fields.length; at += 4) {
    const [name, ours, how, value] = fields.slice(at, at + 4) as [string, string, string, string];
    if (!isVariableName(name) || !/^(?:$|\*$|=)/.test(ours) || !/^[uxlXL]$/.test(how)) return null;
    entries.push({
      name,
      ours: ours === '*' ? 'secret' : { value: ours === '' ? null : ours.slice(1) },
      previous: decodePrevious(how, value),
    });
  }
  return { generation: fields[1] as string, root: fields[2] as string, entries };
}

function decodePrevious(how: string, value: string): Previous {
  if (how === 'u') return { how: 'unset' };
  const lower = how.toLowerCase();
  return { how: lower === 'x' ? 'exported' : 'local', value: how === lower ? value : null };
}

/**
 * The environment as it would be without bedrockenv: every variable that still has the value a hook gave it is put
 * back as the restore record says; what the user changed by hand stays. Shell-local values are not passed to
 * programs, so they are absent here too, and so is what {@link withheldName} tells.
 */
export function baseEnvironment(env: Env): Env {
  const record = recordIn(env);
  const base: Record<string, string | undefined> = { ...env };
  delete base.BEDROCKENV_STATE;
  for (const { name, ours, previous } of record?.entries ?? []) {
    if (ours !== 'secret' && env[name] !== (ours.value ?? undefined)) continue;
    if (previous.how === 'exported' && previous.value !== null) base[name] = previous.value;
    else delete base[name];
  }
  return base;
}

/** A variable that is unset in {@link baseEnvironment} although it had a value, which only the shell knows; or null. */
export function withheldName(env: Env): VariableName | null {
  const entry = recordIn(env)?.entries.find(({ previous: p }) => p.how === 'exported' && p.value === null);
  return entry?.name ?? null;
}

function recordIn(env: Env): RestoreRecord | null {
  return env.BEDROCKENV_STATE === undefined ? null : decodeRecord(env.BEDROCKENV_STATE);
}
