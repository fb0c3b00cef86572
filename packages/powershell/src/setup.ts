import { join } from 'node:path';
import type { ShellSetup } from '@bedrockenv/core';
import { asciiQuote } from './index.ts';

/** How the hook gets into a user's PowerShell. */
export const setup: ShellSetup = {
  name: 'powershell',
  programs: ['pwsh', 'powershell'],
  hookName: 'bedrockenv.ps1',
  // Only PowerShell knows where Windows keeps the documents.
  ask: { args: ['-NoProfile', '-NonInteractive', '-Command', '"`nbedrockenv-told:$PROFILE"'], onlyOn: 'win32' },
  rcFiles: ({ env, home, told }) => [
    told || join(env.XDG_CONFIG_HOME || join(home, '.config'), 'powershell/Microsoft.PowerShell_profile.ps1'),
  ],
  load({ path, belowHome }) {
    const name = belowHome === null ? `(${asciiQuote(path)})` : `(Join-Path $HOME ${asciiQuote(belowHome)})`;
    return `if (Test-Path -LiteralPath ${name}) { . ${name} }`;
  },
  byHand: /bedrockenv(\.js)?['"]?\s+hook\s+powershell|Import-Module\s+.*bedrockenv/i,
  completions: {
    name: 'bedrockenv.completions.ps1',
    // Read at the first TAB, which is then asked again: it takes longer than the start of the hook.
    announce({ path, belowHome }) {
      const name = belowHome === null ? `(${asciiQuote(path)})` : `(Join-Path $HOME ${asciiQuote(belowHome)})`;
      const line =
        '$line = $ast.ToString().PadRight($at - $ast.Extent.StartOffset).Substring(0, $at - $ast.Extent.StartOffset)';
      const again = `${line}; (TabExpansion2 $line $line.Length).CompletionMatches`;
      const block = `{ param($word, $ast, $at) if (Test-Path -LiteralPath ${name}) { . ${name}; ${again} } }`;
      return [
        "if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {",
        `  Register-ArgumentCompleter -Native -CommandName bedrockenv -ScriptBlock ${block}`,
        '}',
      ].join('\n');
    },
  },
  check: ['-Command', 'if (Get-Module -Name bedrockenv) { "`nbedrockenv-check:yes" }'],
  checkEnv: (scratch) => ({ XDG_DATA_HOME: scratch, XDG_CACHE_HOME: scratch, POWERSHELL_TELEMETRY_OPTOUT: '1' }),
};
