import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hook, Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
  box.project('p', { label: 'L', variables: [['set', 'AWS_PROFILE', 'x']] });
});
afterEach(() => box.remove());

const line = 'echo "${AWS_PROFILE-unset}"';

/** The lines that load the hook as it is, and as a bash before 5.1 takes it, where `local -` is not used. */
const loads: [bash: string, load: () => string][] = [
  ['this bash', () => `. '${hook}'`],
  [
    'bash before 5.1',
    () => {
      const text = readFileSync(hook, 'utf8');
      const older = text.replace('((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] > 500))', 'false');
      expect(older).not.toBe(text);
      return `. '${box.write(join(box.root, 'older'), older)}'`;
    },
  ],
];

describe.each(loads)('in %s it works under', (_bash, load) => {
  it.each([
    ['set -u', 'set -u'],
    ['set -e', 'set -e'],
    ['set -a', 'set -a'],
    ['set -f', 'set -f'],
    ['set -C', 'set -C'],
    ['set -k', 'set -k'],
    ['set -E and -T with traps', `set -ET; trap ': err' ERR; trap ': debug' DEBUG; trap ': return' RETURN`],
    ['nocasematch', 'shopt -s nocasematch'],
    ['extglob', 'shopt -s extglob'],
    ['nullglob and failglob', 'shopt -s nullglob failglob'],
    ['posix mode', 'set -o posix'],
    ['an odd IFS', 'IFS=/e0'],
    ['an empty IFS', 'IFS='],
    ['no IFS', 'unset IFS'],
    ['the C locale', 'LC_ALL=C'],
    [
      'aliases',
      `for a in local builtin test printf read mapfile export unset return declare shopt set '['; do alias "$a=echo alias"; done`,
    ],
    [
      'functions',
      `for f in cd printf test read mapfile export unset type command ls pwd; do eval "$f() { echo function; }"; done`,
    ],
  ])('%s', (_, before) => {
    const cd = '\\builtin cd';
    const lines = [
      'before=$-$BASHOPTS',
      `${cd} p`,
      line,
      `${cd} ..`,
      line,
      '[[ $before == $-$BASHOPTS ]] && echo same',
    ];
    const { out, errors } = box.run(lines, { before: `shopt -s expand_aliases\n${before}`, load: load() });
    expect({ out, errors }).toEqual({ out: ['x', 'unset', 'same'], errors: ['bedrockenv: L'] });
  });
});

describe.each(loads)('in %s', (_bash, load) => {
  it('survives set -e with a failing last command', () => {
    expect(box.run(['! true', 'echo alive'], { before: 'set -e', load: load() }).out).toEqual(['alive']);
  });

  it('leaves the history and IGNOREEOF alone', () => {
    const HISTFILE = box.write(join(box.root, 'history'), 'echo before\n');
    const { out } = box.run(['', 'history', 'echo $IGNOREEOF'], {
      before: 'IGNOREEOF=3',
      env: { HISTFILE },
      load: load(),
    });
    expect(out.map((row) => row.trim())).toEqual(['1  echo before', '2  history', '3']);
  });

  it('puts the options back after Ctrl-C, with the next prompt at the latest', () => {
    // The shell and what it waits for get the signal, as from a terminal.
    box.cli('kill -INT $PPID; kill -INT $$');
    box.approved(join(box.home, 'q'));
    const { out } = box.run(['cd q', 'echo $-', 'set -f', 'cd ..', 'cd q', 'echo $-'], {
      before: 'set -u',
      load: load(),
    });
    const [first = '', second = ''] = out;
    expect([first.replace(/[^aefkuxET]/g, ''), second.replace(/[^aefkuxET]/g, '')]).toEqual(['u', 'fu']);
  });
});

describe('PROMPT_COMMAND', () => {
  it.each([
    ['a string', `PROMPT_COMMAND='echo "user $?"'`],
    ['an array', `PROMPT_COMMAND=('echo "user $?"' ':')`],
    ['a string with a semicolon at its end', `PROMPT_COMMAND='echo "user $?";'`],
  ])('%s: in front, with $? kept', (_, before) => {
    const { out } = box.run(['(exit 3)', 'declare -p PROMPT_COMMAND'], { before });
    expect(out.slice(0, 3)).toEqual([
      'user 0',
      'user 3',
      expect.stringMatching(/^declare -[-a] PROMPT_COMMAND=.*_bedrockenv_prompt;echo/),
    ]);
  });

  it('is not exported, and one that is readonly stays as it is', () => {
    expect(box.run(['declare -p PROMPT_COMMAND']).out).toEqual(['declare -- PROMPT_COMMAND="_bedrockenv_prompt"']);
    const { out, errors } = box.run(['echo $PROMPT_COMMAND', 'compgen -v _bedrockenv'], {
      before: 'readonly PROMPT_COMMAND=:',
    });
    expect({ out, errors }).toEqual({ out: [':'], errors: [] });
  });
});

describe('loading', () => {
  it('prints nothing, defines nothing but its own names, and is idempotent', () => {
    const { out, errors } = box.run([
      'cd p',
      `. '${hook}'`,
      `. '${hook}'`,
      line,
      'echo "$PROMPT_COMMAND"',
      'cd ..',
      line,
    ]);
    expect({ out, errors }).toEqual({ out: ['x', '_bedrockenv_prompt', 'unset'], errors: ['bedrockenv: L'] });
  });

  it.each([
    ['eval', `eval "$(cat '${hook}')"`],
    ['eval in a function', `f() { eval "$(cat '${hook}')"; }; f; unset -f f`],
    ['source in a function', `f() { . '${hook}'; }; f; unset -f f`],
    ['a process substitution', `. <(cat '${hook}')`],
    ['eval under set -eu', `set -eu; eval "$(cat '${hook}')"; set +eu`],
    ['a relative path', `cd '${hook.replace(/\/[^/]*$/, '')}'; . ./bedrockenv.bash; cd "$OLDPWD"`],
  ])('by %s', (_, load) => {
    const { out, errors } = box.run(['cd p', line, 'cd ..', line], { load, after: 'echo after' });
    expect({ out, errors }).toEqual({ out: ['after', 'x', 'unset'], errors: ['bedrockenv: L'] });
  });

  it.each([
    ['under CLAUDECODE', { env: { CLAUDECODE: '1' } }],
    ['in an older bash', { load: `eval "$(sed 's/BASH_VERSINFO\\[0\\] \\*/0 */' '${hook}')"` }],
  ])('does nothing %s', (_, options) => {
    const { out, errors } = box.run(
      ['cd p', line, 'compgen -A function bedrockenv; compgen -A function _bedrockenv; compgen -v _bedrockenv'],
      options,
    );
    expect({ out, errors }).toEqual({ out: ['unset'], errors: [] });
  });
});

describe('takes everything away when it is unloaded, and restores', () => {
  const all = `{ declare -p; declare -F; shopt; set -o; trap; alias; } | grep -vE '^declare -[^ ]* (_|BASH_[A-Z]*|LINENO|RANDOM|SRANDOM|EPOCH[A-Z]*|SECONDS|PIPESTATUS|FUNCNAME|SHELLOPTS|HISTCMD|OLDPWD|PWD)(=|$)'`;
  const direnv = `_direnv_hook() { :; }`;
  it.each([
    ['as it is', ''],
    ['a string', `PROMPT_COMMAND=' : ;  true; '`],
    ['an empty string', `PROMPT_COMMAND=`],
    ['an array', `PROMPT_COMMAND=(':' true)`],
    ['an array with empty elements', `PROMPT_COMMAND=('' '' true)`],
    ['an array without a first element', `PROMPT_COMMAND=([2]=true)`],
    ['an exported variable to put back', `export AWS_PROFILE=$'a \n'; MAX_THINKING_TOKENS=5`],
    ['nocasematch', `shopt -s nocasematch`],
    ["direnv's hook, loaded before", `${direnv}; PROMPT_COMMAND=_direnv_hook`],
    ["direnv's hook with more behind it", `${direnv}; PROMPT_COMMAND='_direnv_hook;true;'`],
    ["direnv's hook in an array", `${direnv}; PROMPT_COMMAND=(_direnv_hook true)`],
    [
      "direnv's hook, loaded afterwards",
      '',
      `${direnv}; PROMPT_COMMAND="_direnv_hook\${PROMPT_COMMAND:+;$PROMPT_COMMAND}"`,
    ],
  ])('%s', (_, before, after = '') => {
    const dump = (name: string) => `${all} >'${box.root}/${name}'`;
    const quiet = `HISTSIZE=500 HISTFILESIZE=500\n${before}`;
    box.run([...(after ? [after] : []), 'cd p', 'cd ..', dump('before')], { before: quiet, load: '' });
    for (const lines of [['cd p', line, 'bedrockenv_plugin_unload', 'cd ..'], ['bedrockenv_plugin_unload']]) {
      const { errors } = box.run([...lines, dump('after')], { before: quiet, after });
      expect(errors.filter((text) => text !== 'bedrockenv: L')).toEqual([]);
      const [a, b] = ['before', 'after'].map((name) => readFileSync(`${box.root}/${name}`, 'utf8').split('\n'));
      expect(b).toEqual(a);
    }
  });
});

it('leaves under BEDROCKENV_DISABLE and comes back', () => {
  const { out } = box.run([
    'cd p',
    line,
    'BEDROCKENV_DISABLE=1',
    line,
    'cd ..',
    'cd p',
    line,
    'unset BEDROCKENV_DISABLE',
    line,
  ]);
  expect(out).toEqual(['x', 'unset', 'unset', 'x']);
});

it('is silent in a shell that was started inside the project, and restores there', () => {
  const { out, errors } = box.run([
    ...['AWS_PROFILE=local', 'cd p', `bash --noprofile --noediting --rcfile '${box.root}/rc' -i <<'EOF'`],
    ...[line, 'cd ..', line, 'EOF', 'cd ..', line],
  ]);
  expect({ out, errors }).toEqual({ out: ['x', 'unset', 'local'], errors: ['bedrockenv: L'] });
});

it('does nothing in subshells', () => {
  expect(box.run(['(cd p; _bedrockenv_prompt; echo "${AWS_PROFILE-unset}")']).out).toEqual(['unset']);
});
