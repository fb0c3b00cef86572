import { type Document, isMap, isScalar, parseDocument, stringify, type YAMLMap } from 'yaml';

/** Keys and their new values. */
export type Changes = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/**
 * A YAML text with some keys changed. Comments, the order of keys and the layout of every line that does not change
 * stay: a value is replaced in the text itself, and only what cannot be is written by the library.
 * @param block the mapping that the keys stand in; null for the top level
 */
export function setKeys(text: string, changes: Changes, block: string | null): string {
  let result = text;
  for (const [key, value] of Object.entries(changes))
    result = setKey(result, block === null ? [key] : [block, key], value);
  return result;
}

function setKey(text: string, path: readonly string[], value: Changes[string]): string {
  const document = parseDocument(text, { logLevel: 'silent' });
  return (
    replaced(text, document, path, value) ??
    appended(text, document, path, value) ??
    rewritten(text, document, path, value)
  );
}

/** A plain value in place of another one. */
function replaced(text: string, document: Document, path: readonly string[], value: Changes[string]): string | null {
  const old = document.getIn(path, true);
  if (typeof value !== 'string' || !isScalar(old) || !old.range || old.range[0] === old.range[1]) return null;
  // A block scalar (`|`) ends at a line of its own.
  if (old.type === 'BLOCK_LITERAL' || old.type === 'BLOCK_FOLDED') return null;
  return text.slice(0, old.range[0]) + scalar(value) + text.slice(old.range[1]);
}

/** A new key, on a line after the last one of the file. */
function appended(text: string, document: Document, path: readonly string[], value: Changes[string]): string | null {
  const contents = document.contents;
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  if (path.length > 1 && isEmpty && !/^(---|\.\.\.)/m.test(text) && typeof value === 'string') {
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${path[0]}:\n  ${path[1]}: ${scalar(value)}\n`;
  }
  if (path.length > 1 || !(isEmpty || (isMap(contents) && !contents.flow && topLevel(contents, text)))) return null;
  if (/^(---|\.\.\.)/m.test(text) || document.getIn(path, true) !== undefined) return null;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lead = text === '' || text.endsWith('\n') ? '' : end;
  const shown =
    typeof value === 'string'
      ? scalar(value)
      : `{${Object.entries(value)
          .map(([name, each]) => `${name}: ${scalar(each)}`)
          .join(', ')}}`;
  return `${text}${lead}${path[0]}: ${shown}${end}`;
}

/** Whether a mapping's keys begin in the first column, so that a line can be added at the end. */
function topLevel({ range }: YAMLMap, text: string): boolean {
  const at = range?.[0] ?? 0;
  return at === 0 || text[at - 1] === '\n';
}

function rewritten(text: string, document: Document, path: readonly string[], value: Changes[string]): string {
  document.setIn(path, typeof value === 'string' ? value : document.createNode(value, { flow: true }));
  const padded = !/[{[]\w/.test(text);
  const result = document.toString({ lineWidth: 0, flowCollectionPadding: padded });
  return text.includes('\r\n') ? result.replace(/\r?\n/g, '\r\n') : result;
}

/** A value as YAML on one line, quoted where it must be. */
function scalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
