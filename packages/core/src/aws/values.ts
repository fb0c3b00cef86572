import { parse } from 'ini';
import { splitLines, strip } from './python-text.ts';
import type { ScannedFile, ScannedSection } from './scan.ts';
import { emptySection, type Section } from './section.ts';

/** The settings of one section, those of `[DEFAULT]` included, as botocore's raw_config_parse gives them. */
export function readSection(file: ScannedFile, section: ScannedSection): Section {
  const pairs = pairsOf(file, section);
  if (file.defaults.keys.length > 0) {
    const own = new Set(section.keys);
    for (const pair of pairsOf(file, file.defaults)) if (!own.has(pair[0])) pairs.push(pair);
  }

  const settings: Record<string, string | Record<string, string>> = readPairs(pairs);
  for (const [key, value] of pairs) if (value.startsWith('\n')) settings[key] = readPairs(blockPairs(value));
  return settings;
}

type Pair = [key: string, value: string];

function pairsOf({ text }: ScannedFile, { keys, spans, at }: ScannedSection): Pair[] {
  return keys.map((key, index) => {
    const value = text.slice(spans[at + 3 * index], spans[at + 3 * index + 1]);
    return [key, value.includes('\n') ? joinLines(value) : value];
  });
}

/** A value of several lines: each one stripped, comments left out. */
function joinLines(value: string): string {
  const lines = value.split('\n').map(strip);
  return lines.filter((line, index) => index === 0 || !(line.startsWith('#') || line.startsWith(';'))).join('\n');
}

/** The lines of a nested block. The scanner has made sure that each has its `=`. */
function blockPairs(value: string): Pair[] {
  return splitLines(value)
    .map(strip)
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return [strip(line.slice(0, at)), strip(line.slice(at + 1))];
    });
}

/**
 * Keys and values, read by `ini` from text in which nothing is left for it to interpret: both sides are JSON strings
 * that end with a mark, so that no key is `__proto__` or the `key[]` of an array and no value is `true` or `null`.
 */
function readPairs(pairs: readonly Pair[]): Record<string, string> {
  const settings = emptySection<string>();
  if (pairs.every(isPlain)) {
    for (const pair of pairs) settings[pair[0]] = pair[1];
    return settings;
  }
  const text = pairs.map(([key, value]) => `${literal(key + mark)}=${literal(value + mark)}`).join('\n');
  const read: Record<string, string> = parse(text);
  for (const key of Object.keys(read)) settings[unmarked(key)] = unmarked(read[key] as string);
  return settings;
}

/** Letters and signs of which `ini` interprets none: most sections have no others, and a file may have thousands. */
const isPlain = (pair: Pair) => /^[\w-]+$/.test(pair[0]) && /^[\w./:@-]*$/.test(pair[1]);

const mark = '.';
const unmarked = (text: string) => text.slice(0, -mark.length);

/** A JSON string on one line and without the characters that would end a key or, for a regular expression, a line. */
function literal(text: string): string {
  const json = JSON.stringify(text);
  return /[=\u2028\u2029]/.test(json) ? json.replace(/[=\u2028\u2029]/g, escapeUnit) : json;
}

const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
