import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MakeDriver, Oddities } from '@bedrockenv/core';

function quote(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('%')) return text;
  const quoted = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    // fish has no escapes inside quotes: step outside for a control character.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    .replace(/[\x00-\x1f\x7f]/g, (char) => `'\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}'`);
  return `'${quoted}'`;
}

const head = `
set -g fish_greeting
set -g fish_history ''
set -g fish_autosuggestion_enabled 0
function fish_title
end
# Of fish 4: what it prints at each \`cd\` fails where the user's $fish_read_limit is tiny.
function testkit_first --on-event fish_prompt
    functions -e __fish_update_cwd_osc testkit_first
end
function fish_prompt
    echo -n '$ '
end
function testkit_dump
    set -l _tk_file $argv[1]
    for _tk_name in $argv[2..-1]
        set -l _tk_state u
        set -l _tk_value
        if set -q $_tk_name
            set _tk_value "$$_tk_name"
            set -qx $_tk_name; and set _tk_state x; or set _tk_state l
        end
        printf '%s\\0' $_tk_name $_tk_state "$_tk_value"
    end >$_tk_file
end
`;

// The user's prompt still runs, with the status that it would have seen.
const tail = (promptMarker: string) => `
functions -c fish_prompt testkit_user_prompt
function testkit_return
    return $argv[1]
end
function fish_prompt
    set -l _tk_status $status
    printf '\\e]${promptMarker}fish;%d\\a' $_tk_status
    testkit_return $_tk_status
    testkit_user_prompt
end
`;

/** What users set. */
const oddities: Oddities = {
  each: [
    'set -g IFS x',
    'set -g CDPATH /',
    'set -g fish_read_limit 10',
    'set -g fish_handle_reflow 0',
    'set -g argv a b',
    'set -g status_ x',
    'set -g fish_trace',
    'fish_vi_key_bindings; function fish_mode_prompt; end',
  ],
  print: 'set -S IFS fish_read_limit fish_trace',
  shadows: 'abbr -a set echo; abbr -a cd echo; alias ls="echo shadow"; alias cat="echo shadow"; function status_; end',
  // fish 4 expands what is abbreviated after `builtin` as well.
  plainly: { source: 'source', cd: 'eval builtin cd' },
};

/** fish. */
export const driver: MakeDriver = ({ findProgram, promptMarker }) => ({
  name: 'fish',
  args: ['-i'],
  rcFile: '.config/fish/config.fish',
  installedHook: 'hook.fish',
  hookFile: 'packages/fish/conf.d/bedrockenv.fish',
  printStatus: 'echo $status',
  blankLine: '',
  startsProcesses() {
    const here = findProgram('fish');
    const old = here && /version 3\.[0-5]\./.test(execFileSync(here, ['--version'], { encoding: 'utf8' }));
    return old ? 'before 3.6 it compares times with a process' : undefined;
  },
  listNames: 'functions -a -n | string split ,; set -n',
  oddities,
  readsWithoutSwitch: true,
  unloadHook: 'bedrockenv_plugin_unload',
  program: () => findProgram('fish'),
  // Without this folder the first fish in a HOME reads every manual page of the machine, in the background.
  prepareHome(home) {
    mkdirSync(join(home, '.local/share/fish/generated_completions'), { recursive: true });
    // The same in fish 4.
    mkdirSync(join(home, '.cache/fish/generated_completions'), { recursive: true });
  },
  nested: () => `${findProgram('fish')}`,
  replace: () => `exec ${findProgram('fish')}`,
  rc: (userLines) => `${head}\n${userLines}\n${tail(promptMarker)}`,
  quote,
  variable: (name) => `$${name}`,
  exportFile: (name, file) => `read -z -gx ${name} < ${quote(file)}`,
  exportVar: (name, value) => `set -gx ${name} ${quote(value)}`,
  setLocal: (name, value) => `set -gu ${name} ${quote(value)}`,
  unset: (name) => `set -e ${name}`,
  dumpVariables: (names, toFile) => `testkit_dump ${quote(toFile)} ${names.join(' ')}`,
  sourceFile: (path) => `source ${quote(path)}`,
  evalOutput: (command) => `${command} | source`,
  runScript: (path) => {
    const fish = findProgram('fish');
    return [`${fish} ${path}`, `${fish} < ${path}`, `${fish} -c ${quote(`source ${path}`)} | cat`];
  },
  defineFunction: (name, body) => `function ${name}; ${body}; end`,
  subshell: () => undefined,
  capture: (line) => `echo "["(begin; ${line}; end | string collect)"]"`,
});
