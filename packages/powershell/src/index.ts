import type { Shell } from '@bedrockenv/core';

/**
 * A single-quoted string. PowerShell takes five characters for the single quote, and each stands for itself when
 * doubled (`CodeGeneration.EscapeSingleQuotedStringContent` does the same).
 * @throws {RangeError} when the value holds a NUL, which no environment can
 */
function quote(value: string): string {
  if (value.includes('\0')) throw new RangeError('a value cannot hold a NUL');
  return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * The same string in ASCII on one line. What PowerShell captures of a program is decoded with the console's code page and
 * split into lines, so nothing else arrives everywhere as it was.
 */
export function asciiQuote(value: string): string {
  const parts = value.match(/[\x20-\x7e]+|[^\x20-\x7e]/g) ?? [''];
  const words = parts.map((part) => (/[^\x20-\x7e]/.test(part) ? `[char]${part.charCodeAt(0)}` : quote(part)));
  return words[0]?.startsWith('[') ? `'' + ${words.join(' + ')}` : words.join(' + ');
}

/** PowerShell 7.2 and later, Windows PowerShell 5.1. */
export const powershell: Shell = {
  name: 'powershell',
  hookFile: 'bedrockenv.psm1',
  completionsFile: 'completions/bedrockenv.ps1',
  prologue: ({ node, cli }) =>
    `$global:_bedrockenv_node = ${asciiQuote(node)}\n$global:_bedrockenv_cli = ${asciiQuote(cli)}\n`,
  // The file is a module, and `Invoke-Expression` takes text: a dynamic module has the same scope and the same OnRemove.
  // One that is loaded already keeps what it knows. ConstrainedLanguage has no New-Module.
  wrap: (hook) =>
    [
      "if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage' -and",
      '    -not (Microsoft.PowerShell.Core\\Get-Module -Name bedrockenv)) {',
      '  Microsoft.PowerShell.Core\\New-Module -Name bedrockenv -ScriptBlock {',
      hook,
      '  } | Microsoft.PowerShell.Core\\Import-Module -Global',
      '}',
      '',
    ].join('\n'),
  assign: (name, value) =>
    value === null ? `Remove-Item -LiteralPath Env:${name} -ErrorAction Ignore` : `$env:${name} = ${quote(value)}`,
};
