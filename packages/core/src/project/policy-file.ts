import type { Routing } from '../bedrock/index.ts';
import { printable } from '../display.ts';
import { nearest } from '../nearest.ts';
import { readBlock } from './block.ts';
import { checkValue } from './check.ts';
import { notMapping } from './directory-file.ts';
import { foundText } from './found.ts';
import { keyNames } from './keys.ts';
import { type Problem, throwProblems } from './problems.ts';
import { rules } from './rules.ts';
import { decodeText } from './text.ts';
import { type Entry, isReported, type Mapping } from './tree.ts';
import type { Layer, LoginPolicy, Positioned } from './values.ts';
import { readYaml } from './yaml.ts';

/** What the organisation's policy says: lists of what is allowed, and what must be so. A rule that is absent allows all. */
export interface Policy {
  /** Twelve digits each. */
  accounts?: Positioned<string[]>;
  regions?: Positioned<string[]>;
  routing?: Positioned<Routing[]>;
  models?: Positioned<string[]>;
  login?: Positioned<LoginPolicy>;
  require: Layer;
}

/** The policy of a machine, and where it lies. */
export interface PolicyFile {
  path: string;
  policy: Policy;
}

/**
 * Reads the bytes of the organisation's policy; the path is only for messages. A file that says nothing allows everything.
 * @throws {FileErrors} every problem of the file, each with `path:line:column`: a policy that is broken in any part
 * allows nothing
 */
export function readPolicy(bytes: Uint8Array, path: string): PolicyFile {
  const { tree, problems } = readYaml(decodeText(bytes, path));
  const policy: Policy = { require: {} };
  if (tree?.kind === 'mapping') readRules(tree, policy, problems);
  else if (tree !== null && problems.length === 0) problems.push(notMapping(foundText(tree, true), tree.at));
  throwProblems(problems, path);
  return { path, policy };
}

function readRules({ entries }: Mapping, policy: Policy, problems: Problem[]): void {
  for (const entry of entries) {
    const { key, value, at } = entry;
    const rule = rules.find(({ name }) => name === key);
    if (key !== 'require' && rule === undefined) problems.push(unknownRule(entry));
    if (isReported(value)) continue;
    if (rule) {
      const checked = checkValue(rule, value);
      if ('problems' in checked) problems.push(...checked.problems);
      else Object.assign(policy, { [key]: { value: checked.value, ...at } });
    } else if (key === 'require') {
      if (value.kind === 'mapping') policy.require = readBlock(value, 'require', problems);
      else if (!(value.kind === 'scalar' && value.value === null)) {
        const message = `require: expected keys with values (region: eu-central-1), found ${foundText(value, true)}`;
        problems.push({ code: 'not-a-mapping', message, at: value.at });
      }
    }
  }
  const { login, require } = policy;
  if (login && require.login && login.value !== require.login.value) {
    const message = `login is ${require.login.value} here and ${login.value} on line ${login.line}`;
    problems.push({ code: 'duplicate-key', message, fix: 'remove one of them', at: require.login });
  }
}

function unknownRule({ key, at }: Entry): Problem {
  const shown = printable(key.length > 60 ? `${key.slice(0, 60)}…` : key);
  const names = [...rules.map(({ name }) => name), 'require'];
  if (keyNames('require').some((name) => name === key)) {
    return { code: 'misplaced-key', message: `${shown} may not stand here; it belongs under require:`, at };
  }
  const guess = nearest(key, names);
  return {
    code: 'unknown-key',
    message: `unknown rule ${JSON.stringify(shown)} in the policy; the rules are ${names.join(', ')}`,
    ...(guess && { fix: `did you mean ${guess}?` }),
    at,
  };
}
