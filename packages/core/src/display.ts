// DEL, C1, and the bidirectional controls that can reorder what a person reads (CVE-2021-42574; Bidi_Control of Unicode).
const beyondC0 = '\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069';
const unprintable = new RegExp(`[\u0000-\u001f${beyondC0}]`, 'g');
const leftByJson = new RegExp(`[${beyondC0}]`, 'g');

/** Foreign text (a path, a profile name) as it may be shown on a terminal: controls become `\x1b` style escapes. */
export function printable(text: string): string {
  return text.replace(unprintable, (c) => {
    const code = c.codePointAt(0) as number;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(code);
  });
}

/**
 * A value as JSON that may be shown on a terminal too: the controls that `JSON.stringify` leaves stand in it as `\u202e`
 * style escapes, which every reader takes for the same.
 * @param indent as of `JSON.stringify`; on one line unless given
 */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(leftByJson, (c) => unicodeEscape(c.codePointAt(0) as number));
}

const unicodeEscape = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
