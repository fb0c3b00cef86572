import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hook, Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

// Everything that can be left behind; `status`, history and what `cd` keeps are fish's own.
const own =
  '^(dirprev|dirnext|__fish_cd_direction|status|pipestatus|status_generation|history|fish_pid|CMD_DURATION)( |$)';
const state = `set -g | string match -vr '${own}'; set -gx | sort; functions -an | sort; functions --handlers; echo end`;
const direnv = 'function __direnv_export_eval --on-event fish_prompt; set -g direnv_calls x$direnv_calls; end';

describe.each([
  ['alone', '', ''],
  ["after direnv's hook", direnv, ''],
  ["before direnv's hook", '', direnv],
])('%s', (_, before, after) => {
  test.each(['bedrockenv_plugin_unload', 'emit bedrockenv_uninstall'])(
    '%s puts everything back and leaves nothing',
    (unload) => {
      const dir = box.planned('a', {
        label: 'dev',
        vars: [
          ['set', 'AWS_PROFILE', 'corp'],
          ['unset', 'AWS_REGION', ''],
          ['set', 'BEDROCKENV_MODEL', 'x'],
        ],
      });
      const values = `set -gx AWS_PROFILE 'a  b'; set -g AWS_REGION local; set -g direnv_calls`;
      const without = box.bare(`${values}\n${before}\n${after}\ncd ${dir}; cd ~\n${state}`);
      for (const lines of ['prompt', `prompt; cd ${dir}; prompt; cd ~; cd ${dir}; prompt`, '']) {
        const { out, err } = box.bare(`${values}\n${before}\nsource ${hook}\n${after}
        function prompt; emit fish_prompt; end
        ${lines}
        ${unload}
        cd ~; functions -e prompt; set -g direnv_calls
        ${state}`);
        expect(err.filter((line) => line !== 'bedrockenv: dev')).toEqual([]);
        expect(out).toEqual(without.out);
      }
    },
  );
});

test('loading prints nothing, twice as well, and keeps what is applied', () => {
  const dir = box.planned('a', { label: 'dev', vars: [['set', 'AWS_PROFILE', 'corp']] });
  const { out, err } = box.fish(
    `prompt; cd ${dir}; prompt; source ${hook}; prompt; prompt; echo $AWS_PROFILE; cd ~; echo "[$AWS_PROFILE]"; functions --handlers | grep -c bedrockenv`,
  );
  expect(out).toEqual(['corp', '[]', '7']);
  expect(err).toEqual(['bedrockenv: dev']);
});

test('BEDROCKENV_DISABLE leaves, and comes back when it is gone', () => {
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  const { out } = box.fish(
    `prompt; cd ${dir}; set -g BEDROCKENV_DISABLE 1; prompt; echo "[$AWS_PROFILE]"; cd ~; cd ${dir}; prompt; echo "[$AWS_PROFILE]"; set -e BEDROCKENV_DISABLE; prompt; echo "[$AWS_PROFILE]"`,
  );
  expect(out).toEqual(['[]', '[]', '[corp]']);
});

test('in Claude Code there is no hook at all', () => {
  const { out } = box.fish('set -gn | grep _bedrock; functions -an | grep _bedrock; echo end', { CLAUDECODE: '1' });
  expect(out).toEqual(['end']);
});

test('$status and $pipestatus are the user’s at the prompt and after a cd', () => {
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  const { out } = box.fish(`prompt; builtin cd ${dir}; echo $status; false | true | false; prompt >/dev/null; echo
    function check --on-event fish_prompt; echo $pipestatus; end; false | true | false; emit fish_prompt`);
  expect(out).toEqual(['0', '', '1 0 1']);
});
