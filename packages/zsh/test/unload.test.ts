import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applied, hasZsh, Place } from './place.ts';

/** What direnv's hook defines, and where it puts itself. */
const direnv = [
  '_direnv_hook() { : }',
  'typeset -ag precmd_functions chpwd_functions',
  'precmd_functions=( _direnv_hook $precmd_functions )',
  'chpwd_functions=( _direnv_hook $chpwd_functions )',
].join('\n');

/** Everything that the hook could leave behind, one name a line. */
const leftovers =
  "print -rl -- ${(M)${(k)parameters}:#(#i)*bedrockenv*} ${(M)${(k)functions}:#*bedrockenv*} ${(M)precmd_functions:#*bedrockenv*} ${(M)chpwd_functions:#*bedrockenv*}; env | grep -ic '^BEDROCKENV\\|^AWS_PROFILE\\|^ANTHROPIC'";

describe.skipIf(!hasZsh)('bedrockenv_plugin_unload', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.close());

  for (const [where, rc] of [
    ['alone', {}],
    ["with direnv's hook before it", { before: direnv }],
    ["with direnv's hook after it", { after: direnv }],
  ] as const) {
    test(`inside a project, after coming and going, ${where}`, async () => {
      const [dir, other] = [place.project('app'), place.project('other')];
      const shell = await place.start(rc);
      await shell.run('setopt extended_glob');
      const hooks = 'print -r -- $precmd_functions $chpwd_functions';
      for (const to of [dir, '/', dir, other, '/', dir]) await shell.run(`cd ${to}`);
      expect(await applied(shell, 'AWS_PROFILE')).toEqual(['keys']);
      const before = (await shell.run(hooks)).output.split(/\s+/);
      expect((await shell.run('bedrockenv_plugin_unload')).output).toBe('');
      expect((await shell.run(leftovers)).output.trim()).toBe('0');
      expect((await shell.run(hooks)).output.split(/\s+/).filter(Boolean)).toEqual(
        before.filter((name) => !name.startsWith('_bedrockenv_')),
      );
      expect((await shell.run(`cd / && cd ${dir}`)).output).toBe('');
      expect(await applied(shell, 'AWS_PROFILE')).toEqual(['']);
    });
  }
});
