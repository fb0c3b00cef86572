import { afterEach, beforeEach, expect, test } from 'vitest';
import { hook, Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

const state = `set -gn | sort; functions -an | sort; functions --handlers | grep -i bedrock; echo end`;

test.each(['bedrockenv_plugin_unload', 'emit bedrockenv_uninstall'])(
  '%s inside a project puts everything back and leaves nothing',
  (unload) => {
    const dir = box.planned('a', { label: 'dev', vars: [['set', 'AWS_PROFILE', 'corp']] });
    const before = box.fish(`bedrockenv_plugin_unload; ${state}`);
    const after = box.fish(`prompt; cd ${dir}; prompt; ${unload}; cd ~; cd ${dir}; ${state}`);
    const names = (lines: string[]) => lines.filter((line) => !/^(dirprev|dirnext|__fish_cd_direction)$/.test(line));
    expect(names(after.out)).toEqual(names(before.out));
    expect(before.out.filter((line) => /bedrockenv/i.test(line))).toEqual([]);
  },
);

test('loading prints nothing, twice as well, and keeps what is applied', () => {
  const dir = box.planned('a', { label: 'dev', vars: [['set', 'AWS_PROFILE', 'corp']] });
  const { out, err } = box.fish(
    `prompt; cd ${dir}; prompt; source ${hook}; prompt; prompt; echo $AWS_PROFILE; cd ~; echo "[$AWS_PROFILE]"; functions --handlers | grep -c bedrockenv`,
  );
  expect(out).toEqual(['corp', '[]', '3']);
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
