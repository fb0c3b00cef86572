import { printable } from '../display.ts';
import type { Finding } from './finding.ts';
import type { AwsFile } from './section.ts';

/**
 * The AWS files that exist and that nobody can read as files. The AWS CLI takes a folder (Docker makes one in place of a
 * mount that is missing), a FIFO, a device and a file that it may not open for no file, without a word.
 *
 * @see botocore's configloader.py (raw_config_parse: os.path.isfile) and Python's RawConfigParser.read, which passes over
 *   what open() refuses
 */
export function unreadFindings(files: readonly AwsFile[]): Finding[] {
  return files.flatMap(({ path, unread }): Finding[] =>
    unread === undefined
      ? []
      : [{ code: 'aws-file-unread', severity: 'warning', where: null, ...unreadFile(path, unread) }],
  );
}

/** The same in words: what is there, and what to do. */
function unreadFile(path: string, unread: string): { message: string; fix: string } {
  const isReadable = !unread.startsWith('not readable');
  return {
    message: `${printable(path)} is ${unread}, so the AWS CLI reads nothing there`,
    fix: isReadable ? 'put the file itself there, or remove what is there' : 'make it readable, or remove it',
  };
}
