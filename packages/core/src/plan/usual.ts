import type { Plan, PlanInput } from './format.ts';
import { variableNames } from './names.ts';
import { encodeRecord } from './record.ts';

const separator = '\x1f';

/**
 * What a hook does with a plan in the usual case, ready-made, so that it needs no loop: the plan holds no secret, its
 * environment has none of those that it may depend on, and none of the variables had a value before, so that there is
 * nothing to unset. It lies beside the plan's stamps, for each shell that reads it in the form that is cheapest there.
 * Null where there is no such case. See docs/plan.md for the fields.
 */
export function encodeUsual(plan: Plan): Record<'zsh' | 'bash', Uint8Array> | null {
  const { generation, root, session, inputs, notes, stampFolder } = plan;
  const variables = plan.variables.filter(({ op }) => op !== 'unset');
  if (root === '' || variables.length === 0 || variables.some(({ op }) => op !== 'set')) return null;
  if (plan.env.some(({ value }) => value !== null)) return null;
  const record = encodeRecord({
    generation,
    root,
    entries: variables.map(({ name, value }) => ({ name, ours: { value }, previous: { how: 'unset' } })),
  });
  const held = new Map<string, string>(variables.map(({ name, value }) => [name, `=${value}`]));
  const values = variableNames.map((name) => held.get(name) ?? '');
  const absent = inputs.flatMap(({ path, seen }) => (seen ? [] : [path]));
  const present = inputs.flatMap(({ path, seen }, n) => (seen ? [{ path, seen, stamp: `${stampFolder}/${n}` }] : []));
  const signIn = [session?.name ?? '', session?.profile ?? '', plan.login, session?.cooldownFile ?? ''];
  const items = [...values, ...inputs.map(({ path }) => path), stampFolder, ...signIn, ...notes];
  if (items.some((item) => item.includes(separator))) return null;
  const head = [generation, root, plan.text, plan.label, session?.kind ?? ''];
  return {
    zsh: encode([
      'bedrockenv-usual-zsh/1',
      ...head,
      session?.tokenFile ?? '',
      list(signIn),
      stampFolder,
      record,
      list(values),
      list(absent),
      list([...present.map(({ path }) => path), stampFolder]),
      present.map(({ seen }) => `${time(seen)} `).join(''),
      list(notes),
    ]),
    bash: encode([
      'bedrockenv-usual-bash/1',
      ...head,
      ...[session?.name ?? '', session?.profile ?? '', session?.tokenFile ?? '', plan.login],
      session?.cooldownFile ?? '',
      stampFolder,
      record,
      list(variables.map(({ name, value }) => `${name}=${value}`)),
      list(variables.map(({ name }) => name)),
      list(values),
      list(absent),
      list(present.flatMap(({ path, stamp }) => [path, stamp])),
      list(notes),
    ]),
  };
}

const encode = (fields: readonly string[]) =>
  new TextEncoder().encode([...fields, 'end'].map((field) => `${field}\0`).join(''));

const list = (items: readonly string[]) => items.map((item) => item + separator).join('');

/** A time of modification as zsh's `zstat -gF %y%m%d%H%M%S%9. +mtime` gives it: in UTC, to the nanosecond. */
function time({ mtimeNs }: NonNullable<PlanInput['seen']>): string {
  const second = 1_000_000_000n;
  // Towards the past, also before 1970.
  const part = ((mtimeNs % second) + second) % second;
  const date = new Date(Number((mtimeNs - part) / 1_000_000n));
  // A time that no Date can hold is like no other: then the hook reads the plan.
  if (Number.isNaN(date.getTime())) return '';
  const [digits = ''] = date.toISOString().split('.');
  return digits.replace(/^[+-]?\d*(?=\d\d-)|[-T:]/g, '') + String(part).padStart(9, '0');
}
