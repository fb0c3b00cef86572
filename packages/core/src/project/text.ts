import { printable } from '../display.ts';
import { BedrockenvError, FileErrors } from '../errors.ts';

/** In bytes. The hooks' builtins read no more than this in one go, so neither does anything else. */
const largestFile = 65_536;

/**
 * The text of a configuration file, without its byte order mark.
 * @throws {FileErrors} `too-large`, `nul-byte` or `not-utf8`
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  if (bytes.length > largestFile) {
    throw broken('too-large', `the file has ${bytes.length} bytes; at most ${largestFile} are read`, path);
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw broken('nul-byte', `the file has a NUL byte, at offset ${nul}; it must be text`, path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw broken('not-utf8', 'the file is not valid UTF-8', path, cause);
  }
}

/** Neither what could act on a terminal nor half a surrogate pair, which no file or variable could hold. */
export function isClean(text: string): boolean {
  return printable(text) === text && !/[\p{Cs}\u2028\u2029]/u.test(text);
}

function broken(code: string, message: string, where: string, cause?: unknown): FileErrors {
  return new FileErrors([new BedrockenvError(code, message, { where, cause })]);
}
