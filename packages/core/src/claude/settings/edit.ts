import type { Node } from 'jsonc-parser';
import { type Json, propertiesNamed, propertyAt, type SettingsText } from './text.ts';

/** A replacement in a text: so many characters from an offset on become `content`. */
export interface Edit {
  offset: number;
  length: number;
  content: string;
}

export function applyEdit(text: string, { offset, length, content }: Edit): string {
  return text.slice(0, offset) + content + text.slice(offset + length);
}

/** The edit that takes back another one. @param text the text before it */
export function inverseOf(text: string, { offset, length, content }: Edit): Edit {
  return { offset, length: content.length, content: text.slice(offset, offset + length) };
}

/** A new value in the place of a key's present one, whose text is given as it is. */
export function replaceValue(property: Node, raw: string): Edit {
  const value = property.children?.[1] as Node;
  return { offset: value.offset, length: value.length, content: raw };
}

/**
 * A new key after the last one of an object, laid out as that one: the white space before it and around its colon.
 * In an object without keys it gets a line of its own, unless the object itself stands in the middle of a line.
 * (jsonc-parser's own `modify` lays out the neighbour anew.)
 */
export function insertProperty({ body, root }: SettingsText, object: Node, name: string, raw: string): Edit {
  const key = JSON.stringify(name);
  const last = object.children?.at(-1);
  if (last) {
    const before = spaceBefore(body, last.offset);
    return { offset: end(last), length: 0, content: `,${before}${key}${colonOf(body, last)}${raw}` };
  }
  const inner = { offset: object.offset + 1, length: object.length - 2 };
  const line = ownLine(body, root, object);
  if (line === null) return { ...inner, content: `${key}: ${raw}` };
  const eol = body.includes('\r\n') ? '\r\n' : '\n';
  return { ...inner, content: `${eol}${line}${indentUnit(body, root)}${key}: ${raw}${eol}${line}` };
}

/** Removes the key that counts, with the comma that it does not need any more. */
function removeProperty(object: Node, property: Node): Edit {
  const all = object.children ?? [];
  const at = all.indexOf(property);
  const [previous, next] = [all[at - 1], all[at + 1]];
  if (previous) return { offset: end(previous), length: end(property) - end(previous), content: '' };
  if (next) return { offset: property.offset, length: next.offset - property.offset, content: '' };
  return { offset: object.offset + 1, length: object.length - 2, content: '' };
}

/** One edit on the way to a key's being gone; null when it is. Of keys alike, all have to go. */
export function removeOne({ root }: SettingsText, path: readonly string[]): Edit | null {
  const object = objectOf(root, path);
  const property = object && propertiesNamed(object, path.at(-1) as string).at(-1);
  return object && property ? removeProperty(object, property) : null;
}

/** The object that a key stands in, or would. */
export function objectOf(root: Node, path: readonly string[]): Node | undefined {
  if (path.length === 1) return root;
  const value = propertyAt(root, path.slice(0, -1))?.children?.[1];
  return value?.type === 'object' ? value : undefined;
}

/** A value as the text of JSON on one line. */
export function rawText(value: Json): string {
  return JSON.stringify(value);
}

const end = ({ offset, length }: Node) => offset + length;

/** Not by a regular expression: it would try every run of white space before, each from every place in it. */
function spaceBefore(body: string, offset: number): string {
  const before = body.slice(0, offset);
  return before.slice(before.trimEnd().length);
}

function colonOf(body: string, { children }: Node): string {
  const [key, value] = children as [Node, Node];
  return body.slice(end(key), value.offset);
}

/** The indentation of the line that an object's key stands on; null when the key does not begin a line. */
function ownLine(body: string, root: Node, object: Node): string | null {
  if (object === root) return '';
  const space = spaceBefore(body, (object.parent as Node).offset);
  return space.includes('\n') ? space.slice(space.lastIndexOf('\n') + 1) : null;
}

function indentUnit(body: string, root: Node): string {
  const first = root.children?.[0];
  const space = first ? spaceBefore(body, first.offset) : '';
  return space.includes('\n') ? space.slice(space.lastIndexOf('\n') + 1) || '  ' : '  ';
}
