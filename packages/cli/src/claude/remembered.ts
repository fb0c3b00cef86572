import { BedrockenvError, type ReadSettings, readSettingsText } from '@bedrockenv/core';
import { rememberedPath, type SettingsPlace } from './places.ts';
import { readAnyText } from './settings-file.ts';

/**
 * The `env` of the file in which Claude Code keeps what it remembers, as a settings file that says nothing else.
 * @returns null: there is none
 * @throws {BedrockenvError} `settings-broken`, as the client does; `settings-unclear`
 */
export function readRemembered(place: Pick<SettingsPlace, 'env' | 'home'>): ReadSettings | null {
  const path = rememberedPath(place);
  const text = readAnyText(path);
  // It holds much else, and most have no `env`.
  if (text === null || text.trim() === '' || !hasVariables(text, path)) return null;
  const { root, ...settings } = readSettingsText(text, path);
  const children = (root.children ?? []).filter((property) => property.children?.[0]?.value === 'env');
  return { path, settings: { ...settings, root: { ...root, children } } };
}

function hasVariables(text: string, path: string): boolean {
  try {
    const { env } = JSON.parse(text.replace(/^\uFEFF/, '')) ?? {};
    return typeof env === 'object' && env !== null && Object.keys(env).length > 0;
  } catch (cause) {
    throw new BedrockenvError('settings-broken', 'is broken JSON, with which Claude Code does not start', {
      where: path,
      fix: 'correct it, or remove it',
      cause,
    });
  }
}
