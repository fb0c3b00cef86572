// What Python's str methods call white space. JavaScript's trim() lacks \x1c-\x1f and \x85 and adds the BOM, so a
// value stripped with it would differ from the one that the AWS CLI sees.

/** Whether Python's `str.isspace` holds for a UTF-16 code unit (all such characters are single units). */
export function isSpace(code: number): boolean {
  if (code < 0x85) return code === 0x20 || (code <= 0x0d && code >= 0x09) || (code <= 0x1f && code >= 0x1c);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Python's `str.strip()`. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Python's `str.splitlines()`, which also ends a line at the separators of other ages; blank lines are of no use here. */
export function splitLines(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the line ends that Python knows
  return text.split(/[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
}
