import { dirname, join } from 'node:path';
import { type AwsFile, awsFilePaths, BedrockenvError, type Env, type PlanInput } from '@bedrockenv/core';
import { isDenied, verdict } from './approvals.ts';
import { fileName, placesAbove, readDirectory } from './directory.ts';
import { quoted } from './folder.ts';
import { policyPaths, userConfigPath } from './places.ts';
import { type Read, readFile, type Seen, seenNow } from './read.ts';

/** More than any AWS or user configuration has (5,000 profiles are 740 KB). */
const configLimit = 64 << 20;

/** A file that a resolution depends on, as it was read. */
export interface FileRead {
  path: string;
  /** null: absent. */
  bytes: Uint8Array | null;
  seen: Seen | null;
  /** Of an AWS file: what is there in place of one that can be read. */
  unread?: string;
}

/** A directory file above the one that is asked for, which is left out although it exists. */
export interface LeftOut {
  path: string;
  root: string;
  reason: string;
}

export interface AwsFiles {
  config: AwsFile;
  credentials: AwsFile;
}

export interface Gathered {
  /** The directory files that count, nearest first: the given one and the approved ones above it. */
  directoryFiles: readonly FileRead[];
  /** Not approved, not denied. */
  leftOut: readonly LeftOut[];
  userConfig: FileRead;
  /** The organisation's policy. */
  policy: FileRead;
  aws: AwsFiles;
  /** A configuration that exists and cannot be read. */
  unreadable: BedrockenvError | null;
  /** Every file that was looked at, absent ones too, the given one first: a change of any makes the plan stale. */
  inputs: readonly PlanInput[];
  /** The stored lists of the account that a resolution looked at. */
  lists: PlanInput[];
}

/** The environment that file names depend on. */
export interface Place {
  env: Env;
  home: string;
  state: string;
}

/**
 * Reads everything that a directory's environment is resolved from.
 * @param nearest the directory's own file, whose bytes count whatever was said about it; null outside of projects
 * @throws {BedrockenvError} `state-folder`
 */
export function gather(place: Place, nearest: (FileRead & { root: string }) | null): Gathered {
  const directoryFiles: FileRead[] = nearest ? [nearest] : [];
  const looked: FileRead[] = nearest ? [nearest] : [];
  const leftOut: LeftOut[] = [];
  for (const { root, path } of nearest ? placesAbove(nearest.root) : []) {
    const read = readDirectory(path);
    const file = fileRead(path, read);
    looked.push(file);
    if (read.kind === 'absent' || isDenied(place.state, root)) continue;
    if (read.kind === 'broken') leftOut.push({ root, path, reason: `is broken (${read.reason})` });
    else if (verdict(place.state, root, read.bytes) === 'approved') directoryFiles.push(file);
    else leftOut.push({ root, path, reason: `is not approved; to use it: bedrockenv allow ${quoted(root)}` });
  }

  let unreadable: BedrockenvError | null = null;
  const readConfig = (path: string | null, toFile = fileRead): FileRead => {
    const read: Read = path === null ? { kind: 'absent' } : readFile(path, configLimit);
    const file = toFile(path ?? '', read);
    if (read.kind === 'broken' && file.unread === undefined) unreadable ??= brokenConfig(file, read);
    if (path !== null) looked.push(file);
    return file;
  };
  const policy = readPolicyFile(place, readConfig);
  const userConfig = readConfig(userConfigPath(place));
  const { config, credentials } = awsFilePaths(place.env, place.home);
  const aws = { config: readConfig(config, awsFileRead), credentials: readConfig(credentials, awsFileRead) };
  return {
    directoryFiles,
    leftOut,
    userConfig,
    policy,
    aws,
    unreadable,
    inputs: looked.map(({ path, seen }) => ({ path, seen })),
    lists: [],
  };
}

/** The first that is there, whatever it is: one that cannot be read allows nothing. */
export function readPolicyFile({ env }: Pick<Place, 'env'>, read: (path: string) => FileRead): FileRead {
  let file: FileRead = { path: '', bytes: null, seen: null };
  for (const path of policyPaths(env)) {
    file = read(path);
    if (file.seen !== null) break;
  }
  return file;
}

/** Whether it is the organisation's policy that keeps something from being set: by a rule, or because it is broken. */
export function isByPolicy({ code, where = '' }: BedrockenvError, env: Env): boolean {
  return code.startsWith('policy-') || policyPaths(env).some((path) => where.startsWith(path));
}

/** Reads a configuration file that may be absent, and nothing but a file. @throws {BedrockenvError} `io` */
export function readConfig(path: string, toFile = fileRead): FileRead {
  const found = readFile(path, configLimit);
  const file = toFile(path, found);
  if (found.kind === 'broken' && file.unread === undefined) throw brokenConfig(file, found);
  return file;
}

/** The AWS configuration alone, for commands about profiles and sessions. @throws {BedrockenvError} `io` */
export function readAwsFiles(place: Pick<Place, 'env' | 'home'>): AwsFiles {
  const read = (path: string | null): FileRead =>
    path === null ? { path: '', bytes: null, seen: null } : readConfig(path, awsFileRead);
  const { config, credentials } = awsFilePaths(place.env, place.home);
  return { config: read(config), credentials: read(credentials) };
}

/** Reads a directory's own file, for {@link gather}. @throws {BedrockenvError} `broken` unless it is a readable file */
export function readOwn(root: string): FileRead & { root: string; bytes: Uint8Array } {
  const path = join(root, fileName);
  const read = readDirectory(path);
  if (read.kind === 'file') return { root, path, bytes: read.bytes, seen: read.seen };
  const reason = read.kind === 'absent' ? 'does not exist' : `is broken (${read.reason})`;
  throw new BedrockenvError('broken', reason, { where: path });
}

function fileRead(path: string, read: Read): FileRead {
  if (read.kind === 'file') return { path, bytes: read.bytes, seen: read.seen };
  return { path, bytes: null, seen: read.kind === 'absent' ? null : seenOrNull(path) };
}

/** An AWS file that cannot be read is none, as it is for the AWS CLI: that is told, and refuses nothing. */
function awsFileRead(path: string, read: Read): FileRead {
  const file = fileRead(path, read);
  return read.kind === 'broken' && !read.isTooLarge ? { ...file, unread: read.reason } : file;
}

/** Of a file that cannot be read, but whose change may mend that. */
function seenOrNull(path: string): Seen | null {
  try {
    return seenNow(path);
  } catch {
    return null;
  }
}

function brokenConfig({ path }: FileRead, { reason }: Read & { kind: 'broken' }): BedrockenvError {
  // A folder on the way to it may be what is closed.
  const fix = reason.startsWith('not readable') ? { fix: `to see whose it is: ls -ld ${closed(path)}` } : {};
  return new BedrockenvError('io', reason, { where: path, ...fix });
}

/** The file, with the folder that it lies in, as words of a command. */
function closed(path: string): string {
  return `${quoted(dirname(path))} ${quoted(path)}`;
}
