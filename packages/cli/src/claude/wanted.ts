import { realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BedrockenvError, type Env, type WantedKey, type Warning, wantedSettings } from '@bedrockenv/core';
import { installation } from '../installation.ts';
import type { Resolved } from '../resolution.ts';
import { quoted } from '../state/folder.ts';
import type { Scope } from './places.ts';

/**
 * What a settings file should say for what was resolved.
 * @throws {BedrockenvError} `nothing-to-set`: neither a project nor the user config says what to use
 */
export function wantedFor(resolved: Resolved, scope: Scope, env: Env): { keys: WantedKey[]; warnings: Warning[] } {
  const { settings, clientVariables, chosen, session } = resolved;
  if (clientVariables.length === 0) {
    throw new BedrockenvError('nothing-to-set', 'nothing says what Claude Code should use here', {
      fix: 'bedrockenv use <model or profile>, with --global for everywhere',
    });
  }
  const program = command(env, scope);
  const whom = chosen === null ? '' : ` --profile ${quoted(chosen)}`;
  const needsExport = settings.scope.value === 'claude' && !settings.api_key && resolved.profile !== null;
  return wantedSettings(settings, clientVariables, {
    authRefresh: session ? `${program} login --no-tty${whom}` : null,
    credentialExport: needsExport ? `${program} credentials --no-fallback${whom}` : null,
  });
}

/**
 * How Claude Code runs this program: by name where that finds it, and in settings that other machines share; else by
 * the paths of node and of this installation.
 */
function command(env: Env, scope: Scope): string {
  const { node, cli } = installation();
  if (scope === 'project' || scope === 'managed') return 'bedrockenv';
  const isThis = (folder: string) => {
    try {
      return realpathSync(join(folder, 'bedrockenv')) === realpathSync(cli);
    } catch {
      return false;
    }
  };
  const isOnPath = (env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && isThis(folder));
  return isOnPath ? 'bedrockenv' : `${quoted(node)} ${quoted(cli)}`;
}
