// C0, DEL, C1, and the bidirectional controls that can reorder what a person reads (CVE-2021-42574).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Foreign text (a path, a profile name) as it may be shown on a terminal: controls become `\x1b` style escapes. */
export function printable(text: string): string {
  return text.replace(unprintable, (c) => {
    const code = c.codePointAt(0) as number;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
