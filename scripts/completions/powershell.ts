import { type CompletedCommand, lists, type Source } from './commands.ts';

/** The completions for PowerShell, in ASCII: Windows PowerShell reads a file without a byte order mark as ANSI. */
export function powershellCompletions(commands: readonly CompletedCommand[]): string {
  return `# Completions of bedrockenv for PowerShell. Made from the table of commands: node scripts/docs.ts

Register-ArgumentCompleter -Native -CommandName bedrockenv -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  Set-StrictMode -Off
  $lists = @{
${Object.entries(lists)
  .map(([name, words]) => `    ${name} = ${quoted(words.join(' '))}`)
  .join('\n')}
  }
  # By command: what it does, its flags (what they do, and what they take if they take a word), what its arguments may be.
  $commands = [ordered]@{
${commands.map(ofCommand).join('\n')}
  }
  $single = '[' + [char]39 + [char]0x2018 + [char]0x2019 + [char]0x201a + [char]0x201b + ']'
  $double = '[' + [char]34 + [char]0x201c + [char]0x201d + [char]0x201e + ']'

  # One completion. PowerShell takes five characters for the single quote, and each stands for itself when doubled.
  function result($text, $about, $kind) {
    $plain = $text -cmatch '^[A-Za-z0-9_/.-][A-Za-z0-9_/.:+=-]*$'
    $word = if ($plain) { $text } else { [char]39 + ($text -replace $single, '$0$0') + [char]39 }
    [System.Management.Automation.CompletionResult]::new($word, $text, $kind, $about)
  }

  # What was typed before the cursor, and the word at it.
  $before = [System.Collections.Generic.List[string]]::new()
  $at = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -lt $cursorPosition) { $before.Add($element.Extent.Text) }
    elseif ($element.Extent.StartOffset -lt $cursorPosition) { $at = $element.Extent.Text }
  }
  if ($at -match ('^' + $single)) { $at = $at.Substring(1) -replace ($single + '$'), '' }
  elseif ($at -match ('^' + $double)) { $at = $at.Substring(1) -replace ($double + '$'), '' }

  $name, $flag, $sources, $position = '', '', $null, 0
  foreach ($word in $before) {
    if ($flag) { $flag = ''; continue }
    if (-not $name) { if ($word -notlike '-*') { $name = $word }; continue }
    if ($word -notlike '-*') { $position += 1; continue }
    $known = if ($commands.Contains($name)) { $commands[$name].Flags[$word] }
    if ($known -and $known.Count -gt 1) { $flag = $word }
  }
  if (-not $name) {
    foreach ($entry in $commands.GetEnumerator()) {
      if ($entry.Key.StartsWith($at, 'Ordinal')) { result $entry.Key $entry.Value.About 'Command' }
    }
    return
  }
  if (-not $commands.Contains($name)) { return }
  $command = $commands[$name]
  if ($command.PassThrough -and -not $flag -and ($position -gt 0 -or $before.Contains('--'))) {
    if ($position -eq 0) { [System.Management.Automation.CompletionCompleters]::CompleteCommand($at) }
    return
  }
  if ($flag) { $sources = $command.Flags[$flag][1] }
  elseif ($at -like '-*') {
    foreach ($entry in $command.Flags.GetEnumerator()) {
      if ($entry.Key.StartsWith($at, 'Ordinal')) { result $entry.Key $entry.Value[0] 'ParameterName' }
    }
    return
  }
  elseif ($command.Args.Count) {
    $last = $command.Args.Count - 1
    if ($position -le $last) { $sources = $command.Args[$position] }
    elseif ($command.Variadic) { $sources = $command.Args[$last] }
  }

  $asked = [System.Collections.Generic.List[string]]::new()
  $found = foreach ($source in -split $sources) {
    if ($source -like '=*') { $source.Substring(1) }
    elseif ($lists.ContainsKey($source)) { -split $lists[$source] }
    elseif ($source -ne 'directories') { $asked.Add($source) }
  }
  if ($asked.Count) {
    $encoding = [Console]::OutputEncoding
    try {
      [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
      $found = @($found) + @(& bedrockenv candidates $asked 2>$null)
    }
    catch { $null = $_ }
    finally { [Console]::OutputEncoding = $encoding }
  }
  foreach ($each in $found) {
    if ($each -and $each.StartsWith($at, 'Ordinal')) { result $each $each 'ParameterValue' }
  }
}
`;
}

function ofCommand({ name, summary, flags, args, isVariadic, passThrough }: CompletedCommand): string {
  const values = flags.map(({ name: flag, summary: about, takes }) => {
    const words = [about, ...(takes === undefined ? [] : [joined(takes)])];
    return `        ${quoted(flag)} = @(${words.map(quoted).join(', ')})`;
  });
  return [
    `    ${quoted(name)} = @{`,
    `      About = ${quoted(summary)}`,
    `      Args = @(${args.map((sources) => quoted(joined(sources))).join(', ')})`,
    `      Variadic = $${isVariadic}`,
    `      PassThrough = $${passThrough}`,
    '      Flags = [ordered]@{',
    ...values,
    '      }',
    '    }',
  ].join('\n');
}

function joined(sources: readonly Source[]): string {
  return sources.join(' ');
}

function quoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, "''").replace(/[^\x20-\x7e]/g, '?')}'`;
}
