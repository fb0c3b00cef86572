import { isDeepStrictEqual } from 'node:util';
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { BedrockenvError } from '../../errors.ts';

/** Any value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A settings file of Claude Code that the client reads, taken apart. */
export interface SettingsText {
  /** The byte order mark, or ''. */
  mark: string;
  /** What follows it; every offset counts from its begin. */
  body: string;
  /** The outermost object. */
  root: Node;
}

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/**
 * Takes a settings file apart, if Claude Code reads it. The client (2.1.330, measured) drops a whole file that is empty
 * or is not strict JSON, and says nothing; it reads a byte order mark, CRLF, and keys that occur twice, of which the
 * last counts.
 * @throws {BedrockenvError} `settings-ignored` with FILE:LINE:COLUMN and the reason
 */
export function readSettingsText(text: string, path: string): SettingsText {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  if (body.trim() === '') throw ignored(path, 'it is empty', 'write {} into it, or remove it');
  const value = parsed(body, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw ignored(path, 'it must be an object: { … }', 'correct it');
  }
  const root = shallow(() => sameTree(body, value));
  if (!root) {
    throw new BedrockenvError('settings-unclear', 'holds keys that cannot be edited safely', {
      where: path,
      fix: 'edit it by hand',
    });
  }
  return { mark, body, root };
}

/** The tree of a text, where it says what the client's parser makes of the text. */
function sameTree(body: string, value: unknown): Node | undefined {
  const root = parseTree(body, [], strict);
  return root?.type === 'object' && isDeepStrictEqual(plain(getNodeValue(root)), plain(value)) ? root : undefined;
}

/** What recurses into a value; undefined for one that is nested deeper than the stack reaches, which the client reads. */
function shallow<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As the other parser would have it: one gives objects without a prototype. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function parsed(body: string, path: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const errors: ParseError[] = [];
    shallow(() => parseTree(body, errors, strict));
    const [first] = errors;
    const found = first ? what(first, body) : (['it is not JSON', 'correct it'] as const);
    throw ignored(first ? `${path}:${lineAndColumn(body, first.offset)}` : path, found[0], found[1], cause);
  }
}

function what({ error, offset }: ParseError, body: string): [string, string] {
  const code = printParseErrorCode(error);
  if (code === 'InvalidCommentToken') return ['comments are not allowed', 'remove the comment'];
  const before = body.slice(0, offset).trimEnd();
  if (before.endsWith(',') && /^\s*[}\]]/.test(body.slice(offset))) {
    return ['a comma before the closing bracket is not allowed', 'remove the comma'];
  }
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return [`it is broken JSON (${words})`, 'correct it'];
}

function ignored(where: string, reason: string, fix: string, cause?: unknown): BedrockenvError {
  return new BedrockenvError('settings-ignored', `Claude Code ignores this whole file without a word: ${reason}`, {
    where,
    fix,
    cause,
  });
}

/** `LINE:COLUMN` of an offset, both from 1. */
export function lineAndColumn(body: string, offset: number): string {
  const lines = body.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1) as string).length + 1}`;
}

/** The properties of an object with that name, in their order: of several, the last one counts. */
export function propertiesNamed(object: Node, name: string): Node[] {
  return (object.children ?? []).filter(({ children }) => children?.[0]?.value === name);
}

/** The property that counts. */
export function propertyAt(object: Node, path: readonly string[]): Node | undefined {
  const [name, ...rest] = path;
  const property = name === undefined ? undefined : propertiesNamed(object, name).at(-1);
  if (rest.length === 0 || property === undefined) return property;
  const value = property.children?.[1];
  return value?.type === 'object' ? propertyAt(value, rest) : undefined;
}

/** The value of a key; undefined where it is not there. */
export function valueAt(settings: SettingsText, path: readonly string[]): Json | undefined {
  const raw = rawAt(settings, path);
  return raw === undefined ? undefined : (JSON.parse(raw) as Json);
}

/** The text of that value. */
export function rawAt({ body, root }: SettingsText, path: readonly string[]): string | undefined {
  const value = propertyAt(root, path)?.children?.[1];
  return value && body.slice(value.offset, value.offset + value.length);
}

/** The line of a key, from 1; undefined where it is not there. */
export function propertyLine({ body, root }: SettingsText, path: readonly string[]): number | undefined {
  const property = propertyAt(root, path);
  return property && body.slice(0, property.offset).split('\n').length;
}
