import { expect } from 'vitest';
import { sampleSessions } from '../sandbox/index.ts';
import { only, type Scenario } from '../scenario.ts';
import { keys, nothing } from './projects.ts';
import { fresh, stale, unless } from './stale-session.ts';

/**
 * What the instant prompt of powerlevel10k does while zsh starts: until its own precmd function, which runs last, stdin is
 * /dev/null and what is printed goes to a file, of which it then warns.
 */
const instantPrompt = {
  before: [
    'print INSTANT; exec {__p9k_fd_0}<&0 {__p9k_fd_1}>&1 {__p9k_fd_2}>&2 0</dev/null 1>~/instant 2>&1',
    'typeset -gi __p9k_instant_prompt_active=1',
    'clear_instant() {',
    '  (( $+__p9k_instant_prompt_active )) || return 0',
    '  exec 0<&$__p9k_fd_0 1>&$__p9k_fd_1 2>&$__p9k_fd_2 {__p9k_fd_0}>&- {__p9k_fd_1}>&- {__p9k_fd_2}>&-',
    '  unset __p9k_instant_prompt_active',
    "  [[ ! -s ~/instant ]] || { print 'WARNING: console output'; cat ~/instant }",
    '}',
    'p10k() { if [[ $1 == clear-instant-prompt ]]; then clear_instant; else print usage >&2; return 1; fi }',
  ].join('\n'),
  after: 'precmd_functions+=( clear_instant )',
};

export const dotfiles: Scenario[] = [
  {
    name: 'an instant prompt at the start: what is said comes below it, and is no output of the start-up files',
    except: only('zsh'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      const other = await t.project('other', keys.text, { allow: false });
      for (const [cwd, line] of [
        [dir, keys.line.source.slice(1, -1)],
        [other, 'bedrockenv: \\S* is not approved; to use it: bedrockenv allow'],
        [t.sandbox.home, ''],
      ] as const) {
        const shell = await t.start({ ...instantPrompt, cwd });
        expect(await shell.screen()).toMatch(new RegExp(`^INSTANT\\n${line && `${line}\\n`}\\$ $`));
      }
    },
  },
  {
    name: 'an instant prompt at the start where the session is stale: signs in before the first real prompt',
    except: only('zsh'),
    unless,
    async run(t) {
      const dir = await stale(t, -3600);
      t.sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
      const shell = await t.start({ ...instantPrompt, cwd: dir });
      const lines = (await shell.screen()).split('\n');
      expect(lines.at(-2)).toMatch(fresh);
      expect(lines.join('\n')).not.toMatch(/WARNING/);
      expect(t.fake.counters.logins).toBe(1);
    },
  },
  {
    name: 'someone takes PROMPT_COMMAND over and calls what was there: it works, and unloading leaves no error behind',
    except: only('bash'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      // As VS Code and starship do.
      const after =
        'kept=$PROMPT_COMMAND; take_over() { local s=$?; eval "$kept"; echo "s $s"; }; PROMPT_COMMAND=take_over';
      await t.start({ after });
      t.expectLines(await t.cd(dir), [keys.line, 's 0']);
      t.expectLines(await t.run('echo "$PROMPT_COMMAND"'), ['take_over', 's 0']);
      t.expectLines(await t.run(t.driver.unloadHook), ['s 0']);
      await t.expectOnly(nothing);
      t.expectLines(await t.run("sh -c 'exit 3'"), ['s 3']);
    },
  },
  {
    name: 'ble.sh, attached before the hook is loaded, has PROMPT_COMMAND put away: its own hook is used',
    except: only('bash'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      // What it does: PROMPT_COMMAND is its own, whatever is assigned to it meanwhile.
      const before = [
        'BLE_ATTACHED=1',
        'blehook() { case $1 in PRECMD!=*) precmd=${1#*=} ;; PRECMD-=*) precmd= ;; esac; }',
        'run_precmd() { local s=$?; if [[ $precmd ]]; then (exit $s); $precmd; fi; echo "precmd $? ${precmd:-none}"; }',
      ].join('\n');
      await t.start({ before, after: 'PROMPT_COMMAND=run_precmd' });
      const line = ' 0 _bedrockenv_prompt';
      t.expectLines(await t.cd(dir), [keys.line, `precmd${line}`]);
      await t.expectVars(keys.vars);
      t.expectLines(await t.run("sh -c 'exit 3'"), ['precmd 3 _bedrockenv_prompt']);
      t.expectLines(await t.run(t.driver.unloadHook), ['precmd 0 none']);
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'under `set -x` the hook is not traced, least of all an API key that it reads',
    except: only('zsh', 'bash'),
    async run(t) {
      t.sandbox.write('key', 'the-secret\n');
      t.sandbox.write('.config/bedrockenv/config.yaml', 'environments:\n  work:\n    api_key: {file: ~/key}\n');
      const dir = await t.project('app', 'use: work\nregion: eu-central-1\nmodel: claude-sonnet-5\n');
      await t.start();
      await t.run('set -x');
      const { output } = await t.cd(dir);
      const { output: next } = await t.prompt();
      await t.run('set +x');
      await t.expectVars({ AWS_BEARER_TOKEN_BEDROCK: 'the-secret' });
      expect(output).not.toMatch(/secret/);
      expect(output).toMatch(/^bedrockenv: .*eu-central-1 · Sonnet 5/m);
      expect(next.split('\n').length).toBeLessThan(8);
    },
  },
];
