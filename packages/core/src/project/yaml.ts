import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { printable } from '../display.ts';
import type { Position, Problem } from './problems.ts';
import { isClean } from './text.ts';
import type { Entry, Tree } from './tree.ts';

/** Deeper than any key goes. */
const deepest = 8;

/** Names that every object answers to: a lookup could take them for keys that are there. */
const unusable: ReadonlySet<string> = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/**
 * Reads YAML 1.2 (core schema) as plain data: one document, no anchors, aliases, tags, merge keys or directives, no
 * key twice, no control characters. The tree is null for a file that says nothing.
 */
export function readYaml(text: string): { tree: Tree | null; problems: Problem[] } {
  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    // Twice the same key is looked for here: the library's own search takes time by the square of the keys.
    const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' } as const;
    documents = [...parseAllDocuments(text, { ...options, version: '1.2', schema: 'core' })] as Document.Parsed[];
  } catch {
    const message = 'the file cannot be read as YAML: it is nested too deeply';
    return { tree: null, problems: [{ code: 'yaml-syntax', message, at: { line: 1, column: 1 } }] };
  }
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = syntaxProblems(documents, at);
  const [first, second] = documents;
  if (first === undefined || problems.length > 0) return { tree: null, problems };
  if (second !== undefined) {
    const message = 'a second document begins here; the file must be one';
    problems.push({ code: 'several-documents', message, at: at(second.range[0]) });
  }
  if (first.directives.yaml.explicit || Object.keys(first.directives.tags).length > 1) {
    problems.push({ code: 'yaml-feature', message: 'directives (%YAML, %TAG) are not taken', at: at(0) });
  }
  const contents = first.contents as Node | null;
  if (contents === null || (isScalar(contents) && contents.value === null && !contents.source)) {
    return { tree: null, problems };
  }
  const tree = convert(contents, 0, { at, problems });
  return { tree, problems };
}

/** One problem for each place: a parser that lost its way complains of the same place again and again. */
function syntaxProblems(documents: readonly Document.Parsed[], at: Conversion['at']): Problem[] {
  const errors = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  const first = new Map(errors.toReversed().map((error) => [error.pos[0], error.message]));
  return [...first].map(([offset, text]) => {
    const reason = /call stack/.test(text) ? 'it is nested too deeply' : printable(text);
    return { code: 'yaml-syntax', message: `not valid YAML: ${reason}`, at: at(offset) };
  });
}

interface Conversion {
  at(offset: number): Position;
  problems: Problem[];
}

function convert(node: Node, depth: number, to: Conversion): Tree {
  const at = to.at(node.range?.[0] ?? 0);
  const refuse = (code: string, message: string): Tree => {
    to.problems.push({ code, message, at });
    return { kind: 'reported', at };
  };
  if (depth > deepest) return refuse('yaml-feature', 'this is nested too deeply');
  if (isAlias(node)) return refuse('yaml-feature', 'aliases (*name) are not taken: write the value out');
  if (node.anchor) return refuse('yaml-feature', 'anchors (&name) are not taken: write the value out');
  if (node.tag) return refuse('yaml-feature', 'tags (!name) are not taken');
  if (isMap(node)) return { kind: 'mapping', entries: entriesOf(node, depth, to), at };
  if (isSeq(node)) {
    const items = node.items.map((item) =>
      isNode(item) ? convert(item, depth + 1, to) : ({ kind: 'scalar', value: null, at } as const),
    );
    return { kind: 'list', items, at };
  }
  const value = isScalar(node) ? node.value : null;
  if (typeof value === 'string' && !isClean(value)) {
    return refuse('control-character', 'the value has a control character');
  }
  if (typeof value === 'number') return { kind: 'scalar', value, text: (node as Scalar).source ?? String(value), at };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', value, at };
  return refuse('yaml-feature', 'this kind of value is not taken');
}

function entriesOf(map: YAMLMap, depth: number, to: Conversion): Entry[] {
  const seen = new Map<string, Position>();
  const entries: Entry[] = [];
  for (const pair of map.items) {
    const keyNode = pair.key as Node | null;
    const at = to.at(keyNode?.range?.[0] ?? map.range?.[0] ?? 0);
    const value: Tree = isNode(pair.value) ? convert(pair.value, depth + 1, to) : { kind: 'scalar', value: null, at };
    const key = keyOf(keyNode);
    if (typeof key !== 'string') {
      to.problems.push({ ...key, at });
      continue;
    }
    const earlier = seen.get(key);
    if (earlier) {
      const message = `${printable(key)} is here for the second time; the first is on line ${earlier.line}`;
      to.problems.push({ code: 'duplicate-key', message, fix: 'remove one of them', at });
      continue;
    }
    seen.set(key, at);
    entries.push({ key, at, value });
  }
  return entries;
}

function keyOf(node: Node | null): string | Pick<Problem, 'code' | 'message'> {
  if (!isScalar(node) || node.tag || node.anchor) {
    const message = 'a key must be a plain word: no anchors, aliases, tags, lists or mappings';
    return { code: 'yaml-feature', message };
  }
  // As written: an unquoted `on`, `1` or `null` is a word here too.
  const key = typeof node.value === 'string' ? node.value : (node.source ?? '');
  if (key === '<<') return { code: 'yaml-feature', message: 'merge keys (<<) are not taken: write the keys out' };
  if (!isClean(key)) return { code: 'control-character', message: `the key ${printable(key)} has a control character` };
  if (unusable.has(key)) return { code: 'unknown-key', message: `${key} cannot be used as a name` };
  return key;
}
