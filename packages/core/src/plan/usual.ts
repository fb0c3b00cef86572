import type { Plan } from './format.ts';
import { variableNames } from './names.ts';
import { encodeRecord } from './record.ts';

const separator = '\x1f';

/**
 * What a hook does with a plan in the usual case, ready-made, so that it needs no loop: the plan holds no secret, its
 * environment has none of those that it may depend on, and none of the variables had a value before, so that there is
 * nothing to unset. It lies beside the plan's stamps. Null where there is no such case. See docs/plan.md for the fields.
 */
export function encodeUsual(plan: Plan): Uint8Array | null {
  const { generation, root, session, inputs, notes, stampFolder } = plan;
  const variables = plan.variables.filter(({ op }) => op !== 'unset');
  if (root === '' || variables.length === 0 || variables.some(({ op }) => op !== 'set')) return null;
  if (plan.env.some(({ value }) => value !== null)) return null;
  const record = encodeRecord({
    generation,
    root,
    entries: variables.map(({ name, value }) => ({ name, ours: { value }, previous: { how: 'unset' } })),
  });
  const values = new Map<string, string>(variables.map(({ name, value }) => [name, `=${value}`]));
  const lists = [
    variables.map(({ name, value }) => `${name}=${value}`),
    variables.map(({ name }) => name),
    variableNames.map((name) => values.get(name) ?? ''),
    inputs.flatMap(({ path, seen }) => (seen ? [] : [path])),
    inputs.flatMap(({ path, seen }, n) => (seen ? [path, `${stampFolder}/${n}`] : [])),
    notes,
  ];
  if (lists.flat().some((item) => item.includes(separator))) return null;
  const fields = [
    'bedrockenv-usual/1',
    generation,
    root,
    plan.text,
    plan.label,
    session?.kind ?? '',
    session?.name ?? '',
    session?.profile ?? '',
    session?.tokenFile ?? '',
    plan.login,
    session?.cooldownFile ?? '',
    stampFolder,
    record,
    ...lists.map((list) => list.map((item) => item + separator).join('')),
    'end',
  ];
  return new TextEncoder().encode(fields.map((field) => `${field}\0`).join(''));
}
