import { type AmbientName, isAmbientName, isSecretName, isVariableName, type VariableName } from './names.ts';

const version = 'bedrockenv-plan/1';

/** What to do with one variable. `env`, `file` and `command` name where a secret comes from, never the secret. */
export interface PlanVariable {
  op: 'set' | 'unset' | 'env' | 'file' | 'command';
  name: VariableName;
  /** The value, the source variable's name (`env`), the file's path (`file`), or '' (`unset`, `command`). */
  value: string;
}

/** A file that the plan was compiled from, as it was then. */
export interface PlanInput {
  path: string;
  /** null: the file was absent. */
  seen: { size: bigint; mtimeNs: bigint } | null;
}

/** A directory's environment, compiled. See docs/plan.md for the fields and who reads them. */
export interface Plan {
  /** Sixteen hexadecimal digits, new at every compile. */
  generation: string;
  /** The real directory of the directory file; '' in the plan for outside of projects. */
  root: string;
  /** The approved text of the directory file; '' in the plan for outside of projects. */
  text: string;
  /** The status line without its session part; '' for none. */
  label: string;
  session: {
    kind: 'sso' | 'sso-legacy' | 'login';
    name: string;
    profile: string;
    tokenFile: string;
    cooldownFile: string;
  } | null;
  login: 'auto' | 'ask' | 'notify' | 'off';
  stampFolder: string;
  /** Ambient variables that the plan depends on, with the values it was compiled for (null: unset). */
  env: readonly { name: AmbientName; value: string | null }[];
  inputs: readonly PlanInput[];
  notes: readonly string[];
  variables: readonly PlanVariable[];
}

/**
 * A plan as NUL-terminated fields, which every shell reads with builtins and without quoting.
 * @throws {RangeError} when a field holds a NUL, which no shell could read back, or when a secret's value is in it
 */
export function encodePlan(plan: Plan): Uint8Array {
  if (plan.variables.some(holdsSecret)) throw new RangeError('a plan cannot hold a secret');
  const fields = [
    version,
    plan.generation,
    plan.root,
    plan.text,
    plan.label,
    plan.session?.kind ?? '',
    plan.session?.name ?? '',
    plan.session?.profile ?? '',
    plan.session?.tokenFile ?? '',
    plan.login,
    plan.session?.cooldownFile ?? '',
    plan.stampFolder,
    ...[plan.env, plan.inputs, plan.notes, plan.variables].map((list) => String(list.length)),
    ...plan.env.flatMap(({ name, value }) => [name, value === null ? '' : `=${value}`]),
    ...plan.inputs.flatMap(({ path, seen }) => [path, seen === null ? '' : `${seen.size} ${seen.mtimeNs}`]),
    ...plan.notes,
    ...plan.variables.flatMap(({ op, name, value }) => [op, name, value]),
    'end',
  ];
  if (fields.some((field) => field.includes('\0'))) throw new RangeError('a plan cannot hold a NUL');
  return new TextEncoder().encode(fields.map((field) => `${field}\0`).join(''));
}

/** Reads what {@link encodePlan} wrote; null for anything else, whole or in part. */
export function decodePlan(bytes: Uint8Array): Plan | null {
  const fields = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\0');
  if (fields.pop() !== '' || fields.pop() !== 'end' || fields[0] !== version) return null;
  const [, generation, root, text, label, kind, name, profile, tokenFile, login, cooldownFile, stampFolder] =
    fields as [string, ...string[]];
  const counts = fields.slice(12, 16).map((n) => (/^\d{1,4}$/.test(n) ? Number(n) : -1));
  const [nEnv, nInputs, nNotes, nVariables] = counts as [number, number, number, number];
  if (counts.length !== 4 || counts.includes(-1)) return null;
  if (fields.length !== 16 + 2 * nEnv + 2 * nInputs + nNotes + 3 * nVariables) return null;

  let at = 16;
  const take = (count: number, width: number): string[][] =>
    Array.from({ length: count }, () => {
      at += width;
      return fields.slice(at - width, at);
    });
  const env = take(nEnv, 2).map(([n, want]) => ({
    name: n as AmbientName,
    value: want === '' ? null : (want as string).slice(1),
  }));
  const inputs = take(nInputs, 2).map(([path, seen]) => ({ path: path as string, seen: parseSeen(seen as string) }));
  const notes = take(nNotes, 1).map(([note]) => note as string);
  const variables = take(nVariables, 3).map(([op, n, value]) => ({ op, name: n, value }) as PlanVariable);
  if (!env.every(({ name: ambient }) => isAmbientName(ambient))) return null;
  if (!variables.every((v) => isVariableName(v.name) && ops.has(v.op) && !holdsSecret(v))) return null;
  // What was before the first would be lost to the second.
  if (new Set(variables.map((v) => v.name)).size < nVariables) return null;
  if (!['', 'sso', 'sso-legacy', 'login'].includes(kind as string)) return null;
  if (!/^[0-9a-f]{16}$/.test(generation ?? '')) return null;
  return {
    generation: generation as string,
    root: root as string,
    text: text as string,
    label: label as string,
    session: kind === '' ? null : ({ kind, name, profile, tokenFile, cooldownFile } as Plan['session']),
    login: login as Plan['login'],
    stampFolder: stampFolder as string,
    env,
    inputs,
    notes,
    variables,
  };
}

const ops: ReadonlySet<string> = new Set(['set', 'unset', 'env', 'file', 'command']);

function holdsSecret({ op, name }: PlanVariable): boolean {
  return op === 'set' && isSecretName(name);
}

/** A time before 1970 is negative. */
function parseSeen(seen: string): PlanInput['seen'] {
  const match = /^(\d+) (-?\d+)$/.exec(seen);
  return match ? { size: BigInt(match[1] as string), mtimeNs: BigInt(match[2] as string) } : null;
}
