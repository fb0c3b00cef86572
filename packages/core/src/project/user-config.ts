import { readBlock, unknownKey } from './block.ts';
import { notMapping } from './directory-file.ts';
import { foundText } from './found.ts';
import { keyAt } from './keys.ts';
import { type Problem, throwProblems } from './problems.ts';
import { decodeText } from './text.ts';
import type { Entry, Mapping } from './tree.ts';
import type { Layer } from './values.ts';
import { readYaml } from './yaml.ts';

/** What the user config says. */
export interface UserConfig {
  /** The keys under `default:`. */
  default: Layer;
  /** The environments by name, in the order of the file. */
  environments: ReadonlyMap<string, Layer>;
  /** `notices` and `aliases`. */
  top: Layer;
}

const blocks = ['default', 'environments'];

/**
 * Reads the bytes of the user config; the path is only for messages.
 * @throws {FileErrors} every problem of the file, each with `path:line:column`
 */
export function readUserConfig(bytes: Uint8Array, path: string): UserConfig {
  const { tree, problems } = readYaml(decodeText(bytes, path));
  const config: UserConfig = { default: {}, environments: new Map(), top: {} };
  if (tree?.kind === 'mapping') Object.assign(config, readTop(tree, problems));
  else if (tree !== null && problems.length === 0) problems.push(notMapping(foundText(tree, true), tree.at));
  throwProblems(problems, path);
  return config;
}

function readTop(tree: Mapping, problems: Problem[]): UserConfig {
  const inBlock = (entry: Entry, place: 'default' | 'environment'): Layer => {
    const mapping = asMapping(entry, problems);
    return mapping === null ? {} : readBlock(mapping, place, problems);
  };
  const find = (name: string): Entry | undefined => tree.entries.find(({ key }) => key === name);
  const environments = new Map<string, Layer>();
  const named = find('environments');
  for (const entry of (named && asMapping(named, problems)?.entries) ?? []) {
    environments.set(entry.key, inBlock(entry, 'environment'));
  }
  const outer = find('default');
  const rest = tree.entries.filter(({ key }) => !blocks.includes(key));
  const [top, unknown] = [rest.filter(({ key }) => keyAt(key, 'top')), rest.filter(({ key }) => !keyAt(key, 'top'))];
  problems.push(...unknown.map((entry) => unknownKey(entry, 'top', blocks)));
  return {
    default: outer ? inBlock(outer, 'default') : {},
    environments,
    top: readBlock({ ...tree, entries: top }, 'top', problems),
  };
}

/** A block without keys (`default:`) says nothing, as an empty file does. */
function asMapping({ key, value }: Entry, problems: Problem[]): Mapping | null {
  if (value.kind === 'mapping') return value;
  if (value.kind === 'reported') return null;
  if (value.kind === 'scalar' && value.value === null) return null;
  const message = `${key}: expected keys with values, found ${foundText(value, true)}`;
  problems.push({ code: 'not-a-mapping', message, at: value.at });
  return null;
}
