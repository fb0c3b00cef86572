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

/**
 * Why a browser on this machine cannot finish a sign-in that waits for a redirect to 127.0.0.1: it would open on
 * another machine, or in another network. null: it can.
 */
export function remoteness({ env, platform, release, exists }: Surroundings): 'ssh' | 'wsl' | 'container' | null {
  if (env.SSH_CONNECTION || env.SSH_TTY) return 'ssh';
  if (platform === 'linux' && (env.WSL_DISTRO_NAME || /microsoft/i.test(release))) return 'wsl';
  const marked = exists('/.dockerenv') || exists('/run/.containerenv');
  if (marked || env.KUBERNETES_SERVICE_HOST || env.container) return 'container';
  return null;
}

export type Flow = 'browser' | 'device';

/** The flow to sign in with: as it is set, or what fits the surroundings. */
export function chooseFlow(setting: string, surroundings: Surroundings): Flow {
  if (setting === 'browser' || setting === 'device') return setting;
  return remoteness(surroundings) === null ? 'browser' : 'device';
}
