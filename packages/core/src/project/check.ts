import * as v from 'valibot';
import { nearest } from '../nearest.ts';
import { foundText } from './found.ts';
import type { Problem } from './problems.ts';
import { partOf, plain, positionOf, type Tree } from './tree.ts';

/** What a value is checked by: the name of its key, and its schema, whose messages are bare expectations. */
export interface Checked {
  name: string;
  schema: v.GenericSchema;
  /** What a misspelt value is compared with. */
  suggest?: readonly string[];
}

/** The value of a key after its schema, or what is wrong with it. */
export function checkValue(entry: Checked, tree: Tree): { value: unknown } | { problems: Problem[] } {
  const result = v.safeParse(entry.schema, plain(tree));
  if (result.success) return { value: result.output };
  const problems = result.issues
    .flatMap((issue) => innermost(issue, tree))
    .map((issue) => toProblem(entry, issue, tree));
  const distinct = new Map(
    problems.map((problem) => [`${problem.at.line}:${problem.at.column} ${problem.message}`, problem]),
  );
  return { problems: [...distinct.values()] };
}

type Issue = v.BaseIssue<unknown>;

/** Keys whose value may hold a secret that was put there by mistake. */
const secret: ReadonlySet<string> = new Set(['api_key', 'base_url']);

/** Of the alternatives of a union, the one that has the shape of what was found says what is wrong. */
function innermost(issue: Issue, tree: Tree): Issue[] {
  const deeper = (issue.issues ?? []).filter((inner) => (inner.path?.length ?? 0) > (issue.path?.length ?? 0));
  return tree.kind === 'mapping' && deeper.length > 0 ? deeper.flatMap((inner) => innermost(inner, tree)) : [issue];
}

function toProblem(entry: Checked, issue: Issue, tree: Tree): Problem {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const name = [entry.name, ...path].join('.');
  const last = issue.path?.at(-1);
  const at = positionOf(tree, path);
  if (issue.kind === 'schema' && issue.expected === 'never') {
    const guess = nearest(String(last?.key), namesBeside(entry, path));
    const message = `${name} is no key of ${entry.name}: ${namesBeside(entry, path).join(', ')}`;
    return { code: 'unknown-key', message, at, ...(guess && { fix: `did you mean ${guess}?` }) };
  }
  if (last?.origin === 'key' && partOf(tree, path) !== undefined) {
    const message = `${entry.name}: expected ${issue.message}, found ${JSON.stringify(last.key)}`;
    return { code: 'wrong-value', message, at };
  }
  if (issue.kind === 'schema' && last?.type === 'object' && partOf(tree, path) === undefined) {
    return {
      code: 'missing-key',
      message: `${entry.name} lacks ${String(last.key)}`,
      at,
      fix: `add ${name}`,
    };
  }
  const node = partOf(tree, path) ?? tree;
  const found = foundText(node, secret.has(entry.name));
  const guess = node.kind === 'scalar' && typeof node.value === 'string' && nearest(node.value, entry.suggest ?? []);
  // A profile or role that is all digits is a number in YAML.
  const quote = node.kind === 'scalar' && typeof node.value === 'number' && /^\(?string\b/.test(issue.expected ?? '');
  const fix = guess ? `did you mean ${guess}?` : quote ? `put it in quotes: "${node.text ?? node.value}"` : undefined;
  const message = `${name}: expected ${issue.message}, found ${found}`;
  return { code: 'wrong-value', message, at: node.at, ...(fix && { fix }) };
}

/** The keys of the mapping that the last step of the path stands in, from the schema. */
function namesBeside(entry: Checked, path: readonly (string | number)[]): string[] {
  if (path.length !== 1) return [];
  return mappingsOf(entry.schema).flatMap((entries) => Object.keys(entries));
}

function mappingsOf(schema: unknown): object[] {
  const { entries, options, pipe } = schema as { entries?: object; options?: unknown[]; pipe?: unknown[] };
  if (entries) return [entries];
  return [...(options ?? []), ...(pipe ?? []).slice(0, 1)].filter((s) => typeof s === 'object').flatMap(mappingsOf);
}
