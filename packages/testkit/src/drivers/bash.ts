import { promptMarker, type ShellDriver } from '../driver.ts';
import { findProgram } from './find-program.ts';
import { posixQuote as quote } from './posix-quote.ts';

// ${!name@a} is empty for an unset name, hence the test before it.
const head = `
unset HISTFILE
set +o histexpand
PS1='$ '
testkit_dump() {
  local IFS=$' \\t\\n' _tk_file=$1 _tk_name _tk_state _tk_value
  shift
  for _tk_name; do
    _tk_state=u _tk_value=
    if [ "\${!_tk_name+set}" ]; then
      _tk_value=\${!_tk_name}
      case \${!_tk_name@a} in *x*) _tk_state=x ;; *) _tk_state=l ;; esac
    fi
    printf '%s\\0' "$_tk_name" "$_tk_state" "$_tk_value"
  done >| "$_tk_file"
}
`;

const tail = `
PS1='\\[\\e]${promptMarker}bash;$?\\a\\]'"$PS1"
`;

/** bash, at least 5.1 (bracketed paste marks where a command's output begins). */
export const bash: ShellDriver = {
  name: 'bash',
  args: ['-i'],
  rcFile: '.bashrc',
  installedHook: 'hook.bash',
  hookFile: 'packages/bash/bedrockenv.bash',
  printStatus: 'echo $?',
  blankLine: '',
  unloadHook: 'bedrockenv_plugin_unload',
  program: () => findProgram('bash'),
  nested: () => 'bash',
  replace: () => 'exec bash',
  rc: (userLines) => `${head}\n${userLines}\n${tail}`,
  quote,
  variable: (name) => `$${name}`,
  exportFile: (name, file) => `IFS= read -r -d '' ${name} < ${quote(file)}; export ${name}`,
  exportVar: (name, value) => `export ${name}=${quote(value)}`,
  setLocal: (name, value) => `declare -g +x ${name}=${quote(value)}`,
  unset: (name) => `unset ${name}`,
  dumpVariables: (names, toFile) => `testkit_dump ${quote(toFile)} ${names.join(' ')}`,
  sourceFile: (path) => `source ${quote(path)}`,
  evalOutput: (command) => `eval "$(${command})"`,
  runScript: (path) => [`bash ${path}`, `bash < ${path}`, `bash -c ${quote(`source ${path}`)} | cat`],
  defineFunction: (name, body) => `${name}() { ${body}; }`,
  subshell: (line) => `(${line})`,
  capture: (line) => `echo "[$(${line})]"`,
};
