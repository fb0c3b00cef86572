import type { Seen } from './shell.ts';

/** Stands between values; a value that has one before any walk would make two looks alike that are not. */
export const separator = '\x1d';

/**
 * A shell's `_tk_look FILE`: is every variable as it was? One comparison says so; only where it does not, all are written
 * into the file. `_tk_looks` counts the looks.
 * @param before what each variable was
 */
type Look = (before: Seen) => string;

const posix =
  (value: (name: string) => string): Look =>
  (before) => {
    const names = Object.keys(before);
    const all = names.map(value).join(separator);
    return `_tk_values() { _tk_now="${all}"; }
_tk_look() { _tk_looks=$((_tk_looks + 1)); _tk_values; [[ $_tk_now == "$_tk_before" ]] || testkit_dump "$1" ${names.join(' ')}; }
_tk_values; _tk_before=$_tk_now; _tk_looks=0`;
  };

/** Of a group of variables, all were alike; what `set -q` says of one is how many are not there. */
const fish: Look = (before) => {
  const names = Object.keys(before);
  const group = (state: string) => names.filter((name) => before[name]?.startsWith(state)).join(' ');
  const questions = [`-qx ${group('x')}`, `-q ${group('l')}`, `-qx ${group('l')}`, `-q ${group('u')}`];
  const asked = questions.filter((words) => !words.endsWith(' '));
  return `function _tk_values
    set -g _tk_now
${asked.map((words) => `    set ${words}\n    set -a _tk_now $status`).join('\n')}
    set -a _tk_now ${names.map((name) => `"$${name}"`).join('\\x1d')}
end
function _tk_look
    set _tk_looks x $_tk_looks
    _tk_values
    test "$_tk_now" = "$_tk_before"; or testkit_dump $argv ${names.join(' ')}
end
_tk_values
set -g _tk_before $_tk_now
set -g _tk_looks`;
};

const powershell: Look = (before) => {
  const names = Object.keys(before);
  const list = names.map((name) => `'${name}'`).join(',');
  return `$global:_tk_names = [string[]]@(${list})
function global:_tk_values {
  foreach ($name in $global:_tk_names) {
    $value = [Environment]::GetEnvironmentVariable($name)
    if ($null -ne $value) { 'x' + $value; continue }
    $variable = $ExecutionContext.SessionState.PSVariable.Get('global:' + $name)
    if ($variable) { 'l' + $variable.Value } else { 'u' }
  }
}
function global:_tk_look([string] $file) {
  $global:_tk_looks++
  if ([string]::Join([char]29, [string[]] (_tk_values)) -cne $global:_tk_before) { testkit_dump $file $global:_tk_names }
}
$global:_tk_before = [string]::Join([char]29, [string[]] (_tk_values))
$global:_tk_looks = 0`;
};

/** What defines it, by shell, and what writes the count into a file and begins anew. */
export const looks: Readonly<Record<string, { define: Look; count: (file: string) => string }>> = {
  zsh: {
    // One that is unset has no type.
    define: posix((name) => `\${(t)${name}}=$${name}`),
    count: (file) => `print -r -- $_tk_looks >| ${file}; _tk_looks=0`,
  },
  bash: {
    define: posix((name) => `\${${name}+\${${name}@a}=$${name}}`),
    count: (file) => `echo $_tk_looks > ${file}; _tk_looks=0`,
  },
  fish: { define: fish, count: (file) => `count $_tk_looks > ${file}; set _tk_looks` },
  powershell: {
    define: powershell,
    count: (file) => `[IO.File]::WriteAllText('${file}', [string]$global:_tk_looks); $global:_tk_looks = 0`,
  },
};
