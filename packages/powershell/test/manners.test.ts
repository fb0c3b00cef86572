import { afterEach, beforeEach, expect, test } from 'vitest';
import { describePwsh, manifest, moduleFile, Sandbox } from './sandbox.ts';

describePwsh('manners', () => {
  let box: Sandbox;
  let dir: string;
  beforeEach(() => {
    box = new Sandbox();
    dir = box.project('app');
  });
  afterEach(() => box.remove());

  /** Everything that the module could leave behind. */
  const census = `function global:census {
  $functions = Get-ChildItem Function: | ForEach-Object { $_.Name + '=' + $_.ScriptBlock.GetHashCode() }
  $aliases = (Get-ChildItem Alias:).Name
  $variables = (Get-Variable -Scope Global).Name
  $env = Get-ChildItem Env: | ForEach-Object { $_.Name + '=' + $_.Value }
  return ($functions + $aliases + $variables + $env) -join [char]10
}
$a = $b = $null
`;

  test('Remove-Module puts back the variables, the prompt and the reading, and leaves nothing', async () => {
    const { out, said } = await box.run(
      `$null = prompt; cd '${dir}'; $null = prompt
out $env:AWS_REGION
$null = PSConsoleHostReadLine
Remove-Module bedrockenv
cd '${box.home}'
$b = census
out @(Compare-Object ($a -split [char]10) ($b -split [char]10) | ForEach-Object { $_.InputObject })
cd '${dir}'; out (prompt); out $env:AWS_REGION`,
      {
        before: `Import-Module Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management\n${census}\n$env:AWS_REGION = 'mine'; $a = census`,
      },
    );
    expect(out).toEqual(['eu-central-1', [], 'PS> ', 'mine']);
    expect(said).toEqual(['bedrockenv: corp']);
  });

  test('a pause after one session is none for another', async () => {
    const dirs = ['one', 'two'].map((name) =>
      box.project(name, {
        login: 'notify',
        session: {
          kind: 'sso',
          name,
          profile: name,
          tokenFile: `${box.home}/${name}.json`,
          cooldownFile: `${box.state}/cooldown/${name}`,
        },
      }),
    );
    const there = [...dirs, ...dirs].map((each) => `cd '${each}'; $null = prompt`).join('\n');
    const { said } = await box.run(there);
    const told = said.filter((line) => line.includes('expired; sign in'));
    expect(told).toEqual(
      ['one', 'two'].map((name) => `bedrockenv: session ${name} is expired; sign in with: bedrockenv login`),
    );
  });

  test('a prompt that has wrapped ours outlives the module', async () => {
    const { out } = await box.run(
      `$inner = $function:prompt
function global:prompt { 'mine ' + (& $inner) }
cd '${dir}'; out (prompt)
Remove-Module bedrockenv
out (prompt)
out (Test-Path Env:AWS_PROFILE)
cd '${box.home}'; cd '${dir}'; out (prompt)
out (Test-Path Env:AWS_PROFILE)`,
    );
    expect(out).toEqual(['mine PS> ', 'mine PS> ', false, 'mine PS> ', false]);
  });

  test('imported again, by force, twice: the prompt is wrapped once', async () => {
    const { out, said } = await box.run(
      `$global:count = 0
Import-Module '${manifest}' -Force; Import-Module '${manifest}' -Force
cd '${dir}'; out (prompt); out $global:count; out $env:AWS_PROFILE
Import-Module '${manifest}' -Force
out (prompt); out $env:AWS_PROFILE
Remove-Module bedrockenv
out ($function:prompt.ToString() -match 'count')
out (Test-Path Env:AWS_PROFILE)`,
      { before: "function global:prompt { $global:count++; 'PS> ' }" },
    );
    expect(out).toEqual(['PS> ', 1, 'corp', 'PS> ', 'corp', true, false]);
    expect(said).toEqual(['bedrockenv: corp', 'bedrockenv: corp']);
  });

  test('a prompt that is defined after the import is wrapped when the line is read', async () => {
    const { out, said } = await box.run(
      `function global:prompt { 'new> ' }
cd '${dir}'
out (prompt); out (Test-Path Env:AWS_PROFILE)
# What was said stands below the prompt, so the host shall show it again.
out (PSConsoleHostReadLine); out $env:AWS_PROFILE
out (prompt); out (PSConsoleHostReadLine)
cd '${box.home}'; out (prompt); out (Test-Path Env:AWS_PROFILE); out (PSConsoleHostReadLine)
# And again, around the one that is there.
$old = $function:prompt
function global:prompt { 'newer ' + (& $old) }
cd '${dir}'; out (prompt); out $env:AWS_PROFILE; out (PSConsoleHostReadLine)`,
    );
    expect(out).toEqual([
      ...['new> ', false, '', 'corp', 'new> ', 'a line', 'new> ', false, 'a line'],
      ...['newer new> ', 'corp', 'a line'],
    ]);
    expect(said).toEqual(['bedrockenv: corp', 'bedrockenv: corp']);
  });

  test('the prompt finds the $? and the $LASTEXITCODE of the user; $Error has nothing of ours', async () => {
    const { out } = await box.run(
      `$Error.Clear()
foreach ($place in '${dir}', '${box.home}', '${box.home}/other') {
  Set-Location -LiteralPath $place
  $null = 1; out (prompt)
  Write-Error 'x' -ErrorAction Ignore; out (prompt)
  Write-Error 'x' -ErrorAction Ignore; out (PSConsoleHostReadLine)
}
out (Test-Path Variable:global:LASTEXITCODE)
sh -c 'exit 7'; out (prompt); out $LASTEXITCODE
out $Error.Count`,
      {
        before: `New-Item -ItemType Directory '${box.home}/other' > $null
Set-Content '${box.home}/other/.bedrockrc' 'x: y'
function global:prompt { "ok=$?" }
function global:PSConsoleHostReadLine { "ok=$?" }`,
      },
    );
    const three = ['ok=True', 'ok=False', 'ok=False'];
    expect(out).toEqual([...three, ...three, ...three, false, 'ok=False', 7, 0]);
  });

  test('under StrictMode and Stop, from the profile on', async () => {
    const { out, said } = await box.run(
      `cd '${dir}'; $null = prompt; out $env:AWS_PROFILE; $null = PSConsoleHostReadLine
function global:prompt { 'new> ' }
cd '${box.home}'; $null = prompt; $null = PSConsoleHostReadLine; out (Test-Path Env:AWS_PROFILE)
out "$ErrorActionPreference"
$failed = try { $undefined } catch { 'strict' }; out $failed
Remove-Module bedrockenv; out $Error.Count`,
      { before: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'" },
    );
    expect(out).toEqual(['corp', false, 'Stop', 'strict', 1]);
    expect(said).toEqual(['bedrockenv: corp']);
  });

  test('a place that is no directory changes nothing', async () => {
    const { out } = await box.run(
      `cd '${dir}'; $null = prompt
foreach ($place in 'Env:', 'Function:', 'Variable:') { cd $place; $null = prompt; out $env:AWS_PROFILE }
cd '${box.home}'; $null = prompt; out (Test-Path Env:AWS_PROFILE)
$null = New-PSDrive -Name Work -PSProvider FileSystem -Root '${box.home}'
cd Work:/app; $null = prompt; out $env:AWS_PROFILE`,
    );
    expect(out).toEqual(['corp', 'corp', 'corp', false, 'corp']);
  });

  test('ConstrainedLanguage: quiet, and nothing is done', async () => {
    const load = [`Import-Module '${manifest}'`, `. ([ScriptBlock]::Create([IO.File]::ReadAllText('${moduleFile}')))`];
    const { out, shown } = await box.run(
      `out "$($ExecutionContext.SessionState.LanguageMode)"
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
${load[0]}
cd '${dir}'; $p = prompt`,
      { load: '' },
    );
    expect(out).toEqual(['FullLanguage']);
    expect(shown.trim()).toBe('');
  });

  test('-Command and -File: the prompt, the functions and the variables are untouched', async () => {
    const script = box.write(
      'plain.ps1',
      `$before = (Get-ChildItem Function:).Name + (Get-ChildItem Env:).Name -join ' '
$original = $function:prompt
Import-Module '${manifest}'
cd '${dir}'
$null = prompt
$after = (Get-ChildItem Function:).Name + (Get-ChildItem Env:).Name -join ' '
"same: $($before -eq $after) $([object]::ReferenceEquals($original, $function:prompt)) $(Test-Path Env:AWS_PROFILE)"`,
    );
    for (const args of [
      ['-NoProfile', '-File', script],
      ['-NoProfile', '-Command', `. '${script}'`],
    ]) {
      const { shown } = await box.run('', { args });
      expect(shown.trim()).toBe('same: True True False');
    }
  });

  test('CLAUDECODE: nothing is wrapped', async () => {
    const { out, said } = await box.run(
      `cd '${dir}'; out (prompt); out (Test-Path Env:AWS_PROFILE); out ($function:prompt.ToString())`,
      { env: { CLAUDECODE: '1' } },
    );
    expect(out).toEqual(['PS> ', false, " 'PS> ' "]);
    expect(said).toEqual([]);
  });
});
