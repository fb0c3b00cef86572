# Tries the installed command from PowerShell 7 or Windows PowerShell 5.1, without a terminal: what it prints is evaluated,
# the module is imported, completions complete, a directory's variables arrive.
#   scripts/smoke/smoke.ps1 BIN    BIN: where bedrockenv is (scripts/packed.ts prints it)
param([Parameter(Mandatory)] [string] $Bin)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$place = Join-Path ([IO.Path]::GetTempPath()) ('bedrockenv smoke ' + [Guid]::NewGuid().ToString('N'))
$env:PATH = $Bin + [IO.Path]::PathSeparator + $env:PATH
$env:HOME = $env:USERPROFILE = $env:APPDATA = $env:LOCALAPPDATA = $place
$env:XDG_STATE_HOME = $env:XDG_CONFIG_HOME = $env:XDG_CACHE_HOME = $null
$env:AWS_CONFIG_FILE = Join-Path $place 'aws config'

function Test-That([string] $What, [bool] $Holds) {
  if (-not $Holds) { throw "not so: $What" }
  "ok    $What"
}

try {
  $project = Join-Path $place 'a project'
  $null = New-Item -ItemType Directory -Path $project
  [IO.File]::WriteAllText($env:AWS_CONFIG_FILE, "[profile 'my team']`nregion = eu-west-1`n")
  [IO.File]::WriteAllText((Join-Path $project '.bedrockrc'), "profile: my team`nmodel: sonnet`n")

  Test-That 'the version is one' ((bedrockenv --version) -match '^\d+\.\d+\.\d+')
  # Windows PowerShell makes an error of each line on stderr, once that is redirected.
  $ErrorActionPreference = 'Continue'
  $said = bedrockenv allow $project 2>&1
  $ErrorActionPreference = 'Stop'
  if ($LASTEXITCODE -ne 0) { throw "bedrockenv allow: $said" }

  bedrockenv export --dir $project --format powershell | Out-String | Invoke-Expression
  Test-That 'its profile arrives' ($env:AWS_PROFILE -ceq 'my team')
  Test-That 'its region arrives' ($env:AWS_REGION -ceq 'eu-west-1')
  Test-That 'its model arrives' ($env:ANTHROPIC_MODEL -clike 'eu.anthropic.claude-sonnet-*')

  $said = bedrockenv exec --dir $project -- node -p 'process.env.AWS_PROFILE'
  Test-That 'a program gets the variables' ($said -ceq 'my team')

  $Error.Clear()
  bedrockenv hook powershell | Out-String | Invoke-Expression
  Test-That 'the hook is evaluated without an error' ($Error.Count -eq 0)
  Remove-Module bedrockenv -ErrorAction Ignore
  Import-Module (Join-Path $Bin '../@bedrockenv/powershell/bedrockenv.psd1')
  Test-That 'the module is imported' ($null -ne (Get-Module bedrockenv))
  Remove-Module bedrockenv

  bedrockenv completions powershell | Out-String | Invoke-Expression
  $line = 'bedrockenv stat'
  $found = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
  Test-That 'a command completes' ($found -ceq 'status')
  $line = 'bedrockenv use --profile my'
  $found = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
  Test-That 'a profile with a space completes' ($found -ceq "'my team'")
}
finally { Remove-Item -LiteralPath $place -Recurse -Force -ErrorAction Ignore }
