import { notUtf8 } from './refuse.ts';

/**
 * The text of a configuration file, as it is.
 * A byte order mark stays in the text: the AWS CLI takes it for a character, and so refuses the file.
 *
 * @throws BedrockenvError `aws-config` with FILE:LINE of the first byte that is not UTF-8
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notUtf8(path, lineOfBadByte(bytes));
  }
}

/** Every line end made `\n`, as Python's text mode does. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The 1-based number of the first line that does not decode. No UTF-8 sequence spans a line end, so lines decode alone. */
function lineOfBadByte(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(/\r\n?/g, '\n').split('\n');
  const encoder = new TextEncoder();
  let at = 0;
  for (const [index, line] of lenient.entries()) {
    const encoded = encoder.encode(line);
    for (const byte of encoded) if (bytes[at++] !== byte) return index + 1;
    if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at++;
    at++;
  }
  return lenient.length;
}
