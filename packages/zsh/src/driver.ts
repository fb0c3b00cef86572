import type { MakeDriver, Oddities } from '@bedrockenv/core';

/** One word: plain, in single quotes, or in `$'…'` so that no control character is typed as such. */
function quote(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (!/[\x00-\x1f\x7f]/.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above. Three octal digits end where they should.
    .replace(/[\x00-\x1f\x7f]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `$'${escaped}'`;
}

const head = `
unset HISTFILE
setopt no_prompt_cr no_prompt_sp no_bang_hist no_beep
PROMPT='$ '
testkit_dump() {
  emulate -L zsh
  local _tk_file=$1 _tk_name _tk_state _tk_value
  shift
  for _tk_name; do
    _tk_state=u _tk_value=
    if (( \${(P)+_tk_name} )); then
      _tk_value=\${(P)_tk_name}
      case \${(Pt)_tk_name} in (*-export*) _tk_state=x ;; (*) _tk_state=l ;; esac
    fi
    print -rn -- "$_tk_name"$'\\0'"$_tk_state"$'\\0'"$_tk_value"$'\\0'
  done >| "$_tk_file"
}
`;

const tail = (promptMarker: string) => `
PROMPT=$'%{\\e]${promptMarker}zsh;%?\\a%}'"$PROMPT"
`;

const words =
  'local typeset declare print printf read mapfile cd unset export set command source emulate builtin return';

/** What users set. */
const oddities: Oddities = {
  each: [
    'setopt no_unset',
    'setopt err_exit',
    'setopt ksh_arrays',
    'setopt sh_word_split glob_subst',
    'setopt no_match',
    'setopt null_glob',
    'setopt csh_null_glob',
    'setopt no_glob',
    'setopt no_clobber',
    'setopt no_case_match no_case_glob',
    'setopt ksh_glob sh_glob',
    'setopt extended_glob',
    'setopt rc_quotes csh_junkie_quotes',
    'setopt no_bare_glob_qual',
    'setopt chase_links',
    'setopt auto_pushd pushd_silent',
    'setopt posix_identifiers posix_builtins',
    'setopt all_export',
    'setopt no_multibyte',
    'setopt octal_zeroes c_bases',
    'setopt no_rcs no_function_argzero',
    'setopt typeset_silent no_hash_cmds',
    "IFS='/:.=0123456789'",
    'IFS=',
  ],
  together: 'setopt no_unset ksh_arrays sh_word_split glob_subst no_glob no_clobber; IFS=/.',
  print: `set -o; print -r -- \${(q+)IFS}`,
  shadows: `for w in ${words} '[['; do alias "$w=echo shadow $w"; done 2>/dev/null`,
  plainly: { source: '\\.', cd: '\\cd' },
};

/** zsh. `-d` leaves out /etc/zsh. */
export const driver: MakeDriver = ({ findProgram, promptMarker }) => ({
  name: 'zsh',
  args: ['-d', '-i'],
  rcFile: '.zshrc',
  installedHook: 'hook.zsh',
  hookFile: 'packages/zsh/bedrockenv.plugin.zsh',
  printStatus: 'echo $?',
  blankLine: '',
  listNames: `print -rl -- \${(k)parameters} \${(k)functions} $precmd_functions $chpwd_functions`,
  oddities,
  unloadHook: 'bedrockenv_plugin_unload',
  program: () => findProgram('zsh'),
  nested: () => `${findProgram('zsh')}`,
  replace: () => `exec ${findProgram('zsh')}`,
  rc: (userLines) => `${head}\n${userLines}\n${tail(promptMarker)}`,
  quote,
  variable: (name) => `$${name}`,
  exportFile: (name, file) => `IFS= read -r -d '' ${name} < ${quote(file)}; export ${name}`,
  exportVar: (name, value) => `export ${name}=${quote(value)}`,
  setLocal: (name, value) => `typeset +x -g ${name}=${quote(value)}`,
  unset: (name) => `unset ${name}`,
  dumpVariables: (names, toFile) => `testkit_dump ${quote(toFile)} ${names.join(' ')}`,
  sourceFile: (path) => `source ${quote(path)}`,
  evalOutput: (command) => `eval "$(${command})"`,
  runScript: (path) => {
    const zsh = findProgram('zsh');
    return [`${zsh} ${path}`, `${zsh} < ${path}`, `${zsh} -c ${quote(`source ${path}`)} | cat`];
  },
  defineFunction: (name, body) => `${name}() { ${body}; }`,
  subshell: (line) => `(${line})`,
  capture: (line) => `print -r -- "[$(${line})]"`,
});
