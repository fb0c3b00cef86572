import { existsSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import type { Env } from '@bedrockenv/core';

/** Claude Code's settings files, the one that beats the others last. */
export const scopes = ['user', 'project', 'local', 'managed'] as const;

export type Scope = (typeof scopes)[number];

export interface SettingsPlace {
  env: Env;
  home: string;
  /** The directory that Claude Code is started in. */
  dir: string;
}

/** Where the settings file of a scope lies. @see https://code.claude.com/docs/en/settings */
export function settingsPath(
  scope: Scope,
  { env, home, dir }: SettingsPlace,
  platform: NodeJS.Platform = process.platform,
): string {
  const { join } = platform === 'win32' ? win32 : posix;
  if (scope === 'user') return join(env.CLAUDE_CONFIG_DIR || join(home, '.claude'), 'settings.json');
  if (scope === 'managed') return join(managedFolder(env, platform), 'managed-settings.json');
  return join(dir, '.claude', scope === 'local' ? 'settings.local.json' : 'settings.json');
}

/**
 * The file in which Claude Code keeps what it remembers. An `env` in it counts as well, below every settings file (all
 * versions, measured); they write none there any more.
 */
export function rememberedPath({ env, home }: Pick<SettingsPlace, 'env' | 'home'>): string {
  const old = join(env.CLAUDE_CONFIG_DIR || join(home, '.claude'), '.config.json');
  return existsSync(old) ? old : join(env.CLAUDE_CONFIG_DIR || home, '.claude.json');
}

/** The folder of the machine's own settings; `managed-settings.d` in it holds more of them. */
export function managedFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return '/Library/Application Support/ClaudeCode';
  return platform === 'win32' ? win32.join(env.ProgramFiles || 'C:\\Program Files', 'ClaudeCode') : '/etc/claude-code';
}
