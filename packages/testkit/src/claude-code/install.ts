import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ClientPackage } from './clients.ts';

/** Where the clients lie: outside of `node_modules`, so that only who runs their tests has them (0.7 GB). */
export const clientsFolder = fileURLToPath(new URL('../../../../.cache/clients/', import.meta.url));

/** The program of an installed client; it need not be there. */
export function clientProgram({ name, version, program }: ClientPackage, folder = clientsFolder): string {
  return join(folder, version, 'node_modules', name, program);
}

/**
 * Installs a client into `FOLDER/VERSION`, unless it is there: its one package, without any script of it. Any number of
 * processes may do so at once: each installs into a folder of its own, and the first to rename it wins.
 * @param folder absolute
 * @param more arguments for npm
 * @throws when npm fails, or the package is not the one that is pinned; then nothing is left behind
 */
export async function installClient(
  client: ClientPackage,
  folder = clientsFolder,
  more: readonly string[] = [],
): Promise<void> {
  if (existsSync(clientProgram(client, folder))) return;
  const place = join(folder, client.version);
  await mkdir(folder, { recursive: true });
  await removeAbandoned(`${place}.new-`);
  const fresh = await mkdtemp(`${place}.new-`);
  try {
    const spec = `${client.name}@${client.version}`;
    const words = ['--no-save', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', ...more, spec];
    await promisify(execFile)('npm', ['install', '--prefix', fresh, ...words], { cwd: fresh });
    checkIntegrity(client, fresh);
    if (!existsSync(join(fresh, 'node_modules', client.name, client.program))) {
      throw new Error(`${spec} holds no ${client.program}`);
    }
    // mkdtemp's folders are for one user; a checkout may have several.
    await chmod(fresh, 0o755);
    await rename(fresh, place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** npm has checked what came against the registry's word; this checks the registry's against ours. */
function checkIntegrity({ name, version, integrity }: ClientPackage, fresh: string): void {
  const { packages } = JSON.parse(readFileSync(join(fresh, 'node_modules/.package-lock.json'), 'utf8'));
  const found = packages[`node_modules/${name}`]?.integrity;
  if (found !== integrity) throw new Error(`${name}@${version} is ${found}, expected ${integrity}`);
}

/** Folders of processes that were killed while they installed; no installation takes an hour. */
async function removeAbandoned(prefix: string): Promise<void> {
  const folder = dirname(prefix);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(basename(prefix))) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}
