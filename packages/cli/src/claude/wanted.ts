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
  const { settings, clientVariables: variables, modelOverrides: overrides, chosen, session } = resolved;
  if (variables.length === 0) {
    throw new BedrockenvError('nothing-to-set', 'nothing says what Claude Code should use here', {
      fix: 'bedrockenv use <model or profile>, with --global for everywhere',
    });
  }
  const programs = commandForms(env, scope);
  const whom = chosen === null ? '' : ` --profile ${quoted(chosen)}`;
  const forms = (words: string) => programs.map((program) => `${program} ${words}${whom}`) as [string, ...string[]];
  const needsExport = settings.scope.value === 'claude' && !settings.api_key && resolved.profile !== null;
  const said = { settings, variables, overrides };
  return wantedSettings(said, {
    authRefresh: session ? forms('login --no-tty') : null,
    credentialExport: needsExport ? forms('credentials --no-fallback') : null,
  });
}

/**
 * How Claude Code runs this program: by name where that finds it, and in settings that other machines share; else by
 * the paths of node and of this installation. In a file that is on this machine alone both are right, so that a check
 * that runs with another PATH finds no difference.
 */
function commandForms(env: Env, scope: Scope): string[] {
  const { node, cli } = installation();
  const forms = ['bedrockenv', `${quoted(node)} ${quoted(cli)}`];
  if (scope === 'project' || scope === 'managed') return forms.slice(0, 1);
  const isThis = (folder: string) => {
    try {
      return realpathSync(join(folder, 'bedrockenv')) === realpathSync(cli);
    } catch {
      return false;
    }
  };
  const isOnPath = (env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && isThis(folder));
  return isOnPath ? forms : forms.reverse();
}
