import type { MakeDriver, Oddities } from '@bedrockenv/core';

/** A string literal, on one line. PowerShell has escapes only inside of double quotes, and five kinds of single quotes. */
function literal(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (!/[\x00-\x1f\x7f-\x9f]/.test(text)) return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
  const escaped = text
    .replace(/[`$"\u201c-\u201e]/g, '`$&')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
    .replace(/[\x00-\x1f\x7f-\x9f]/g, (char) => `$([char]${char.charCodeAt(0)})`);
  return `"${escaped}"`;
}

/** A word of a command: plain where that is no parameter, no number and no array. */
function quote(text: string): string {
  return /^[\w/.][\w/.:-]*$/.test(text) && !/^[\d.]/.test(text) ? text : literal(text);
}

// PSReadLine does not switch bracketed paste, so what brackets its reading does. pwsh puts its own folder before PATH.
const head = (promptMarker: string) => `
if ("$env:PATH".StartsWith("$PSHOME" + ':')) { $env:PATH = $env:PATH.Substring($PSHOME.Length + 1) }
Set-PSReadLineOption -PredictionSource None -HistorySaveStyle SaveNothing -BellStyle None
$ExecutionContext.SessionState.PSVariable.Set('global:testkit_readline', \${function:PSConsoleHostReadLine})
function global:PSConsoleHostReadLine {
  $ok = $?
  [Console]::Write([char]27 + '[?2004h')
  try {
    if ($ok) { $null = 1 } else { Write-Error '' -ErrorAction Ignore }
    & $global:testkit_readline
  } finally { [Console]::Write([char]27 + '[?2004l') }
}
function global:prompt {
  $ok = $?
  Set-StrictMode -Off
  $status = if ($ok) { 0 } elseif ($global:LASTEXITCODE) { $global:LASTEXITCODE } else { 1 }
  return [char]27 + ']${promptMarker}powershell;' + $status + [char]7 + '$ '
}
function global:testkit_dump([string] $file, [string[]] $names) {
  Set-StrictMode -Off
  $text = foreach ($name in $names) {
    $state, $value = 'x', [Environment]::GetEnvironmentVariable($name)
    if ($null -eq $value) {
      $state, $value = 'u', ''
      $variable = $ExecutionContext.SessionState.PSVariable.Get('global:' + $name)
      if ($variable) { $state, $value = 'l', $variable.Value }
    }
    $name + [char]0 + $state + [char]0 + $value + [char]0
  }
  [IO.File]::WriteAllText($file, [string]::Concat([string[]] $text))
}
`;

/** What users set. */
const oddities: Oddities = {
  each: [
    'Set-StrictMode -Version Latest',
    "$ErrorActionPreference = 'Stop'",
    "$ErrorActionPreference = 'SilentlyContinue'",
    "$WarningPreference = $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'",
    '$ConfirmPreference = "Low"; $WhatIfPreference = $true',
    '$PSNativeCommandUseErrorActionPreference = $true',
    "$PSNativeCommandArgumentPassing = 'Legacy'",
    "$PSModuleAutoLoadingPreference = 'None'",
    "$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop'; 'Get-Item:Path' = '/'; '*:Verbose' = $true }",
    "$OFS = ','",
    '$MaximumErrorCount = 256; $Error.Clear()',
    '$OutputEncoding = [Text.Encoding]::ASCII',
    "[CultureInfo]::CurrentCulture = 'tr-TR'",
    "[CultureInfo]::CurrentCulture = 'ar-SA'",
    "$PSStyle.OutputRendering = 'PlainText'",
    "$env:HOME = $HOME; [Environment]::CurrentDirectory = '/usr'",
    'Set-Variable PWD -Option AllScope',
    '$global:Names = $global:State = $global:Watched = $global:Dot = 1',
  ],
  together: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $OFS = ','",
  print:
    '"$ErrorActionPreference $OFS $PSNativeCommandArgumentPassing $([CultureInfo]::CurrentCulture) $($Error.Count)"',
  shadows:
    "foreach ($w in 'Get-Item', 'Test-Path', 'Set-StrictMode', 'ForEach-Object', 'Write-Error', 'Get-Command') { Set-Alias $w Out-Null; Set-Item Function:global:$w { 'shadow' } }",
  plainly: { source: '.', cd: 'cd' },
};

/** PowerShell 7. A PowerShell variable is what other shells call set but not exported. */
export const driver: MakeDriver = ({ findProgram, promptMarker }) => ({
  name: 'powershell',
  args: ['-NoLogo'],
  rcFile: '.config/powershell/Microsoft.PowerShell_profile.ps1',
  hookFile: 'packages/powershell/bedrockenv.psd1',
  installedHook: 'hook.ps1',
  onlyIfRequired: 'pwsh',
  // It starts in half a second where others take ten milliseconds, and some scenarios start fifty.
  scenarioTimeoutMs: 360_000,
  unreachable: /\\/,
  printStatus: 'echo $LASTEXITCODE',
  blankLine: '',
  listNames:
    '(Get-Module | Where-Object Name -notlike Microsoft.PowerShell.*).Name; (Get-Variable -Scope Global).Name; (Get-ChildItem Function:, Alias:, Env:).Name',
  oddities,
  unloadHook: 'Remove-Module bedrockenv',
  program: () => findProgram('pwsh'),
  nested: () => `${findProgram('pwsh')} -NoLogo`,
  // The process itself never changes its directory.
  replace: () => `exec ${findProgram('pwsh')} -NoLogo -WorkingDirectory "$PWD"`,
  // The user's prompt and reading come first, as they do where the profile was written before the hook was installed.
  rc: (userLines) => `${head(promptMarker)}\n${userLines}\n`,
  quote,
  variable: (name) => `\${env:${name}}`,
  cd: (dir) => `cd -LiteralPath ${quote(dir)}`,
  exportVar: (name, value) => `[Environment]::SetEnvironmentVariable('${name}', ${literal(value)})`,
  exportFile: (name, file) => `$env:${name} = [IO.File]::ReadAllText(${literal(file)})`,
  setLocal: (name, value) => `$global:${name} = ${literal(value)}`,
  unset: (name) => `Remove-Item -LiteralPath Env:${name} -ErrorAction Ignore`,
  dumpVariables: (names, toFile) => `testkit_dump ${quote(toFile)} ${names.join(',')}`,
  sourceFile: (path) => {
    if (/\.ps[md]1$/.test(path)) return `Import-Module -Name ${literal(path)}`;
    if (path.endsWith('.ps1')) return `. ${literal(path)}`;
    return `. ([ScriptBlock]::Create([IO.File]::ReadAllText(${literal(path)})))`;
  },
  evalOutput: (command) => `& ${command} | Out-String | Invoke-Expression`,
  runScript: (path) => {
    const pwsh = `${findProgram('pwsh')} -NoLogo`;
    return [
      `${pwsh} -File ${quote(path)}`,
      `Get-Content -Raw ${quote(path)} | ${pwsh} -Command -`,
      `${pwsh} -Command ${literal(`. ([ScriptBlock]::Create([IO.File]::ReadAllText(${literal(path)})))`)} | cat`,
    ];
  },
  defineFunction: (name, body) => `function global:${name} { ${body} }`,
  subshell: () => undefined,
  capture: (line) => `"[$(${line})]"`,
});
