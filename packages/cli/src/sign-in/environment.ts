import { existsSync } from 'node:fs';
import { release } from 'node:os';
import type { Env } from '@bedrockenv/core';

/** What tells where a program runs. */
export interface Surroundings {
  env: Env;
  platform: NodeJS.Platform;
  /** The kernel's release, `uname -r`: WSL has `microsoft` in it. */
  release: string;
  /** Whether a path exists. */
  exists: (path: string) => boolean;
}

export const here = (env: Env): Surroundings => ({
  env,
  platform: process.platform,
  release: release(),
  exists: existsSync,
});

/** Why a browser of this machine is of no use for a sign-in. */
export type Remoteness = 'ssh' | 'wsl' | 'container' | 'no display';

/**
 * Why a browser on this machine cannot finish a sign-in that waits for a redirect to 127.0.0.1: it would open on
 * another machine or in another network, or there is none. null: it can.
 */
export function remoteness({ env, platform, release, exists }: Surroundings): Remoteness | null {
  if (env.SSH_CONNECTION || env.SSH_TTY || env.SSH_CLIENT) return 'ssh';
  if (platform !== 'linux') return null;
  if (env.WSL_DISTRO_NAME || /microsoft/i.test(release)) return 'wsl';
  // A toolbox is a container that shares the display and the network of its host.
  const marks = ['/.dockerenv', '/run/.containerenv', '/run/systemd/container'];
  const marked = env.KUBERNETES_SERVICE_HOST || env.container || marks.some(exists);
  if (marked && !exists('/run/.toolboxenv')) return 'container';
  return env.DISPLAY || env.WAYLAND_DISPLAY || env.BROWSER ? null : 'no display';
}

export type Flow = 'browser' | 'device';

const isFlow = (word: string | null | undefined): word is Flow => word === 'browser' || word === 'device';

/**
 * The flow to sign in with: as it is set, as the user once chose on this host, or what fits the surroundings.
 * @param setting browser, device, or anything else for no wish
 * @param remembered what was chosen on this host; null for nothing
 */
export function chooseFlow(setting: string, remembered: string | null, surroundings: Surroundings): Flow {
  if (isFlow(setting)) return setting;
  if (isFlow(remembered)) return remembered;
  return remoteness(surroundings) === null ? 'browser' : 'device';
}
