# Completions of bedrockenv for PowerShell. Made from the table of commands: node scripts/docs.ts

Register-ArgumentCompleter -Native -CommandName bedrockenv -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  Set-StrictMode -Off
  $lists = @{
    models = 'opus sonnet haiku claude-opus-5-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7 claude-opus-4-6 claude-opus-4-5 claude-opus-4-1 claude-sonnet-5-5 claude-sonnet-5 claude-sonnet-4-6 claude-sonnet-4-5 claude-sonnet-4 claude-haiku-5-5 claude-haiku-4-5'
    regions = 'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1'
    variables = 'CLAUDE_CODE_USE_BEDROCK AWS_PROFILE AWS_REGION ANTHROPIC_MODEL ANTHROPIC_DEFAULT_OPUS_MODEL ANTHROPIC_DEFAULT_SONNET_MODEL ANTHROPIC_DEFAULT_HAIKU_MODEL ANTHROPIC_SMALL_FAST_MODEL ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION DISABLE_PROMPT_CACHING ENABLE_PROMPT_CACHING_1H CLAUDE_CODE_MAX_OUTPUT_TOKENS MAX_THINKING_TOKENS CLAUDE_CODE_EFFORT_LEVEL ANTHROPIC_BEDROCK_SERVICE_TIER AWS_BEARER_TOKEN_BEDROCK ANTHROPIC_BEDROCK_BASE_URL BEDROCKENV_DIR BEDROCKENV_PROFILE BEDROCKENV_MODEL'
  }
  # By command: what it does, its flags (what they do, and what they take if they take a word), what its arguments may be.
  $commands = [ordered]@{
    'setup' = @{
      About = 'the hook in your shells, your defaults, Claude Code'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--yes' = @('ask nothing: every shell of this machine, and what the other flags say')
        '--shell' = @('only these', '=zsh =bash =fish =powershell')
        '--profile' = @('the AWS profile where no directory says otherwise', 'profiles')
        '--region' = @('the AWS region there', 'regions')
        '--model' = @('the model there', 'models aliases')
        '--scope' = @('who gets the AWS identity', '=shell =claude')
        '--login' = @('what happens when a session has expired', '=auto =ask =notify =off')
        '--claude-settings' = @('write Claude Code''s user settings too; --scope claude does')
        '--no-rc' = @('write no rc file: print the lines')
        '--dry-run' = @('only show what would be written')
      }
    }
    'status' = @{
      About = 'what applies in this directory, and why'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--json' = @('for programs')
      }
    }
    'explain' = @{
      About = 'where each variable comes from, and who uses it'
      Args = @('variables')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--json' = @('for programs')
      }
    }
    'use' = @{
      About = 'choose the profile, model or environment of this directory'
      Args = @('models aliases profiles environments')
      Variadic = $true
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--profile' = @('the AWS profile', 'profiles')
        '--region' = @('the AWS region', 'regions')
        '--pin' = @('write exact inference profile IDs, which stay when newer models come')
        '--global' = @('for everywhere: edits default: of the user config')
      }
    }
    'allow' = @{
      About = 'approve a .bedrockrc as it is now'
      Args = @('directories')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'deny' = @{
      About = 'never ask about a .bedrockrc again'
      Args = @('directories')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'revoke' = @{
      About = 'forget what was said about a .bedrockrc'
      Args = @('directories')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'edit' = @{
      About = 'edit the .bedrockrc and approve the edit'
      Args = @('directories')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'prune' = @{
      About = 'forget files that no longer exist'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'profiles' = @{
      About = 'AWS profiles as the AWS CLI sees them'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--json' = @('for programs')
      }
    }
    'sessions' = @{
      About = 'sign-in sessions and the time they have left'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--json' = @('for programs')
      }
    }
    'models' = @{
      About = 'Claude models that a region can use, and why not the rest'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--region' = @('the AWS region; without it the directory''s', 'regions')
        '--refresh' = @('ask the account what it has there, and keep the answer')
        '--json' = @('for programs')
      }
    }
    'login' = @{
      About = 'sign in, unless the session is still good'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--profile' = @('for this AWS profile; without it the directory''s', 'profiles')
        '--session' = @('to this sso-session', 'sessions')
        '--flow' = @('open a browser here, or print URL and code for one elsewhere; remembered on this host until auto', '=auto =browser =device')
        '--no-tty' = @('also without a terminal: prints URL and code, gives up within 3 minutes')
      }
    }
    'credentials' = @{
      About = 'print a profile''s temporary credentials'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--profile' = @('of this AWS profile; without it the directory''s', 'profiles')
        '--no-fallback' = @('where there are none, print some that AWS refuses: with none, Claude Code goes on with your own')
      }
    }
    'doctor' = @{
      About = 'what is wrong, with evidence and a fix'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--json' = @('for programs')
        '--live' = @('also ask AWS STS and Amazon Bedrock what these credentials may do')
        '--invoke' = @('also send each model the smallest request, which costs next to nothing')
      }
    }
    'claude-settings' = @{
      About = 'put what applies here into Claude Code''s settings files'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--scope' = @('which file; without it local in a project, user elsewhere', '=user =project =local =managed')
        '--diff' = @('show the keys that differ; exit code 1 if there are any')
        '--write' = @('write them; every other byte of the file stays')
        '--undo' = @('take back what was written; what was edited by hand since stays')
        '--json' = @('for programs')
      }
    }
    'export' = @{
      About = 'print this directory''s variables'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--dir' = @('as if in that directory', 'directories')
        '--format' = @('one of', '=zsh =bash =fish =powershell =json =dotenv =github')
      }
    }
    'exec' = @{
      About = 'run a program with this directory''s variables'
      Args = @()
      Variadic = $true
      PassThrough = $true
      Flags = [ordered]@{
        '--help' = @('show help')
        '--dir' = @('as if in that directory', 'directories')
        '--profile' = @('with this AWS profile instead', 'profiles')
        '--model' = @('with this model instead', 'models aliases')
      }
    }
    'iam-policy' = @{
      About = 'the IAM policy that Claude Code needs'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--least' = @('for the directory''s models alone, with exact ARNs')
        '--model' = @('with --least: for these models instead', 'models aliases')
        '--profile' = @('for this AWS profile, which names the account', 'profiles')
        '--region' = @('for this AWS region, which gives the partition', 'regions')
        '--no-marketplace' = @('without the subscription to models, where the account has subscribed')
      }
    }
    'hook' = @{
      About = 'print the hook for a shell'
      Args = @('=zsh =bash =fish =powershell =direnv')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'uninstall' = @{
      About = 'take back everything that setup and the other commands made'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--yes' = @('do not ask first')
        '--keep-config' = @('leave the user config as it is')
        '--dry-run' = @('only name the files')
      }
    }
    'completions' = @{
      About = 'print the completions for a shell'
      Args = @('=zsh =bash =fish =powershell')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'schema' = @{
      About = 'print the JSON Schema of a file'
      Args = @('=bedrockrc =config =policy')
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
      }
    }
    'demo' = @{
      About = 'see it at work in a sandbox'
      Args = @()
      Variadic = $false
      PassThrough = $false
      Flags = [ordered]@{
        '--help' = @('show help')
        '--shell' = @('the shell to show it in', '=zsh =bash =fish =powershell')
      }
    }
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
