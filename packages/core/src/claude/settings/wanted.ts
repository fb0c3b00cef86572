import type { Warning } from '../../errors.ts';
import { isSecretName } from '../../plan/names.ts';
import type { Settings } from '../../project/index.ts';
import type { ModelOverrides } from '../overrides.ts';
import type { Variable } from '../variables.ts';
import type { WantedKey } from './merge.ts';

/** The commands that Claude Code is to run, each in forms that are equally good; null: none is needed. */
export interface ClientCommands {
  /** Signs in. */
  authRefresh: readonly [string, ...string[]] | null;
  /** Prints credentials. */
  credentialExport: readonly [string, ...string[]] | null;
}

/**
 * The settings that make Claude Code use what a directory says, whatever the shell has: its settings beat the shell's
 * variables (measured on 2.1.330).
 *
 * With `scope: claude` the profile is left out: Claude Code hands the variables of its settings on to the commands that
 * it runs, which are to keep the user's own identity. An API key is never among them.
 * @param variables as Claude Code needs them (the target `client`)
 */
export function wantedSettings(
  { settings, variables, overrides }: { settings: Settings; variables: readonly Variable[]; overrides: ModelOverrides },
  { authRefresh, credentialExport }: ClientCommands,
): { keys: WantedKey[]; warnings: Warning[] } {
  const isScoped = settings.scope.value === 'claude';
  const keys: WantedKey[] = [];
  for (const { op, name, value } of variables) {
    if (name.startsWith('BEDROCKENV_') || (isScoped && name === 'AWS_PROFILE')) continue;
    if (op === 'set') keys.push({ path: ['env', name], value });
    // A key that stands there is not taken out: the record of what we changed would hold it.
    if (op === 'unset' && !isSecretName(name)) keys.push({ path: ['env', name], value: undefined });
  }
  for (const [name, forms] of Object.entries({ awsAuthRefresh: authRefresh, awsCredentialExport: credentialExport })) {
    if (forms !== null) keys.push({ path: [name], value: forms[0], alternatives: forms.slice(1) });
  }
  const model = variables.find(({ name }) => name === 'ANTHROPIC_MODEL');
  if (model) keys.push({ path: ['model'], value: model.value });
  for (const [name, arn] of Object.entries(overrides)) keys.push({ path: ['modelOverrides', name], value: arn });
  return { keys, warnings: settings.api_key ? [apiKeyLeftOut(settings.api_key.source, isScoped)] : [] };
}

function apiKeyLeftOut(source: string, isScoped: boolean): Warning {
  return {
    code: 'api-key-not-in-settings',
    message: `the API key (${source}) is not written into settings; Claude Code gets it from the shell alone`,
    fix: isScoped ? 'use scope: shell with it' : '',
  };
}

/** The wanted keys as one object, as they would stand in an empty file. */
export function settingsObject(keys: readonly WantedKey[]): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const { path, value } of keys) {
    if (value === undefined) continue;
    const [first, second] = path as [string, string?];
    if (second === undefined) all[first] = value;
    else all[first] = { ...(all[first] as object | undefined), [second]: value };
  }
  return all;
}
