/** Bytes as text with one character for each, so that an edit of it keeps those that are in no encoding. */
export const byteText = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('latin1');

export const textBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A line of ours in the same form. */
export const asByteText = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
