import { type BedrockenvError, ownershipOf, printable, type Warning } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import { isByPolicy } from '../state/gather.ts';
import { scopes, settingsPath } from './places.ts';
import { readSettingsFile } from './settings-file.ts';

/**
 * Claude Code's settings files that still say what bedrockenv once wrote by command, where the organisation's policy is
 * the reason why nothing may be set any more: they beat the shell, so Claude Code goes on as before.
 * @param dir the real directory of the project; outside of projects the current one
 * @param problem why the directory does not resolve
 */
export function forbiddenSettings({ state, base, home }: Context, dir: string, problem: BedrockenvError): Warning[] {
  if (!isByPolicy(problem, base)) return [];
  return scopes.flatMap((scope) => {
    const path = settingsPath(scope, { env: base, home, dir });
    const { record, text } = readSettingsFile(state, path);
    if (text === null || ownershipOf(record, text) === null) return [];
    return [
      {
        code: 'policy-settings',
        message: `${printable(path)}: Claude Code goes by what bedrockenv wrote there before the organisation's policy forbade it`,
        fix: `bedrockenv claude-settings --scope ${scope} --undo`,
      },
    ];
  });
}
