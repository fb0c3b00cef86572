/**
 * The words of a section name, split as a POSIX shell would: quotes and backslashes are eaten, `#` is an ordinary
 * character. Null where a quote is not closed or a backslash ends the text.
 *
 * @see Python's shlex.split, which botocore's configloader.py applies to `profile …`, `sso-session …`, `services …`
 */
export function shellWords(text: string): string[] | null {
  const words: string[] = [];
  // null: between words. An empty string is a word that has begun (with an empty pair of quotes).
  let word: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === '\\') {
      if (++at === text.length) return null;
      word = (word ?? '') + text[at];
    } else if (char === '"' || char === "'") {
      const quoted = readQuoted(text, at);
      if (quoted === null) return null;
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

/** The text in the quotes that open at `start`, and the position of the closing one. */
function readQuoted(text: string, start: number): { text: string; end: number } | null {
  const quote = text[start] as string;
  let inside = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] as string;
    if (char === quote) return { text: inside, end: at };
    if (char === '\\' && quote === '"') {
      if (++at === text.length) return null;
      const next = text[at] as string;
      inside += next === '"' || next === '\\' ? next : `\\${next}`;
    } else {
      inside += char;
    }
  }
  return null;
}
