import { isSpace, splitLines, strip } from './python-text.ts';
import * as refuse from './refuse.ts';

/** Where the keys of one section stand. Values are read from the text only when the section is asked for. */
export interface ScannedSection {
  /** The text between the brackets, as it is. */
  readonly name: string;
  readonly line: number;
  /** Lower-cased, each once, in the order of the file. */
  readonly keys: string[];
  /** Three numbers for each key: start and end of its value in the text (continuation lines included), its line. */
  readonly spans: number[];
}

export interface ScannedFile {
  readonly path: string;
  readonly text: string;
  readonly sections: ReadonlyMap<string, ScannedSection>;
  /** The keys of `[DEFAULT]`, which every section inherits. */
  readonly defaults: ScannedSection;
}

const LINE_END = 0x0a;
const HASH = 0x23;
const SEMICOLON = 0x3b;
const COLON = 0x3a;
const EQUALS = 0x3d;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** Above this many keys in a section, a set finds duplicates faster than looking through the list. */
const MANY_KEYS = 12;

/**
 * Finds sections, keys and the extent of their values, in one pass over a text whose lines end with `\n`.
 *
 * The grammar is that of Python's RawConfigParser as botocore sets it up: `=` or `:` ends a key; a line whose first
 * character is `#` or `;` is a comment, and there are no others; a line that is indented deeper than the key above
 * continues its value; sections and keys are unique.
 *
 * @throws BedrockenvError `aws-config` with FILE:LINE of the first line that makes botocore refuse the file
 * @see Python's configparser.py (RawConfigParser._read) and botocore's configloader.py
 */
export function scan(text: string, path: string): ScannedFile {
  const sections = new Map<string, ScannedSection>();
  const defaults: ScannedSection = { name: 'DEFAULT', line: 0, keys: [], spans: [] };
  const brokenDefaults = new Map<string, number>();
  let section: ScannedSection | null = null;
  let seen: Set<string> | null = null;
  let inValue = false;
  let inBlock = false;
  let level = 0;
  let line = 0;

  for (let next = 0, end = text.length; next < end; ) {
    const begin = next;
    let stop = text.indexOf('\n', begin);
    if (stop === -1) stop = end;
    next = stop + 1;
    line++;

    let start = begin;
    let first = LINE_END;
    while (start < stop) {
      first = text.charCodeAt(start);
      if ((first > 0x20 && first < 0x7f) || !isSpace(first)) break;
      start++;
    }
    // Blank lines inside a value are found again when it is read; those after it do not count.
    if (start === stop || first === HASH || first === SEMICOLON) continue;
    while (isSpace(text.charCodeAt(stop - 1))) stop--;

    if (section !== null && inValue && start - begin > level) {
      section.spans[section.spans.length - 2] = stop;
      if (inBlock && !isBlockLine(text, start, stop)) {
        const key = section.keys[section.keys.length - 1] as string;
        // An inherited block is only read where a section does not have the key itself.
        if (section !== defaults) throw refuse.blockLine(path, line, key);
        if (!brokenDefaults.has(key)) brokenDefaults.set(key, line);
      }
      continue;
    }
    level = start - begin;

    if (first === OPEN) {
      let close = stop - 1;
      while (close > start && text.charCodeAt(close) !== CLOSE) close--;
      if (close > start + 1) {
        const name = text.slice(start + 1, close);
        if (name === 'DEFAULT') {
          section = defaults;
        } else {
          if (sections.has(name)) throw refuse.sectionTwice(path, line, name);
          section = { name, line, keys: [], spans: [] };
          sections.set(name, section);
        }
        seen = section.keys.length > MANY_KEYS ? new Set(section.keys) : null;
        inValue = false;
        continue;
      }
    }
    if (section === null) throw refuse.beforeHeader(path, line, text);

    let delimiter = start;
    let code = first;
    while (code !== EQUALS && code !== COLON && ++delimiter < stop) code = text.charCodeAt(delimiter);
    if (delimiter === stop) throw refuse.noDelimiter(path, line, first === OPEN);
    if (delimiter === start) throw refuse.noKey(path, line);

    let keyEnd = delimiter;
    while (isSpace(text.charCodeAt(keyEnd - 1))) keyEnd--;
    const key = text.slice(start, keyEnd).toLowerCase();
    if (seen === null ? section.keys.includes(key) : seen.has(key))
      throw refuse.keyTwice(path, line, key, section.name);
    section.keys.push(key);
    if (seen !== null) seen.add(key);
    else if (section.keys.length > MANY_KEYS) seen = new Set(section.keys);

    let value = delimiter + 1;
    while (value < stop && isSpace(text.charCodeAt(value))) value++;
    section.spans.push(value, stop, line);
    inValue = true;
    inBlock = value === stop;
  }

  for (const [key, at] of brokenDefaults) {
    for (const { keys } of sections.values()) if (!keys.includes(key)) throw refuse.blockLine(path, at, key);
  }
  return { path, text, sections, defaults };
}

/** Whether a line of a nested block has the `=` that botocore splits it at; some characters divide it further. */
function isBlockLine(text: string, start: number, stop: number): boolean {
  return splitLines(text.slice(start, stop)).every((part) => part.includes('=') || strip(part) === '');
}
