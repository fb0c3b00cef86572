import { KeyList } from './key-list.ts';
import { isSpace, splitLines, strip } from './python-text.ts';
import * as refuse from './refuse.ts';

/** Where the keys of one section stand. Values are read from the text only when the section is asked for. */
export interface ScannedSection {
  /** The text between the brackets, as it is. */
  readonly name: string;
  readonly line: number;
  /** Lower-cased, each once, in the order of the file. Sections with the same keys may share the list. */
  readonly keys: readonly string[];
  /**
   * From `at` on, three numbers for each key: start and end of its value in the text (continuation lines included), its
   * line. One list for all sections: thousands of small ones keep the garbage collector busy.
   */
  readonly spans: readonly number[];
  readonly at: number;
}

/** One that is being read: its keys are known at its end. */
type OpenSection = Omit<ScannedSection, 'keys' | 'spans'> & { keys: readonly string[]; spans: number[] };

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
  const sections = new Map<string, OpenSection>();
  const spans: number[] = [];
  const defaults: OpenSection = { name: 'DEFAULT', line: 0, keys: [], spans: [], at: 0 };
  const defaultKeys = new KeyList([]);
  const brokenDefaults = new Map<string, number>();
  let section: OpenSection | null = null;
  let keys = defaultKeys;
  let key = '';
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
        const above = keys.list();
        if (section !== null) section.keys = above;
        if (name === 'DEFAULT') {
          section = defaults;
          keys = defaultKeys;
        } else {
          if (sections.has(name)) throw refuse.sectionTwice(path, line, name);
          section = { name, line, keys: above, spans, at: spans.length };
          sections.set(name, section);
          keys = new KeyList(above);
        }
        inValue = false;
        continue;
      }
    }
    if (section === null) throw refuse.beforeHeader(path, line, text, text.slice(start, stop));

    let delimiter = start;
    let code = first;
    while (code !== EQUALS && code !== COLON && ++delimiter < stop) code = text.charCodeAt(delimiter);
    if (delimiter === stop) throw refuse.noDelimiter(path, line, text.slice(start, stop));
    if (delimiter === start) throw refuse.noKey(path, line);

    let keyEnd = delimiter;
    while (isSpace(text.charCodeAt(keyEnd - 1))) keyEnd--;
    const added = keys.add(text, start, keyEnd);
    key = added.key;
    if (added.isTwice) throw refuse.keyTwice(path, line, key, section.name);

    let value = delimiter + 1;
    while (value < stop && isSpace(text.charCodeAt(value))) value++;
    section.spans.push(value, stop, line);
    inValue = true;
    inBlock = value === stop;
  }

  if (section !== null) section.keys = keys.list();
  for (const [broken, at] of brokenDefaults) {
    for (const one of sections.values()) if (!one.keys.includes(broken)) throw refuse.blockLine(path, at, broken);
  }
  return { path, text, sections, defaults };
}

/** Whether a line of a nested block has the `=` that botocore splits it at; some characters divide it further. */
function isBlockLine(text: string, start: number, stop: number): boolean {
  return splitLines(text.slice(start, stop)).every((part) => part.includes('=') || strip(part) === '');
}
