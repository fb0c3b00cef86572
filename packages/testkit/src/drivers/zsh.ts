import { promptMarker, type ShellDriver } from '../driver.ts';
import { findProgram } from './find-program.ts';
import { posixQuote as quote } from './posix-quote.ts';

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

const tail = `
PROMPT=$'%{\\e]${promptMarker}zsh;%?\\a%}'"$PROMPT"
`;

/** zsh. `-d` leaves out /etc/zsh. */
export const zsh: ShellDriver = {
  name: 'zsh',
  args: ['-d', '-i'],
  rcFile: '.zshrc',
  installedHook: 'hook.zsh',
  hookFile: 'packages/zsh/bedrockenv.plugin.zsh',
  printStatus: 'echo $?',
  blankLine: '',
  unloadHook: 'bedrockenv_plugin_unload',
  program: () => findProgram('zsh'),
  nested: () => 'zsh',
  replace: () => 'exec zsh',
  rc: (userLines) => `${head}\n${userLines}\n${tail}`,
  quote,
  variable: (name) => `$${name}`,
  exportFile: (name, file) => `IFS= read -r -d '' ${name} < ${quote(file)}; export ${name}`,
  exportVar: (name, value) => `export ${name}=${quote(value)}`,
  setLocal: (name, value) => `typeset +x -g ${name}=${quote(value)}`,
  unset: (name) => `unset ${name}`,
  dumpVariables: (names, toFile) => `testkit_dump ${quote(toFile)} ${names.join(' ')}`,
  sourceFile: (path) => `source ${quote(path)}`,
  evalOutput: (command) => `eval "$(${command})"`,
  runScript: (path) => [`zsh ${path}`, `zsh < ${path}`, `zsh -c ${quote(`source ${path}`)} | cat`],
  defineFunction: (name, body) => `${name}() { ${body}; }`,
  subshell: (line) => `(${line})`,
  capture: (line) => `print -r -- "[$(${line})]"`,
};
