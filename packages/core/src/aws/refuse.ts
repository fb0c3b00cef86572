import { printable } from '../display.ts';
import { BedrockenvError } from '../errors.ts';

// What makes the AWS CLI refuse a configuration file as a whole. Sections and keys are named, values never: a line that
// does not parse may well be a part of a secret.

function refusal(path: string, line: number, what: string, fix: string): BedrockenvError {
  return new BedrockenvError('aws-config', what, { where: `${printable(path)}:${line}`, fix });
}

export function notUtf8(path: string, line: number): BedrockenvError {
  return refusal(path, line, 'this line is not UTF-8 text', 'save the file as UTF-8');
}

/** Python takes a byte order mark for a character, and so for text on the first line. */
export function beforeHeader(path: string, line: number, text: string, words: string): BedrockenvError {
  if (text.startsWith('\ufeff')) {
    return refusal(
      path,
      line,
      'the file starts with a byte order mark, which the AWS CLI refuses',
      'save it without one',
    );
  }
  if (words.startsWith('[')) return brokenHeader(path, line, words);
  return refusal(path, line, 'there is text before the first section header', 'put it below a header like [default]');
}

/** A line that begins as a section header does and is none. */
function brokenHeader(path: string, line: number, words: string): BedrockenvError {
  const what = words.startsWith('[]')
    ? 'a section header without a name'
    : 'a section header without its closing bracket';
  return refusal(path, line, what, 'write it as [NAME]');
}

export function sectionTwice(path: string, line: number, section: string): BedrockenvError {
  return refusal(path, line, `section [${printable(section)}] is there twice`, 'merge the two sections, or remove one');
}

export function keyTwice(path: string, line: number, key: string, section: string): BedrockenvError {
  return refusal(path, line, `key ${quote(key)} is twice in section [${printable(section)}]`, 'remove one of the two');
}

export function noKey(path: string, line: number): BedrockenvError {
  return refusal(path, line, 'there is no key before the delimiter', 'write it as KEY = VALUE, or remove it');
}

export function noDelimiter(path: string, line: number, words: string): BedrockenvError {
  if (words.startsWith('[')) return brokenHeader(path, line, words);
  return refusal(path, line, 'a line without "="', 'write it as KEY = VALUE, or remove it');
}

export function blockLine(path: string, line: number, key: string): BedrockenvError {
  return refusal(
    path,
    line,
    `a line without "=" in the block of ${quote(key)}`,
    'write it as KEY = VALUE, or remove it',
  );
}

const quote = (key: string) => `"${printable(key)}"`;
