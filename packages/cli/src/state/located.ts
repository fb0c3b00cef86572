import { BedrockenvError } from '@bedrockenv/core';
import { isDenied, verdict } from './approvals.ts';
import { type Found, findUpwards, readDirectory } from './directory.ts';
import { quoted } from './folder.ts';
import type { FileRead } from './gather.ts';

/** A directory's own file with the bytes that were read. */
export type OwnFile = FileRead & { root: string; bytes: Uint8Array };

/** What stands in the way of the nearest directory file. */
export type Obstacle = { kind: 'unapproved' } | { kind: 'broken'; reason: string } | { kind: 'denied' };

/** The directory files that concern a directory. */
export interface Located {
  /** The nearest one, whatever it is. */
  nearest: Found | null;
  /** Its bytes, when it can be read. */
  bytes: Uint8Array | null;
  /** Why it does not apply; null when it does, or when there is none. */
  obstacle: Obstacle | null;
  /** The first that stands in the way and is not denied, which keeps scripts from going on without it. */
  blocked: BedrockenvError | null;
  /** The one that applies, as in the hooks: the nearest approved one. null: only the user config does. */
  applies: OwnFile | null;
}

/** Finds what applies in a directory, by the names that the user sees. @throws {BedrockenvError} `state-folder` */
export function locate(state: string, start: string): Located {
  const located: Located = { nearest: null, bytes: null, obstacle: null, blocked: null, applies: null };
  for (const found of findUpwards(start)) {
    const read = readDirectory(found.path);
    const obstacle = obstacleOf(state, found.root, read);
    if (located.nearest === null) {
      located.nearest = found;
      located.bytes = read.kind === 'file' ? read.bytes : null;
      located.obstacle = obstacle;
    }
    if (obstacle === null && read.kind === 'file') {
      located.applies = { ...found, bytes: read.bytes, seen: read.seen };
      break;
    }
    if (obstacle) located.blocked ??= obstacleError(found, obstacle, start);
  }
  return located;
}

function obstacleOf(state: string, root: string, read: ReturnType<typeof readDirectory>): Obstacle | null {
  if (isDenied(state, root)) return { kind: 'denied' };
  if (read.kind !== 'file') return { kind: 'broken', reason: read.kind === 'broken' ? read.reason : 'just removed' };
  return verdict(state, root, read.bytes) === 'approved' ? null : { kind: 'unapproved' };
}

/** Exit code 3 for a file that is not approved, 1 for a broken one; null for a denied one, which nobody misses. */
function obstacleError({ root, path }: Found, obstacle: Obstacle, start: string): BedrockenvError | null {
  if (obstacle.kind === 'denied') return null;
  if (obstacle.kind === 'broken') {
    return new BedrockenvError('broken', `${path} is broken (${obstacle.reason})`, { fix: 'see: bedrockenv status' });
  }
  return notApproved(root, path, start);
}

export function notApproved(root: string, path: string, start: string): BedrockenvError {
  const dir = root === start ? '' : ` ${quoted(root)}`;
  return new BedrockenvError('unapproved', `${path} is not approved`, {
    exitCode: 3,
    fix: `to use it: bedrockenv allow${dir}`,
  });
}
