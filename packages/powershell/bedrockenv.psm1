# bedrockenv for PowerShell (7.2 and later, Windows PowerShell 5.1): sets what a directory needs to run Claude Code on
# Amazon Bedrock.
#
# The CLI compiles each directory's environment into a plan, NUL-separated fields in a file; this hook reads it with
# .NET calls and sets the variables. It evaluates no text and, while nothing changes, starts no process.
# The fields and the algorithm: docs/plan.md. The same sections stand in the same order in every shell's hook.
# PowerShell has no event for a change of directory, so all of it happens at the prompt.
#
# ASCII only: Windows PowerShell reads a file without a BOM in the machine's code page.

# -- 1. Guards ---------------------------------------------------------------------------------------------------------

Microsoft.PowerShell.Core\Set-StrictMode -Off
Microsoft.PowerShell.Core\Export-ModuleMember

# In ConstrainedLanguage nothing of .NET may be called. `prompt` is never called for -Command and -File, and only a
# session that reads its lines from a person has PSReadLine's function.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { return }
if ([Environment]::GetEnvironmentVariable('CLAUDECODE')) { return }
if ($null -eq ${function:global:PSConsoleHostReadLine} -or [Console]::IsInputRedirected) { return }

# The user's preferences are for the user's commands.
$ErrorActionPreference = 'Stop'
$OFS = ' '

$Separator = [IO.Path]::DirectorySeparatorChar
$OnWindows = $Separator -eq '\'
# Not `-ceq`: that compares as a culture does, for which some characters do not count.
$Ordinal = [StringComparison]::Ordinal
$PathComparison = if ($OnWindows) { [StringComparison]::OrdinalIgnoreCase } else { $Ordinal }
# The modification time that .NET gives for what does not exist, and the one where Unix time begins, in ticks of 100 ns.
$Never = [DateTime]::FromFileTimeUtc(0).Ticks
$UnixEpoch = 621355968000000000
$Second = 10000000
$ReparsePoint = [int][IO.FileAttributes]::ReparsePoint
$NoFile = [int]([IO.FileAttributes]::Directory -bor [IO.FileAttributes]::Device)
# Bytes that are no UTF-8 must not be read as if they were, and a BOM is a part of the text.
$Utf8 = [Text.UTF8Encoding]::new($false, $true)
$Dot = ' ' + [char]0xB7 + ' '

# The closed list. A name from a plan or an inherited record is looked up here before anything else is done with it.
$Names = [Collections.Generic.HashSet[string]]::new([string[]](
    'CLAUDE_CODE_USE_BEDROCK', 'AWS_PROFILE', 'AWS_REGION', 'ANTHROPIC_MODEL', 'ANTHROPIC_DEFAULT_OPUS_MODEL',
    'ANTHROPIC_DEFAULT_SONNET_MODEL', 'ANTHROPIC_DEFAULT_HAIKU_MODEL', 'ANTHROPIC_SMALL_FAST_MODEL',
    'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION', 'DISABLE_PROMPT_CACHING', 'ENABLE_PROMPT_CACHING_1H',
    'CLAUDE_CODE_MAX_OUTPUT_TOKENS', 'MAX_THINKING_TOKENS', 'CLAUDE_CODE_EFFORT_LEVEL',
    'ANTHROPIC_BEDROCK_SERVICE_TIER', 'AWS_BEARER_TOKEN_BEDROCK', 'ANTHROPIC_BEDROCK_BASE_URL', 'BEDROCKENV_DIR',
    'BEDROCKENV_PROFILE', 'BEDROCKENV_MODEL'), [StringComparer]::Ordinal)
# What a plan may depend on.
$AmbientNames = [Collections.Generic.HashSet[string]]::new([string[]](
    'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE', 'BEDROCKENV_CONFIG'), [StringComparer]::Ordinal)
$Operations = [Collections.Generic.HashSet[string]]::new(
  [string[]]('set', 'unset', 'env', 'file', 'command'), [StringComparer]::Ordinal)

# Where we are, and the directory files from there up to the applied one (or to the root), which must stay absent.
$State = $Safe = $Location = $Failed = ''
$Here = $null
$Nearer = [Collections.Generic.List[string]]::new()
# What is applied: its directory, the fields of its plan, the record as this shell wrote it.
$Directory = $Root = $Generation = $Label = $Kind = $Session = $ProfileName = $Token = $Login = $CoolDown = $Own = ''
$Notes = @()
# What to watch (files and their modification times, in ticks), and files that could not be read.
$Watched = [Collections.Generic.List[string]]::new()
$WatchedTicks = [Collections.Generic.List[long]]::new()
$Unreadable = [Collections.Generic.List[string]]::new()
# Who we are, once the kernel has been asked.
$UserId = $null
# The fields of the plan that Find-Plan found, and those of plans that were read before, by file, with its time.
$Plan = @()
$Plans = [Collections.Generic.Dictionary[string, object]]::new([StringComparer]::Ordinal)
# The session: when it ends (ticks; 0: there is no usable token), and whether it renews itself. The same of token files that
# were read before, by kind and file, with the file's time.
$Expires = [long]0
$Renews = $false
$Expiries = [Collections.Generic.Dictionary[string, object]]::new([StringComparer]::Ordinal)
# When this shell may ask again (ticks), by token file: a pause after one session is none for another.
$Pauses = [Collections.Generic.Dictionary[string, long]]::new([StringComparer]::Ordinal)
# What was changed by hand, from leaving to entering again.
$KeptRoot = $null
# A secret's value lies in no record: the one that we set; the one before, if it is known; is there one that is not?
$Secret = $Before = $null
$Lost = $false
$Unknown = 'AWS_BEARER_TOKEN_BEDROCK is unset here: only the shell that replaced it knows its value'
$Kept = @{}
# What was passed over, and what has been said of it; what the status line is about, and was about when it was shown.
$Pending = @()
$Reported = @{}
$Status = $Shown = $Unsafe = $Said = $Gone = $Adopt = ''
$Settled = $Busy = $Removed = $BelowPrompt = $false
# Since the last line was read: the event has run to its end, the prompt too, and the CLI was run.
$Turn = @{ Event = $false; Prompt = $false; Cli = $false }
# Of the directory file that was read last.
$Text = $null

# -- 2. Reading --------------------------------------------------------------------------------------------------------
# A call of a function costs as much as thirty looks at a file, so what each prompt or switch does is written out in
# place.

# A real directory of Windows as a path below the trees of the state folder: the drive loses its colon, and a share goes
# below UNC. C:\x is \C\x, \\server\share\x is \UNC\server\share\x, with or without \\?\ before it. Elsewhere the
# directory is that path itself.
function ConvertTo-StatePath([string]$Path) {
  $Path = $Path.Replace('/', '\').TrimEnd([char]'\')
  if ($Path.StartsWith('\\?\UNC\', [StringComparison]::OrdinalIgnoreCase)) { return '\UNC\' + $Path.Substring(8) }
  if ($Path.StartsWith('\\?\', $Ordinal)) { $Path = $Path.Substring(4) }
  if ($Path.StartsWith('\\', $Ordinal)) { return '\UNC\' + $Path.Substring(2) }
  if ($Path.Length -lt 2 -or $Path[1] -ne ':') { return $Path }
  return '\' + $Path.Substring(0, 1).ToUpperInvariant() + $Path.Substring(2)
}

# The place of a real directory's file in a tree of the state folder.
function Get-StateFile([string]$Tree, [string]$Path) {
  if (-not $OnWindows) { return $State + '/' + $Tree + $Path.TrimEnd($Separator) + '/.bedrockrc' }
  return $State + '\' + $Tree + (ConvertTo-StatePath $Path) + '\.bedrockrc'
}

# Where a link points to, as it says; '' for what is no link.
function Get-LinkTarget([string]$Path) {
  $file = [IO.FileInfo]::new($Path)
  if ([int]$file.Attributes -eq -1) { return '' }
  if ($null -ne $file.PSObject.Properties['LinkTarget']) { return [string]$file.LinkTarget }
  # Windows PowerShell knows it only by way of the provider.
  return [string](Microsoft.PowerShell.Management\Get-Item -LiteralPath $Path -Force).Target
}

# A directory without symbolic links. What does not exist stays as it is.
function Resolve-Directory([string]$Path) {
  $real = [IO.Path]::GetPathRoot($Path)
  $rest = [Collections.Generic.List[string]]::new([string[]]$Path.Substring($real.Length).Split($Separator))
  for ($links = 0; $rest.Count -gt 0 -and $links -lt 40; ) {
    $name = $rest[0]
    $rest.RemoveAt(0)
    if ($name.Length -eq 0 -or $name.Equals('.')) { continue }
    if ($name.Equals('..')) {
      $above = [IO.Path]::GetDirectoryName($real)
      if ($above) { $real = $above }
      continue
    }
    $at = if ($real[-1] -eq $Separator) { $real + $name } else { $real + $Separator + $name }
    $target = if ([int][IO.FileInfo]::new($at).Attributes -band $ReparsePoint) { Get-LinkTarget $at }
    if (-not $target) { $real = $at; continue }
    $links++
    $root = [IO.Path]::GetPathRoot($target)
    if ($root) { $real = $root }
    $rest.InsertRange(0, [string[]]$target.Substring($root.Length).Split($Separator))
  }
  return $real
}

# Watches a path, and where it is a link what that points to. Gives the file itself; nothing if there is none.
function Watch-File([string]$Path) {
  for ($links = 0; $links -lt 40; $links++) {
    $file = [IO.FileInfo]::new($Path)
    $time = $file.LastWriteTimeUtc
    # What may not be looked at, or has too long a name, is not there.
    if ($null -eq $time) { return }
    $Watched.Add($Path)
    $WatchedTicks.Add($time.Ticks)
    $attributes = [int]$file.Attributes
    if ($attributes -eq -1) { return }
    if (-not ($attributes -band $ReparsePoint)) { return $file }
    $target = Get-LinkTarget $Path
    if (-not $target) { return $file }
    $Path = [IO.Path]::Combine((Resolve-Directory ([IO.Path]::GetDirectoryName($Path))), $target)
  }
}

# Whether what has no length may be read without waiting for anyone. A FIFO, a socket and a device have none.
function Test-RegularFile([IO.FileInfo]$File) {
  if ([int]$File.Attributes -band $NoFile) { return $false }
  if ($File.Length -gt 0 -or $OnWindows) { return $true }
  $stat = (Microsoft.PowerShell.Management\Get-Item -LiteralPath $File.FullName -Force).UnixStat
  return $null -ne $stat -and ($stat.Mode -band 0xF000) -eq 0x8000
}

# The text of a small file, by whatever path; '' if there is none.
function Read-SmallFile([string]$Path, [int]$Limit) {
  try {
    $file = [IO.FileInfo]::new($Path)
    if ([int]$file.Attributes -band $ReparsePoint) {
      $file = [IO.FileInfo]::new((Resolve-Directory $Path))
    }
    if ($file.Length -gt 0 -and $file.Length -le $Limit) { return [IO.File]::ReadAllText($file.FullName) }
  } catch { }
  return ''
}

# The verdict on the file of a directory: '' (there is none), 'broken (...)', or 'text', which is then in $Text.
function Get-Verdict([string]$Path) {
  $script:Text = $null
  $file = [IO.FileInfo]::new($Path)
  $attributes = [int]$file.Attributes
  if ($attributes -eq -1) { return '' }
  if ($attributes -band $ReparsePoint) { $file = Watch-File $Path }
  else {
    $Watched.Add($Path)
    $WatchedTicks.Add($file.LastWriteTimeUtc.Ticks)
  }
  # A link to nowhere, or in a circle, is there all the same.
  if ($null -eq $file -or [int]$file.Attributes -band $NoFile) { return 'broken (not a regular file)' }
  if ($file.Length -eq 0 -and -not (Test-RegularFile $file)) { return 'broken (not a regular file)' }
  try {
    if ($file.Length -gt 65536) {
      [IO.File]::OpenRead($file.FullName).Dispose()
      return 'broken (larger than 64 KiB)'
    }
    $bytes = if ($file.Length) { [IO.File]::ReadAllBytes($file.FullName) } else { [byte[]]@() }
  } catch {
    $Unreadable.Add($Path)
    return 'broken (not readable)'
  }
  if ([Array]::IndexOf($bytes, [byte]0) -ge 0) { return 'broken (contains a NUL byte)' }
  try { $script:Text = $Utf8.GetString($bytes) } catch { $script:Text = Format-Byte $bytes }
  return 'text'
}

# Bytes that are no UTF-8, as a text that no file has.
function Format-Byte([byte[]]$Bytes) { [char]0xD800 + [BitConverter]::ToString($Bytes) }

# Does a file of the state folder exist? It is watched from here on.
function Test-StateFile([string]$Path) {
  try { $ticks = [IO.File]::GetLastWriteTimeUtc($Path).Ticks } catch { return $false }
  $Watched.Add($Path)
  $WatchedTicks.Add($ticks)
  return $ticks -ne $Never
}

# Is a text what the user approved for a directory?
function Test-Approved([string]$Path, [string]$Text) {
  $approval = Get-StateFile 'approvals' $Path
  if (-not (Test-StateFile $approval)) { return $false }
  $file = [IO.FileInfo]::new($approval)
  if ($file.Length -gt 65536 -or -not (Test-RegularFile $file) -or -not (Test-Owner $approval)) { return $false }
  $bytes = if ($file.Length) { [IO.File]::ReadAllBytes($approval) } else { [byte[]]@() }
  try { $approved = $Utf8.GetString($bytes) } catch { $approved = Format-Byte $bytes }
  return [string]::Equals($approved, $Text)
}

# Does a path belong to this user? Windows keeps other users out of %LOCALAPPDATA% by itself.
function Test-Owner([string]$Path) {
  if ($OnWindows) { return $true }
  $item = Microsoft.PowerShell.Management\Get-Item -LiteralPath $Path -Force
  if ($null -eq $item.UnixStat) { return $true }
  # The kernel says who we are where it shows processes as files; elsewhere names must do.
  if (-not [IO.Directory]::Exists('/proc/self')) { return [string]::Equals($item.User, [Environment]::UserName) }
  if ($null -eq $UserId) {
    # /proc/self itself is a link, and root's.
    $self = Microsoft.PowerShell.Management\Get-Item -LiteralPath /proc/self/status -Force
    $script:UserId = $self.UnixStat.UserId
  }
  return $item.UnixStat.UserId -eq $UserId
}

# The fields of the plan at a path, if it is whole and the user's own; else nothing.
function Read-Plan([string]$File) {
  $info = [IO.FileInfo]::new($File)
  # A directory has no such length, a FIFO and a device have none at all.
  if (-not $info.Exists -or $info.Length -lt 64 -or $info.Length -gt 262144) { return }
  if ([int]$info.Attributes -band $ReparsePoint) { return }
  if (-not (Test-Owner $File)) { return }
  $fields = $Utf8.GetString([IO.File]::ReadAllBytes($File)).Split([char]0)
  $count = $fields.Length
  # `end`, and the empty field that the final NUL leaves: the plan is whole.
  if ($count -lt 18 -or -not $fields[0].Equals('bedrockenv-plan/1')) { return }
  if (-not $fields[$count - 2].Equals('end') -or $fields[$count - 1].Length) { return }
  $counts = $fields[1] + ' ' + $fields[12] + ' ' + $fields[13] + ' ' + $fields[14] + ' ' + $fields[15]
  if ($counts -cnotmatch '\A[0-9a-f]{16} [0-9]{1,3} [0-9]{1,3} [0-9]{1,3} [0-9]{1,3}\z') { return }
  $at = 16 + 2 * [int]$fields[12]
  for ($i = 16; $i -lt $at; $i += 2) {
    if (-not $AmbientNames.Contains($fields[$i])) { return }
  }
  $first = $at + 2 * [int]$fields[13] + [int]$fields[14]
  if ($count -ne $first + 3 * [int]$fields[15] + 2) { return }
  # A variable that is there twice could not be put back.
  $seen = [Collections.Generic.HashSet[string]]::new([StringComparer]::Ordinal)
  for ($i = $first; $i -lt $count - 2; $i += 3) {
    if (-not $Names.Contains($fields[$i + 1]) -or -not $Operations.Contains($fields[$i])) { return }
    if (-not $seen.Add($fields[$i + 1])) { return }
  }
  if ($Plans.Count -ge 32) { $Plans.Clear() }
  $Plans[$File] = $info.LastWriteTimeUtc.Ticks, $fields
  return , $fields
}

# Is a plan for this ambient environment, and are its inputs as they were? Then they are watched from here on.
# An input is compared with the size and the time that the plan itself records, not with its stamp: .NET reads times as
# ticks of 100 ns, which is finer than two writes of a file can be told apart.
function Test-Plan([string[]]$Fields) {
  $at = 16 + 2 * [int]$Fields[12]
  for ($i = 16; $i -lt $at; $i += 2) {
    $value = [Environment]::GetEnvironmentVariable($Fields[$i])
    $want = if ($null -eq $value) { '' } else { '=' + $value }
    if (-not [string]::Equals($want, $Fields[$i + 1])) { return $false }
  }
  $end = $at + 2 * [int]$Fields[13]
  for ($i = $at; $i -lt $end; $i += 2) {
    $path = $Fields[$i]
    $seen = $Fields[$i + 1]
    $file = [IO.FileInfo]::new($path)
    $time = $file.LastWriteTimeUtc
    $attributes = [int]$file.Attributes
    if ($null -eq $time) { $file = $null }
    elseif ($attributes -eq -1) {
      $file = $null
      $Watched.Add($path)
      $WatchedTicks.Add($Never)
    } elseif ($attributes -band $ReparsePoint) {
      $file = Watch-File $path
      if ($null -ne $file) { $time = $file.LastWriteTimeUtc }
    } else {
      $Watched.Add($path)
      $WatchedTicks.Add($time.Ticks)
    }
    if ($null -eq $file) {
      if ($seen.Length) { return $false }
      continue
    }
    $units = $time.Ticks - $UnixEpoch
    # The recorded time is in ns: two digits more.
    if ($units -eq 0) { $now = ' 0' }
    elseif ($seen.Length -gt 2) { $now = " $units" + $seen.Substring($seen.Length - 2) }
    else { return $false }
    if ([int]$file.Attributes -band [int][IO.FileAttributes]::Directory) {
      if (-not $seen.EndsWith($now, $Ordinal)) { return $false }
    } elseif (-not [string]::Equals([string]$file.Length + $now, $seen)) { return $false }
  }
  # Compiling anew, revoking and denying take away the stamps with the plan.
  $Watched.Add($Fields[11])
  $WatchedTicks.Add([IO.File]::GetLastWriteTimeUtc($Fields[11]).Ticks)
  return [IO.Directory]::Exists($Fields[11])
}

# Finds a plan of a directory ('' for outside of projects) that fits, and leaves its fields in $Plan.
function Find-Plan([string]$Path, [string]$Text) {
  $before = $Watched.Count
  if (-not $Path) { $file = $State + $Separator + 'default' }
  elseif ($OnWindows) { $file = Get-StateFile 'plans' $Path }
  else { $file = $State + '/plans' + $Path.TrimEnd($Separator) + '/.bedrockrc' }
  foreach ($slot in '', '.1', '.2', '.3') {
    try {
      # A plan that was read before is known by its time.
      $fields = $known = $null
      if ($Plans.TryGetValue($file + $slot, [ref]$known) -and
        [IO.File]::GetLastWriteTimeUtc($file + $slot).Ticks -eq $known[0]) { $fields = $known[1] }
      else { $fields = Read-Plan ($file + $slot) }
      if ($null -ne $fields -and [string]::Equals($fields[2], $Path, $PathComparison) -and
        [string]::Equals($fields[3], $Text) -and (Test-Plan $fields)) {
        $script:Plan = $fields
        return $true
      }
    } catch { }
    $Watched.RemoveRange($before, $Watched.Count - $before)
    $WatchedTicks.RemoveRange($before, $WatchedTicks.Count - $before)
  }
  return $false
}

# -- 3. What applies here ----------------------------------------------------------------------------------------------

# Where the recorded node and CLI lie, or else whatever `bedrockenv` is on PATH (a new Node version, a moved install):
# an application, so on Windows bedrockenv.cmd and never npm's bedrockenv.ps1, which a Restricted policy refuses.
function Get-CliCommand {
  $node, $cli = $global:_bedrockenv_node, $global:_bedrockenv_cli
  if ($node -and $cli -and [IO.File]::Exists($node) -and [IO.File]::Exists($cli)) { return [string]$node, [string]$cli }
  $found = $ExecutionContext.InvokeCommand.GetCommand('bedrockenv', 'Application')
  if ($found) { return [string]$found.Path }
  if (-not $Gone) { $script:Gone = 'new' }
}

# Runs the CLI on this terminal and waits for it. $Capture: gives what it writes to stdout.
# Not by `&`: inside of `prompt` that would take the terminal away from its output, and set $LASTEXITCODE.
function Invoke-Cli([string[]]$Words, [switch]$Capture) {
  [string[]]$command = @(Get-CliCommand) + $Words
  if ($command.Length -eq $Words.Length) { return }
  $start = [Diagnostics.ProcessStartInfo]::new($command[0])
  $start.UseShellExecute = $false
  if ([IO.Directory]::Exists($Location)) { $start.WorkingDirectory = $Location }
  $rest = $command[1..($command.Length - 1)]
  # cmd.exe would read these as its own, quoted or not.
  if ($command[0] -match '\.(cmd|bat)\z' -and "$rest" -match '["%\r\n]') { return }
  if ($null -ne $start.ArgumentList) {
    foreach ($word in $rest) { $start.ArgumentList.Add($word) }
  } else {
    $quoted = foreach ($word in $rest) { Format-Argument $word }
    $start.Arguments = $quoted -join ' '
  }
  if ($Capture) {
    $start.RedirectStandardOutput = $true
    $start.StandardOutputEncoding = $Utf8
  }
  $Turn.Cli = $true
  try { $process = [Diagnostics.Process]::Start($start) } catch {
    if (-not $Gone) { $script:Gone = 'new' }
    return
  }
  try {
    if ($Capture) { $process.StandardOutput.ReadToEnd() }
    $process.WaitForExit()
  } finally { $process.Dispose() }
}

# A word of a Windows command line, as the C runtime splits one: a backslash before a quote, doubled ones before that.
# Windows PowerShell has only the line.
function Format-Argument([string]$Word) {
  return '"' + ($Word -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1') + '"'
}

# The user config's path.
function Get-UserConfig {
  $given = [Environment]::GetEnvironmentVariable('BEDROCKENV_CONFIG')
  if ($given) { return [IO.Path]::Combine([Environment]::GetFolderPath('UserProfile'), $given) }
  if ($OnWindows) { return [Environment]::GetEnvironmentVariable('APPDATA') + '\bedrockenv\config.yaml' }
  $folder = [Environment]::GetEnvironmentVariable('XDG_CONFIG_HOME')
  if (-not $folder -or $folder[0] -cne '/') { $folder = [Environment]::GetEnvironmentVariable('HOME') + '/.config' }
  return $folder + '/bedrockenv/config.yaml'
}

# Is the state folder the user's alone? Asked once per shell and folder, until the answer is yes.
function Test-StateFolder {
  $script:Unsafe = ''
  if (-not [IO.Directory]::Exists($State)) { return $true }
  if (-not (Test-Owner $State)) {
    $script:Unsafe = "$(Format-Foreign $State) belongs to another user; nothing is applied"
  } elseif (-not $OnWindows) {
    $stat = (Microsoft.PowerShell.Management\Get-Item -LiteralPath $State -Force).UnixStat
    if ($null -ne $stat -and ($stat.Mode -band 0x12)) {
      $mend = 'run: chmod 700 ' + (Format-Word $State)
      $script:Unsafe = "$(Format-Foreign $State) is writable by others; nothing is applied; $mend"
    }
  }
  if ($Unsafe) { return $false }
  $script:Safe = $State
  return $true
}

# Compiles a plan if the text is approved: 'found', 'denied', 'unapproved', or 'uncompiled'; then it is not tried again
# before the place changes.
function Update-Plan([string]$Path, [string]$Text) {
  if ($Path -and (Test-StateFile (Get-StateFile 'denied' $Path))) { return 'denied' }
  if ($Path -and -not (Test-Approved $Path $Text)) { return 'unapproved' }
  $what = if ($Path) { $Path } else { '/' }
  if ([string]::Equals($Failed, $what)) { return 'uncompiled' }
  if ($Path) { Invoke-Cli 'compile', '--dir', $Path } else { Invoke-Cli 'compile', '--default' }
  if (Find-Plan $Path $Text) { return 'found' }
  $script:Failed = $what
  return 'uncompiled'
}

# Looks from here upwards for the nearest directory file that may be applied and enters it. What it passes over is kept
# in $Pending, what does not exist in $Nearer.
function Enter-Place {
  if ($OnWindows) { $script:State = [Environment]::GetEnvironmentVariable('LOCALAPPDATA') + '\bedrockenv' }
  else {
    # A relative folder would be another one in each directory, where a repository could bring its own.
    $folder = [Environment]::GetEnvironmentVariable('XDG_STATE_HOME')
    if (-not $folder -or $folder[0] -cne '/') {
      $folder = [IO.Path]::Combine('/', [Environment]::GetEnvironmentVariable('HOME'), '.local/state')
    }
    $script:State = $folder + '/bedrockenv'
  }
  if (-not [string]::Equals($Safe, $State) -and -not (Test-StateFolder)) { return }
  for ($dir = $Location; $dir; $dir = [IO.Path]::GetDirectoryName($dir)) {
    $file = [IO.Path]::Combine($dir, '.bedrockrc')
    try { $ticks = [IO.File]::GetLastWriteTimeUtc($file).Ticks } catch { continue }
    if ($ticks -eq $Never) {
      $Nearer.Add($file)
      continue
    }
    $verdict = Get-Verdict $file
    if ($verdict -eq '') { continue }
    $real = $dir
    if ($verdict -eq 'text') {
      # A plan for the very name of the directory says that the name is the real one.
      $found = Find-Plan $dir $Text
      if (-not $found) {
        $real = Resolve-Directory $dir
        $found = -not [string]::Equals($real, $dir) -and (Find-Plan $real $Text)
      }
      if (-not $found) {
        $verdict = Update-Plan $real $Text
        $found = $verdict -eq 'found'
      }
      if ($found) {
        $script:Directory = $dir
        Enter-Plan
        return
      }
    } elseif (Test-StateFile (Get-StateFile 'denied' (Resolve-Directory $dir))) { $verdict = 'denied' }
    $script:Pending += , @($file, $dir, $verdict, "$verdict $Text")
  }
  $config = Get-UserConfig
  if ([IO.File]::Exists($State + $Separator + 'default') -or [IO.File]::Exists($config)) {
    if ((Find-Plan '' '') -or (Update-Plan '' '') -eq 'found') { Enter-Plan }
  } else { $null = Watch-File $config }
}

# -- 4. Enter and leave ------------------------------------------------------------------------------------------------

# Unsets a variable. A null would be taken for an empty string, which .NET before 9 cannot set: there it unsets too.
function Remove-Value([string]$Name) { [Environment]::SetEnvironmentVariable($Name, [NullString]::Value) }

# A field of the restore record, written and read.
function ConvertTo-Field([string]$Value) { $Value.Replace('%', '%25').Replace([string][char]31, '%1F') }
function ConvertFrom-Field([string]$Value) { $Value.Replace('%1F', [string][char]31).Replace('%25', '%') }

# Applies the plan in $Plan and writes the record of what was there before.
function Enter-Plan {
  $fields = $Plan
  $script:Generation = $fields[1]
  $script:Root = $fields[2]
  $script:Label = $fields[4]
  $script:Kind = $fields[5]
  $script:Session = $fields[6]
  $script:ProfileName = $fields[7]
  $script:Token = $fields[8]
  $script:Login = $fields[9]
  $script:CoolDown = $fields[10]
  $script:Expires = [long]0
  $script:Renews = $false
  $known = $null
  if ($Kind -and $Expiries.TryGetValue("$Kind $Token", [ref]$known) -and
    [IO.File]::GetLastWriteTimeUtc($Token).Ticks -eq $known[2]) {
    $script:Expires = $known[0]
    $script:Renews = $known[1]
  }
  $first = 16 + 2 * ([int]$fields[12] + [int]$fields[13]) + [int]$fields[14]
  $count = [int]$fields[14]
  if ($count) { $script:Notes = $fields[($first - $count)..($first - 1)] }
  $us = [char]31
  $end = $fields.Length - 2
  $record = [string[]]::new(3 + ($end - $first) / 3 * 4)
  $at = 3
  for ($i = $first; $i -lt $end; $i += 3) {
    $op = $fields[$i]
    $name = $fields[$i + 1]
    $value = $fields[$i + 2]
    $previous = [Environment]::GetEnvironmentVariable($name)
    $how = if ($null -eq $previous) { 'u' } else { 'x' }
    if ($op -eq 'set') { $ours = '=' + $value }
    elseif ($op -eq 'unset') { $ours = '' }
    else {
      $value = Get-Secret $op $value
      if (-not $value -or [string]::Equals($value, $previous)) { continue }
      $ours = '*'
    }
    $hand = if ($Kept.Count) { $Kept[$name] }
    if ($hand -and [string]::Equals($KeptRoot, $Root) -and [string]::Equals($hand[0], $ours)) {
      # Changed by hand here since we set the same value: it stays, and so does the record of what was before us.
      $how = $hand[1]
      $previous = $hand[2]
    } else {
      if ($name -ceq 'AWS_BEARER_TOKEN_BEDROCK') {
        $script:Before = $previous
        if ($Lost -or $null -ne $previous) { $how = 'X' }
        $previous = $null
        $script:Lost = $false
      }
      if ($ours.Length) { [Environment]::SetEnvironmentVariable($name, $value) } else { Remove-Value $name }
    }
    if ($ours -ceq '*') { $script:Secret = $value }
    if ($ours.IndexOf('%') -ge 0 -or $ours.IndexOf($us) -ge 0) { $ours = ConvertTo-Field $ours }
    if ($previous) { $previous = ConvertTo-Field $previous }
    $record[$at] = $name
    $record[$at + 1] = $ours
    $record[$at + 2] = $how
    $record[$at + 3] = $previous
    $at += 4
  }
  $script:Own = ''
  $script:Kept = @{}
  if ($at -gt 3) {
    $record[0] = '1'
    $record[1] = $Generation
    $record[2] = if ($Root.IndexOf('%') -ge 0 -or $Root.IndexOf($us) -ge 0) { ConvertTo-Field $Root } else { $Root }
    $script:Own = [string]::Join([string][char]31, $record, 0, $at)
    [Environment]::SetEnvironmentVariable('BEDROCKENV_STATE', $Own)
  }
  $script:Status = $Root + ':' + $Label + ':' + ($Notes -join [char]0)
  # A shell started inside the project has nothing new to say.
  if ($Adopt -and [string]::Equals($Adopt, $Generation + ':' + $Root)) { $script:Shown = $Status }
  $script:Adopt = ''
}

# A secret's value, from the place that the plan names: it never lies in the plan or in the record.
function Get-Secret([string]$Kind, [string]$Place) {
  if ($Kind -eq 'env') { return [Environment]::GetEnvironmentVariable($Place) }
  if ($Kind -eq 'file') { return (Read-SmallFile $Place 65536).Split([char]10)[0].TrimEnd([char]13) }
  $dir = if ($Root) { $Root } else { '/' }
  return ([string](Invoke-Cli 'api-key', '--dir', $dir -Capture)).TrimEnd([char]10, [char]13)
}

# Puts back what was there before, exactly; what the user changed by hand meanwhile stays. A record that is not in order
# in every part is dropped, and nothing else is touched.
function Exit-Plan {
  $script:Kept = @{}
  $record = [Environment]::GetEnvironmentVariable('BEDROCKENV_STATE')
  if ($null -eq $record) { return }
  $written = [string]::Equals($record, $Own)
  Remove-Value 'BEDROCKENV_STATE'
  $fields = @()
  if ($record.Length -le 262144) { $fields = $record.Split([char]31) }
  if (-not $written) {
    $script:Adopt = if ($fields.Length -ge 3) { $fields[1] + ':' + (ConvertFrom-Field $fields[2]) } else { '' }
    if ($fields.Length -lt 7 -or $fields.Length % 4 -ne 3 -or -not $fields[0].Equals('1')) { return }
    for ($i = 3; $i -lt $fields.Length; $i += 4) {
      $ours = $fields[$i + 1]
      if (-not $Names.Contains($fields[$i])) { return }
      if ($ours.Length -and $ours[0] -ne '=' -and -not $ours.Equals('*')) { return }
      if ($fields[$i + 2] -cnotmatch '\A[uxlXL]\z') { return }
    }
  }
  if ($record.IndexOf('%') -ge 0) {
    for ($i = 0; $i -lt $fields.Length; $i++) { $fields[$i] = ConvertFrom-Field $fields[$i] }
  }
  $script:KeptRoot = if ($fields.Length -ge 3) { $fields[2] }
  for ($i = 3; $i -lt $fields.Length; $i += 4) {
    $name = $fields[$i]
    $ours = $fields[$i + 1]
    $value = [Environment]::GetEnvironmentVariable($name)
    # What another shell had without exporting it never was in this one.
    $how = $fields[$i + 2]
    $wasSet = $how -ceq 'x'
    $now = if ($null -eq $value) { '' } else { '=' + $value }
    # What an outer shell has set is taken for unchanged.
    $mine = if ($ours.Equals('*') -and $written) { '=' + $Secret } else { $ours }
    if ($mine.Equals('*') -or [string]::Equals($now, $mine)) {
      if ($how -ceq 'X' -and $null -ne $Before) { [Environment]::SetEnvironmentVariable($name, $Before) }
      elseif ($how -ceq 'X') { Remove-Value $name; $script:Lost = $true }
      elseif ($wasSet) { [Environment]::SetEnvironmentVariable($name, $fields[$i + 3]) }
      else { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
    } elseif ($wasSet -or $how -ceq 'X') { $Kept[$name] = $ours, $how, $fields[$i + 3] }
    else { $Kept[$name] = $ours, 'u', '' }
  }
}

# -- 5. The session: expiry and sign-in --------------------------------------------------------------------------------

# The last time of a key in a token file, in ticks; 0 if there is none. The key's opening quote tells "expiresAt" from
# "registrationExpiresAt".
function Get-Time([string]$Json, [string]$Key) {
  $time = '([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:Z|UTC|\+00:00)'
  $pattern = '"' + $Key + '"\s*:\s*"' + $time + '"'
  $match = [regex]::Match($Json, $pattern, [Text.RegularExpressions.RegexOptions]::RightToLeft)
  if (-not $match.Success) { return [long]0 }
  $parts = foreach ($i in 1..6) { [int]$match.Groups[$i].Value }
  try {
    $day = [DateTime]::new($parts[0], $parts[1], 1, 0, 0, 0, [DateTimeKind]::Utc).AddDays($parts[2] - 1)
    return $day.AddSeconds($parts[3] * 3600 + $parts[4] * 60 + $parts[5]).Ticks
  } catch { return [long]0 }
}

# Reads the token file into $Expires and $Renews. $Now: ticks.
function Update-Session([long]$Now) {
  $script:Expires = [long]0
  $script:Renews = $false
  $time = [IO.File]::GetLastWriteTimeUtc($Token).Ticks
  $json = Read-SmallFile $Token 65536
  if ($json -notmatch '"accessToken"\s*:\s*(\{|"[^"])') { return }
  $ends = Get-Time $json 'expiresAt'
  if ($ends -eq 0) { return }
  if ($Kind -eq 'login') {
    # What both clients ask of such a file, however fresh it is.
    $keys = 'clientId', 'refreshToken', 'dpopKey', 'accessKeyId', 'secretAccessKey', 'sessionToken', 'accountId'
    foreach ($key in $keys) { if ($json -notmatch ('"' + $key + '"\s*:\s*"[^"]')) { return } }
  }
  $renews = $false
  if ($Kind -ne 'sso-legacy' -and $json -match '"refreshToken"\s*:\s*"[^"]') {
    if ($Kind -eq 'login') { $renews = $true }
    elseif ($json -match '"clientId"\s*:\s*"[^"]' -and $json -match '"clientSecret"\s*:\s*"[^"]') {
      # An expired token is only renewed while the client's registration lasts.
      $renews = $ends -gt $Now -or (Get-Time $json 'registrationExpiresAt') -gt $Now
    }
  }
  $script:Expires = $ends
  $script:Renews = $renews
  $Expiries["$Kind $Token"] = $ends, $renews, $time
}

# Is the session stale? The SDK takes a token with less than five minutes left for expired; a legacy one is used to its
# end.
function Test-Stale([long]$Now) {
  $margin = if ($Kind -eq 'sso-legacy') { 0 } else { 300 * $Second }
  if ($Expires -gt $Now + $margin) { return $false }
  Update-Session $Now
  return -not $Renews -and $Expires -le $Now + $margin
}

# Signs in if the session is stale and the policy says so.
function Invoke-SignIn([long]$Now) {
  if (-not (Test-Stale $Now)) { return }
  if ($Login -eq 'off') { return }
  foreach ($name in 'BEDROCKENV_NO_LOGIN', 'CI') { if ([Environment]::GetEnvironmentVariable($name)) { return } }
  if ([Console]::IsInputRedirected -or [Console]::IsErrorRedirected) { return }
  $pause = [long]0
  if ($Pauses.TryGetValue($Token, [ref]$pause) -and $Now -lt $pause) { return }
  $until = (Read-SmallFile $CoolDown 32).TrimEnd([char]10)
  if ($until -match '\A[0-9]{1,11}\z') {
    # A time further away than any cool-down lasts comes of a clock that was set back.
    $ticks = [long]$until * $Second + $UnixEpoch
    if ($Now -lt $ticks -and $ticks -le $Now + 600 * $Second) { return }
  }
  # Whatever comes of it (Ctrl-C may end all of this), this shell does not ask again for ten minutes.
  $Pauses[$Token] = $Now + 600 * $Second
  $script:Shown = ''
  $script:Settled = $true
  if ($Login -eq 'notify') {
    $note = 'session ' + (Format-Foreign $Session) + ' is expired; sign in with: bedrockenv login'
    $script:Notes += $note
    $script:Status += [char]0 + $note
    return
  }
  Start-Line
  if ($Login -eq 'ask') { Invoke-Cli 'login', '--hook', '--ask', '--profile', $ProfileName }
  else { Invoke-Cli 'login', '--hook', '--profile', $ProfileName }
  if (-not (Test-Stale ([DateTime]::UtcNow.Ticks))) { $null = $Pauses.Remove($Token) }
}

# -- 6. The status line and reports ------------------------------------------------------------------------------------

# Foreign text as it may be shown on a terminal: controls become escapes like \x1b.
function Format-Foreign([string]$Value) {
  [regex]::Replace($Value, '[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]', {
      $code = [int][char]$args[0].Value
      if ($code -lt 0x100) { '\x{0:x2}' -f $code } else { '\u{0:x4}' -f $code }
    })
}

# Foreign text as a word to type. PowerShell takes five characters for the single quote.
function Format-Word([string]$Value) {
  $shown = Format-Foreign $Value
  if ($shown -match '\A[\w/\\:.+=-]+\z') { return $shown }
  return "'" + [regex]::Replace($shown, '[''\u2018-\u201b]', '$0$0') + "'"
}

# Says on stderr what is new since the last prompt: the status line with the plan's notes, and what was passed over.
function Write-News([long]$Now) {
  $lines = [Collections.Generic.List[string]]::new()
  if (-not [string]::Equals($Status, $Shown)) {
    if ($Label -and -not [Environment]::GetEnvironmentVariable('BEDROCKENV_QUIET')) {
      $line = $Label
      $left = [long][Math]::Floor(($Expires - $Now) / (60 * $Second))
      if (-not $Kind) { }
      elseif ($Expires -eq 0) { $line += $Dot + 'not signed in' }
      elseif ($Expires -gt $Now) {
        $line += $Dot + 'session '
        if ($left -ge 60) { $line += "$([long][Math]::Floor($left / 60))h " }
        $line += "$($left % 60)m"
      } elseif ($Renews) { $line += $Dot + 'session renews itself' }
      else { $line += $Dot + 'session expired' }
      $lines.Add($line)
    }
    foreach ($note in $Notes) { $lines.Add($note) }
    $script:Shown = $Status
  }
  $reported = @{}
  foreach ($entry in $Pending) {
    $file, $dir, $verdict, $key = $entry
    $reported[$file] = $key
    if ([string]::Equals($script:Reported[$file], $key)) { continue }
    $where = if (-not [string]::Equals($dir, $Location)) { ' ' + (Format-Word $dir) }
    $shown = Format-Foreign $file
    if ($verdict.StartsWith('broken', $Ordinal)) { $lines.Add("$shown is $verdict; see: bedrockenv status") }
    elseif ($verdict -eq 'unapproved') {
      # Without the CLI there is nothing to approve it with; that is said below, once.
      if (Get-CliCommand) { $lines.Add("$shown is not approved; to use it: bedrockenv allow$where") }
    }
    elseif ($verdict -eq 'uncompiled' -and -not $Gone) {
      $lines.Add("$shown could not be compiled; see: bedrockenv status")
    }
  }
  $script:Reported = $reported
  if ($Unsafe -and -not [string]::Equals($Unsafe, $Said)) { $lines.Add($Unsafe) }
  $script:Said = $Unsafe
  if ($Lost) {
    $lines.Add($Unknown)
    $script:Lost = $false
  }
  if ($Gone -eq 'new') {
    $mend = 'install it again (npm install -g bedrockenv) or take the hook out of $PROFILE'
    $lines.Add("the bedrockenv command is gone; $mend")
    $script:Gone = 'said'
  }
  $script:Settled = $false
  if ($lines.Count) { Start-Line }
  foreach ($line in $lines) { [Console]::Error.WriteLine('bedrockenv: ' + $line) }
}

# What is said below a prompt begins on a line of its own.
function Start-Line {
  if ($BelowPrompt) { [Console]::Error.WriteLine() }
  $script:BelowPrompt = $false
}

# -- 7. Events ---------------------------------------------------------------------------------------------------------

# Forgets what was applied, so that the next event looks again.
function Clear-Place {
  $script:Generation = $script:Kind = $script:Directory = $script:Root = $script:Label = $script:Status = ''
  $script:Pending = @()
  $script:Notes = @()
  $Nearer.Clear()
  $Watched.Clear()
  $WatchedTicks.Clear()
  $Unreadable.Clear()
}

# Is direnv in charge of this directory? It may know it by its real path; then only its own hook (which newer versions
# have) makes that sure, for DIRENV_DIR may also be inherited from a shell that is elsewhere.
function Test-Direnv {
  $owner = [Environment]::GetEnvironmentVariable('BEDROCKENV_DIRENV')
  if ($global:PWD.Provider.Name -eq 'FileSystem') {
    $path = $global:PWD.ProviderPath
    if ($path[-1] -ne $Separator) { $path += $Separator }
    if ($path.StartsWith($owner, $PathComparison)) { return $true }
  }
  return $null -ne $ExecutionContext.SessionState.InvokeCommand.LocationChangedAction -and
    [string]::Equals('-' + $owner, [Environment]::GetEnvironmentVariable('DIRENV_DIR') + '/')
}

# At a `cd`, before direnv's turn: when it is about to switch, what we have set must be gone, for we are above it. It
# must never fail, for the user's `cd` would with it.
$LeavingFirst = [EventHandler[Management.Automation.LocationChangedEventArgs]] {
  if ($Removed -or $Busy -or -not $Generation -or $global:PWD.Provider.Name -ne 'FileSystem') { return }
  try {
    $direnv = [Environment]::GetEnvironmentVariable('DIRENV_DIR')
    $dir = (Resolve-Directory $global:PWD.ProviderPath)
    while ($dir -and -not [IO.File]::Exists([IO.Path]::Combine($dir, '.envrc'))) {
      $dir = [IO.Path]::GetDirectoryName($dir)
    }
    if (-not $direnv -or ($dir -and [string]::Equals($dir, (Resolve-Directory $direnv.TrimStart([char]'-'))))) { return }
    Exit-Plan
    Clear-Place
    $script:Location = ''
    $script:Here = $null
  } catch { }
}

# Puts it in front of direnv's own.
function Add-LeavingFirst {
  $invoke = $ExecutionContext.SessionState.InvokeCommand
  $action = $invoke.LocationChangedAction
  if ($null -eq $action -or [object]::ReferenceEquals($action.GetInvocationList()[0], $LeavingFirst)) { return }
  $invoke.LocationChangedAction = [Delegate]::Combine($LeavingFirst, [Delegate]::Remove($action, $LeavingFirst))
}

# Brings the variables in line with the place, signs in, and says what is new. Steady state: the time of a few files,
# nothing read, nothing said. It must never fail, and never write to the pipeline, which is the prompt.
$Update = {
  if ($Removed -or $Busy) { return }
  $script:Busy = $true
  $Turn.Event = $Turn.Cli = $false
  $errors = $global:Error.Count
  try {
    if ([Environment]::GetEnvironmentVariable('BEDROCKENV_DISABLE') -or
      [Environment]::GetEnvironmentVariable('CLAUDECODE')) {
      Exit-Plan
      Clear-Place
      $script:State = $script:Location = $script:Shown = ''
      $script:Here = $null
      $Turn.Event = $true
      return
    }

    if ([Environment]::GetEnvironmentVariable('DIRENV_DIR')) { Add-LeavingFirst }
    # direnv acts at the `cd`, so its turn is over: what it has set is what was there before us. Where an .envrc used
    # bedrock, down to the next .envrc, the directory is direnv's.
    if ([Environment]::GetEnvironmentVariable('BEDROCKENV_DIRENV') -and (Test-Direnv)) {
      Exit-Plan
      Clear-Place
      $script:Location = $script:Shown = ''
      $script:Here = $null
      $Turn.Event = $true
      return
    }

    $steady = $true
    if (-not [object]::ReferenceEquals($global:PWD, $Here)) {
      # A registry or a certificate is no place: whatever is applied stays.
      if ($global:PWD.Provider.Name -ne 'FileSystem') { $Turn.Event = $true; return }
      $path = $global:PWD.ProviderPath
      if ($path.Length -gt 1 -and $path[-1] -eq $Separator) { $path = $path.TrimEnd($Separator) }
      if (-not [string]::Equals($path, $Location)) {
        $script:Location = $path
        $script:Failed = ''
        # Still below the applied directory (or, with none, outside of all): then only what lies nearer is to be looked
        # at.
        $Nearer.Clear()
        $dir = $path
        while ($dir -and -not [string]::Equals($dir, $Directory)) {
          $Nearer.Add([IO.Path]::Combine($dir, '.bedrockrc'))
          $dir = [IO.Path]::GetDirectoryName($dir)
        }
        $steady = $null -ne $Here -and $Pending.Length -eq 0 -and [bool]$dir -eq [bool]$Directory
      }
      $script:Here = $global:PWD
    }
    # direnv took the record along when a variable was set below, or has brought an older one back.
    if ($Own -and $Generation -and
      -not [string]::Equals([Environment]::GetEnvironmentVariable('BEDROCKENV_STATE'), $Own)) { $steady = $false }
    if ($steady) {
      try {
        foreach ($file in $Nearer) {
          if ([IO.File]::GetLastWriteTimeUtc($file).Ticks -ne $Never) { $steady = $false; break }
        }
        for ($i = $Watched.Count - 1; $i -ge 0; $i--) {
          if ([IO.File]::GetLastWriteTimeUtc($Watched[$i]).Ticks -ne $WatchedTicks[$i]) { $steady = $false; break }
        }
      } catch { $steady = $false }
      foreach ($file in $Unreadable) {
        # Permission to read shows in no time.
        try { [IO.File]::OpenRead($file).Dispose(); $steady = $false } catch { }
      }
    }
    if (-not $steady) {
      $script:Settled = $true
      if ($null -ne [Environment]::GetEnvironmentVariable('BEDROCKENV_STATE')) { Exit-Plan } else { $script:Kept = @{} }
      Clear-Place
      Enter-Place
    }

    if ($Kind) {
      # While the session lasts for five minutes or more, this comparison is all that it costs.
      $now = [DateTime]::UtcNow.Ticks
      if ($Expires -le $now + 3000000000) { Invoke-SignIn $now }
    }
    if ($Settled) { Write-News ([DateTime]::UtcNow.Ticks) }
    $Turn.Event = $true
  } catch { $Turn.Event = $true } finally {
    $script:Busy = $false
    # What was caught here is no error of the user's.
    while ($global:Error.Count -gt $errors) { $global:Error.RemoveAt(0) }
  }
}

# -- 8. Installing and unloading ---------------------------------------------------------------------------------------

# Puts the event before whatever `prompt` there is. Each wrapper has its own original in a closure, since what is
# defined later may itself call the wrapper that it found.
function Add-PromptWrapper {
  $original = ${function:global:prompt}
  if ($null -eq $original) { return }
  $update = $Update
  $turn = $Turn
  $wrapper = {
    [Diagnostics.DebuggerHidden()]
    param()
    $ok = $?
    & $update
    # The original must find the user's $?; neither adds anything to $Error.
    if ($ok) { $null = 1 } else { Microsoft.PowerShell.Utility\Write-Error '' -ErrorAction Ignore }
    & $original
    $turn.Prompt = $true
  }.GetNewClosure()
  $script:PromptWrapper = $wrapper.Ast
  $script:PromptOriginal = $original
  ${function:global:prompt} = $wrapper
}

# A `prompt` that is defined after the import knows nothing of us. It is noticed when the line is read: then the event
# comes late this once, and the new `prompt` is wrapped for the next.
function Add-ReadLineWrapper {
  $original = ${function:global:PSConsoleHostReadLine}
  $late = $Late
  $wrapper = {
    [Diagnostics.DebuggerHidden()]
    param()
    $ok = $?
    if (& $late) { return '' }
    if ($ok) { $null = 1 } else { Microsoft.PowerShell.Utility\Write-Error '' -ErrorAction Ignore }
    & $original
  }.GetNewClosure()
  $script:ReadLineWrapper = $wrapper.Ast
  $script:ReadLineOriginal = $original
  ${function:global:PSConsoleHostReadLine} = $wrapper
}

# Runs the event if the prompt has not: it was defined anew, or Ctrl-C ended it together with a sign-in, after which the
# host shows a bare `PS>`. True where something has come below the prompt: then an empty line is read, which brings the
# prompt again.
$Late = {
  $event, $prompt, $cli = $Turn.Event, $Turn.Prompt, $Turn.Cli
  $Turn.Event = $Turn.Prompt = $Turn.Cli = $false
  if ($Removed -or ($event -and ($prompt -or -not $cli))) { return $false }
  $script:BelowPrompt = $true
  if ($event) { Start-Line; return $true }
  if (-not [object]::ReferenceEquals(${function:global:prompt}.Ast, $PromptWrapper)) { Add-PromptWrapper }
  & $Update
  $Turn.Event = $Turn.Cli = $false
  if ($cli) { Start-Line }
  $spoke = -not $BelowPrompt
  $script:BelowPrompt = $false
  return $spoke
}

Add-PromptWrapper
Add-ReadLineWrapper

# Puts everything back and takes the hook away. A wrapper that someone else has wrapped meanwhile stays, idle.
$ExecutionContext.SessionState.Module.OnRemove = {
  Exit-Plan
  if ($Lost) { [Console]::Error.WriteLine("bedrockenv: $Unknown") }
  $script:Removed = $true
  $invoke = $ExecutionContext.SessionState.InvokeCommand
  if ($null -ne $invoke.LocationChangedAction) {
    $invoke.LocationChangedAction = [Delegate]::Remove($invoke.LocationChangedAction, $LeavingFirst)
  }
  if ([object]::ReferenceEquals(${function:global:prompt}.Ast, $PromptWrapper)) {
    ${function:global:prompt} = $PromptOriginal
  }
  if ([object]::ReferenceEquals(${function:global:PSConsoleHostReadLine}.Ast, $ReadLineWrapper)) {
    ${function:global:PSConsoleHostReadLine} = $ReadLineOriginal
  }
  foreach ($name in '_bedrockenv_node', '_bedrockenv_cli') {
    Microsoft.PowerShell.Utility\Remove-Variable -Name $name -Scope Global -ErrorAction Ignore
  }
}
