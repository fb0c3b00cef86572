import { join } from 'node:path';
import { readFile } from '../state/read.ts';

/** What the installed hooks are of: this version of bedrockenv. */
export function versionFile(state: string): { path: string; text: string } {
  return { path: join(state, 'hooks/version'), text: `${process.env.BEDROCKENV_VERSION}\n` };
}

/** Whether hooks are installed that another version wrote. */
export function areOld(state: string): boolean {
  const { path, text } = versionFile(state);
  const read = readFile(path, 1024);
  return read.kind === 'file' && new TextDecoder().decode(read.bytes) !== text;
}
