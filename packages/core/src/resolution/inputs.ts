import type { AwsFile } from '../aws/index.ts';
import type { AccountList } from '../bedrock/index.ts';
import type { Env } from '../env.ts';
import { type DirectoryFile, type Layer, type PolicyFile, readDirectoryFile, readPolicy } from '../project/index.ts';
import type { Identity } from './identity.ts';

/** Everything that decides what a directory needs. Files are passed in as bytes, null for absent ones. */
export interface Inputs {
  /** The real directory of the directory file; null outside of projects. */
  root: string | null;
  /** The directory files that may be applied, nearest first. */
  directoryFiles: readonly { path: string; bytes: Uint8Array }[];
  /** What the `.envrc` at `path` says in place of directory files: the words of its `use bedrock`. */
  words?: { path: string; layer: Layer };
  userConfig: { path: string; bytes: Uint8Array | null };
  /** The organisation's policy. */
  policy: { path: string; bytes: Uint8Array | null };
  aws: { config: AwsFile; credentials: AwsFile };
  /** The ambient environment: without what a hook has set. */
  env: Env;
  /** Absolute. */
  home: string;
  /** What the account of these credentials last answered for a region; null: it was not asked. Without it, it never was. */
  accountList?: (identity: Identity, region: string) => AccountList | null;
  /** What a command line says, above every file. */
  overrides?: { profile?: string | undefined; model?: string | undefined; region?: string | undefined };
}

/** The directory files, read, and below them all what the command line says. */
export function directoryFilesOf({
  directoryFiles,
  words,
  overrides,
}: Inputs): { path: string; file: DirectoryFile }[] {
  if (words) return [{ path: words.path, file: { layer: words.layer } }];
  const files = directoryFiles.map(({ path, bytes }) => ({ path, file: readDirectoryFile(bytes, path) }));
  const said = Object.entries(overrides ?? {}).filter(([, value]) => value !== undefined);
  if (said.length === 0) return files;
  const layer = Object.fromEntries(said.map(([key, value]) => [key, { value, line: 1, column: 1 }])) as Layer;
  return [{ path: 'command line', file: { layer } }, ...files];
}

/** The organisation's policy; null without one. @throws {FileErrors} when it is broken: then nothing is to be set */
export function policyOf({ policy: { path, bytes } }: Inputs): PolicyFile | null {
  return bytes === null ? null : readPolicy(bytes, path);
}
