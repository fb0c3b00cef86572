import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { clientProgram, installClient } from '../packages/testkit/src/claude-code/install.ts';

const version = '2026.9.15';

/** What npm says of the package that holds the program, by system. Others are left out, with their name. */
const integrity: Readonly<Record<string, string>> = {
  'linux-x64': 'sha512-ButPFGyztN0Rk/HOHvHuf+W80CkvQRAjbDWHvhGJc3PnL3e2KhCYZIOyjx8wPkhr9VJa/7sJZXpxtt5JLjsfaQ==',
};

const folder = fileURLToPath(new URL('../.cache/mise/', import.meta.url));

/** What keeps mise from asking the network, and from saying that there is a newer one. */
export const miseOffline: Readonly<Record<string, string>> = {
  MISE_OFFLINE: '1',
  MISE_AUTO_UPDATE: '0',
  MISE_DISABLE_UPDATE_WARNING: '1',
};

const system = `${process.platform}-${process.arch}`;

/** `@jdxcode/mise` itself fetches the program in a script of its own; the package of a system holds it. */
function packaged() {
  const hash = integrity[system];
  if (hash === undefined) return null;
  return { name: `@jdxcode/mise-${system}`, version, integrity: hash, program: 'bin/mise', onNode: false };
}

/** The path of the pinned mise, or why there is none here. */
export function findMise(): { program: string } | { missing: string } {
  const found = packaged();
  if (found === null) return { missing: `mise (no package for ${system} is pinned)` };
  const program = clientProgram(found, folder);
  return existsSync(program) ? { program } : { missing: 'mise (node scripts/mise.ts installs it)' };
}

/** Installs it into `.cache/mise` unless it is there, from npm, as the clients of the tests are. */
export async function installMise(): Promise<void> {
  const found = packaged();
  if (found !== null) await installClient(found, folder);
}
