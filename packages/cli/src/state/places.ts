import { posix, win32 } from 'node:path';
import type { Env } from '@bedrockenv/core';

/** What places depend on: `process.platform`, unless a test asks for another. */
type Platform = NodeJS.Platform;

const path = (platform: Platform) => (platform === 'win32' ? win32 : posix);

/**
 * The state folder: `%LOCALAPPDATA%\bedrockenv` on Windows, elsewhere `bedrockenv` below `XDG_STATE_HOME` (if that is
 * absolute) or `~/.local/state`.
 */
export function stateFolder(env: Env, home: string, platform: Platform = process.platform): string {
  const { join } = path(platform);
  return platform === 'win32'
    ? join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'bedrockenv')
    : join(absolute(env.XDG_STATE_HOME) ?? join(home, '.local/state'), 'bedrockenv');
}

/**
 * The user config: `BEDROCKENV_CONFIG`, else `config.yaml` in `%APPDATA%\bedrockenv` on Windows, elsewhere in
 * `bedrockenv` below `XDG_CONFIG_HOME` (if that is absolute) or `~/.config`.
 */
export function userConfigPath(
  { env, home }: { env: Env; home: string },
  platform: Platform = process.platform,
): string {
  const { join, resolve } = path(platform);
  if (env.BEDROCKENV_CONFIG) return resolve(home, env.BEDROCKENV_CONFIG);
  const folder =
    platform === 'win32'
      ? env.APPDATA || join(home, 'AppData', 'Roaming')
      : (absolute(env.XDG_CONFIG_HOME) ?? join(home, '.config'));
  return join(folder, 'bedrockenv', 'config.yaml');
}

/**
 * Where the organisation's policy may lie, the first that exists counts. No variable moves it, or it would bind nobody: on
 * Windows `%ProgramData%` is only looked at where its usual place has none, for a system on another drive.
 */
export function policyPaths(env: Env, platform: Platform = process.platform): string[] {
  if (platform === 'darwin') return ['/Library/Application Support/bedrockenv/policy.yaml'];
  if (platform !== 'win32') return ['/etc/bedrockenv/policy.yaml'];
  const folders = new Set(['C:\\ProgramData', ...(env.ProgramData ? [env.ProgramData] : [])]);
  return [...folders].map((folder) => win32.join(folder, 'bedrockenv', 'policy.yaml'));
}

/**
 * Where lists that can be asked for again lie: `%LOCALAPPDATA%\\bedrockenv\\cache` on Windows, elsewhere `bedrockenv` below
 * `XDG_CACHE_HOME` (if that is absolute) or `~/.cache`.
 */
export function cacheFolder({ env, home }: { env: Env; home: string }, platform: Platform = process.platform): string {
  const { join } = path(platform);
  return platform === 'win32'
    ? join(stateFolder(env, home, platform), 'cache')
    : join(absolute(env.XDG_CACHE_HOME) ?? join(home, '.cache'), 'bedrockenv');
}

function absolute(folder: string | undefined): string | undefined {
  return folder && posix.isAbsolute(folder) ? folder : undefined;
}

/**
 * A real directory as a path below a tree of the state folder: itself. On Windows the drive loses its colon and a share
 * goes below UNC: `C:\x` is `\C\x`, and `\\server\share\x` is `\UNC\server\share\x`, with or without `\\?\` before it.
 */
export function below(root: string, platform: Platform = process.platform): string {
  if (platform !== 'win32') return root;
  const local = root
    .replaceAll('/', '\\')
    .replace(/^\\\\\?\\UNC\\/i, '\\\\')
    .replace(/^\\\\\?\\/, '')
    .replace(/\\+$/, '');
  if (local.startsWith('\\\\')) return `\\UNC${local.slice(1)}`;
  return /^.:/.test(local) ? `\\${local.slice(0, 1).toUpperCase()}${local.slice(2)}` : local;
}

/** The other way: the directory that a path below a tree of the state folder (without a separator in front) is for. */
export function fromBelow(inTree: string, platform: Platform = process.platform): string {
  if (platform !== 'win32') return `/${inTree}`;
  if (/^UNC\\/i.test(inTree)) return `\\\\${inTree.slice(4)}`;
  return `${inTree.slice(0, 1)}:\\${inTree.slice(2)}`;
}
