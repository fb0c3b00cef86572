import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A machine whose organisation has a policy, as the programs see it that are started under it. */
export interface Machine {
  /** What stands before a program and its arguments. */
  readonly under: readonly string[];
  /** Writes the policy; null: there is none. */
  setPolicy(text: string | null): void;
}

/** A mount of its own: as root, or as root of a user namespace. */
const unshare = ['unshare', ...(process.getuid?.() === 0 ? ['-m'] : ['-rm'])];

let missing: string | undefined | null = null;

/** Why no such machine can be made here; undefined if it can. */
export function machineMissing(): string | undefined {
  if (missing === null) {
    const [program = '', ...words] = [...unshare, 'mount', '--bind', '/tmp', '/mnt'];
    const { status } = spawnSync(program, words, { stdio: 'ignore' });
    missing = status === 0 ? undefined : 'no mount namespace can be made';
  }
  return missing;
}

function writeNew(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/**
 * A copy of /etc below a folder, which lies over /etc for what is started under it, and for nothing else: the policy's
 * path is not to be moved by anything that a user could use as well.
 */
export function machineIn(folder: string, write: (path: string, text: string) => void = writeNew): Machine {
  const etc = join(folder, 'etc');
  mkdirSync(folder, { recursive: true });
  // What only root may read is left out for others.
  spawnSync('cp', ['-a', '/etc', etc], { stdio: 'ignore' });
  const policy = join(etc, 'bedrockenv/policy.yaml');
  rmSync(dirname(policy), { recursive: true, force: true });
  const script = 'mount --bind "$1" /etc && shift && exec "$@"';
  return {
    under: [...unshare, 'sh', '-c', script, 'sh', etc],
    setPolicy(text) {
      if (text === null) rmSync(policy, { force: true });
      else write(policy, text);
    },
  };
}
