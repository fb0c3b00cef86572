import { execFileSync } from 'node:child_process';
import type { MakeDriver, Oddities } from '@bedrockenv/core';
import { quote as quoted } from './index.ts';

/** A word as a person would type it. */
const quote = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text));

// ${!name@a} is empty for an unset name, hence the test before it. Bracketed paste, which marks where a command's output
// begins, is on by itself since 5.1.
const head = `
unset HISTFILE
bind 'set enable-bracketed-paste on'
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

const tail = (promptMarker: string) => `
PS1='\\[\\e]${promptMarker}bash;$?\\a\\]'"$PS1"
`;

function isBefore51(bash: string): boolean {
  const text = 'echo $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1]))';
  return Number(execFileSync(bash, ['-c', text], { encoding: 'utf8' })) < 501;
}

const words =
  'local typeset declare print printf read mapfile cd unset export set command source emulate builtin return';

/** What users set. */
const oddities: Oddities = {
  each: [
    'set -u',
    'set -e',
    'set -f',
    'set -C',
    'set -a',
    'set -o pipefail',
    'set -P',
    'set -h; set +h',
    'shopt -s nocasematch nocaseglob',
    'shopt -s nullglob',
    'shopt -s failglob',
    'shopt -s extglob dotglob globstar',
    'shopt -s autocd cdspell dirspell',
    'shopt -s xpg_echo',
    'shopt -s lastpipe',
    'shopt -u sourcepath',
    'shopt -s localvar_inherit',
    "IFS='/:.=0123456789'",
    'IFS=',
    'unset IFS',
    'CDPATH=/',
  ],
  together: 'set -ufC; shopt -s nocasematch extglob; IFS=/.',
  print: 'set -o; shopt; printf "%q\\n" "$IFS"',
  shadows: `for w in ${words} test; do alias "$w=echo shadow $w"; done`,
  plainly: { source: '\\.', cd: '\\cd' },
};

/** bash. */
export const driver: MakeDriver = ({ findProgram, promptMarker }) => ({
  name: 'bash',
  args: ['-i'],
  rcFile: '.bashrc',
  installedHook: 'hook.bash',
  hookFile: 'packages/bash/bedrockenv.bash',
  printStatus: 'echo $?',
  blankLine: '',
  listNames: 'compgen -A function; compgen -v; echo "$PROMPT_COMMAND"',
  oddities,
  ownTraps: "trap 'true' DEBUG; trap 'true' ERR;",
  unloadHook: 'bedrockenv_plugin_unload',
  program: () => findProgram('bash'),
  comparesSeconds: () => isBefore51(`${findProgram('bash')}`),
  nested: () => `${findProgram('bash')}`,
  replace: () => `exec ${findProgram('bash')}`,
  rc: (userLines) => `${head}\n${userLines}\n${tail(promptMarker)}`,
  quote,
  variable: (name) => `$${name}`,
  exportFile: (name, file) => `IFS= read -r -d '' ${name} < ${quote(file)}; export ${name}`,
  exportVar: (name, value) => `export ${name}=${quote(value)}`,
  setLocal: (name, value) => `declare -g +x ${name}=${quote(value)}`,
  unset: (name) => `unset ${name}`,
  dumpVariables: (names, toFile) => `testkit_dump ${quote(toFile)} ${names.join(' ')}`,
  sourceFile: (path) => `source ${quote(path)}`,
  evalOutput: (command) => `eval "$(${command})"`,
  runScript: (path) => {
    const bash = findProgram('bash');
    return [`${bash} ${path}`, `${bash} < ${path}`, `${bash} -c ${quote(`source ${path}`)} | cat`];
  },
  defineFunction: (name, body) => `${name}() { ${body}; }`,
  subshell: (line) => `(${line})`,
  capture: (line) => `echo "[$(${line})]"`,
});
