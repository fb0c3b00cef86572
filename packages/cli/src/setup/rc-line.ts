import type { ShellSetup } from '@bedrockenv/core';

/** Ends our line in an rc file, so that a later version finds it. */
const marker = ' # bedrockenv setup';

/** What was put into a text: the line, with what had to stand before and behind it. */
export interface Inserted {
  lead: string;
  /** Without its end. */
  line: string;
  end: string;
}

/** What an rc file says of the hook. */
export type Found = { kind: 'none' } | { kind: 'ours' | 'by-hand'; number: number; line: string };

/** A statement as the line that `setup` writes. */
export const ourLine = (statement: string) => statement + marker;

const withoutComment = (line: string) => line.replace(/(^|\s)#.*/, '');

/** Looks for the hook in an rc file's text. Comments do not count. */
export function findHook(text: string, { byHand }: Pick<ShellSetup, 'byHand'>): Found {
  const lines = text.split(/\r?\n/);
  const own = lines.findIndex((line) => line.endsWith(marker));
  if (own >= 0) return { kind: 'ours', number: own + 1, line: lines[own] as string };
  const at = lines.findIndex((line) => byHand.test(withoutComment(line)));
  return at < 0 ? { kind: 'none' } : { kind: 'by-hand', number: at + 1, line: lines[at] as string };
}

/**
 * A text with our line as the last one, or, where an older line of ours is, in its place. All other bytes stay.
 * @param text one character for each byte, so that nothing depends on an encoding
 * @param setup says which line, if there is one, has to come after ours
 * @returns null for what was inserted when the text has the line already
 */
export function withLine(
  text: string,
  line: string,
  { staysLast }: Pick<ShellSetup, 'staysLast'> = {},
): { text: string; inserted: Inserted | null } {
  const end = /\r\n$|[^\n]*\r\n(?=[^\n]*$)/.test(text) ? '\r\n' : '\n';
  const old = ours(text);
  const [first, ...others] = old;
  if (first) {
    if (first.line === line && others.length === 0) return { text, inserted: null };
    const kept = others.reduceRight((rest, each) => rest.slice(0, each.at) + rest.slice(each.to), text);
    const inserted = { lead: '', line, end: first.end };
    return { text: kept.slice(0, first.at) + line + first.end + kept.slice(first.to), inserted };
  }
  const last = staysLast && lastOf(text, staysLast);
  if (last !== undefined) {
    return { text: text.slice(0, last) + line + end + text.slice(last), inserted: { lead: '', line, end } };
  }
  // A backslash at the end would take our line for the rest of its own.
  const isOpen = /(^|[^\\])(\\\\)*\\(\r?\n)?$/.test(text);
  const lead = (text === '' || text.endsWith('\n') ? '' : end) + (isOpen ? end : '');
  return { text: text + lead + line + end, inserted: { lead, line, end } };
}

/**
 * Takes the line out again: exactly what {@link withLine} put in, or where the text was changed since, the line alone.
 * @returns null when the line is not there any more
 */
export function withoutLine(text: string, { lead, line, end }: Inserted): string | null {
  const found = ours(text).find((each) => each.line === line) ?? ours(text)[0];
  if (!found) return null;
  const [before, after] = [text.slice(0, found.at), text.slice(found.to)];
  // What was put before the line goes with it, unless somebody went on writing behind it.
  const isWhole = after === '' && found.end === end && lead !== '' && before.endsWith(lead);
  return (isWhole ? before.slice(0, -lead.length) : before) + after;
}

/** Where the last line begins that a pattern finds, if it is no part of a longer statement. */
function lastOf(text: string, pattern: RegExp): number | undefined {
  const found = [...text.matchAll(/^.*$/gm)].filter(([line]) => pattern.test(withoutComment(line)));
  const at = found.at(-1)?.index;
  if (at === undefined) return undefined;
  // Indented it may be within an `if`, and after a backslash it is the rest of a line.
  const isAlone = /^\S/.test(text.slice(at)) && /(^|[^\\\r]\r?\n|^\r?\n)$/.test(text.slice(0, at));
  return isAlone ? at : undefined;
}

/** Every line of ours: from where to where, end included. */
function ours(text: string): { line: string; end: string; at: number; to: number }[] {
  return [...text.matchAll(/([^\r\n]* # bedrockenv setup)(\r?\n|$)/g)].map((match) => ({
    line: match[1] as string,
    end: match[2] as string,
    at: match.index,
    to: match.index + match[0].length,
  }));
}
