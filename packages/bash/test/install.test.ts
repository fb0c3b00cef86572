import { mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

const folder = resolve(import.meta.dirname, '..');
const plugin = `${folder}/bedrockenv.plugin.bash`;
const line = 'echo "${AWS_PROFILE-unset}"';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

/** What `bedrockenv compile` does: it writes the plan that was laid aside. */
function compilable(): void {
  const dir = box.project('p', { label: 'L', variables: [['set', 'AWS_PROFILE', 'x']] });
  const plan = `${box.state}/plans${dir}/.bedrockrc`;
  renameSync(plan, `${box.root}/plan`);
  box.cli(`cp '${box.root}/plan' '${plan}'\n`);
}

describe('loaded by a plugin manager, without what `bedrockenv hook` puts in front', () => {
  it.each([
    ['by its path', (file: string) => `. '${file}'`],
    ['relative to its folder', () => `cd '${folder}'; . ./bedrockenv.plugin.bash; cd "$OLDPWD"`],
    ['from its folder on PATH', () => `PATH+=:${folder}; . bedrockenv.plugin.bash`],
    // bash-it: `source` of each custom/*.bash in a loop, with errors of its own in $?.
    [
      'through a link in the custom folder of bash-it',
      () => `for f in "$HOME"/.bash_it/custom/*.bash; do source "$f"; done`,
    ],
    ['the hook itself, through a link', () => `. "$HOME/.bash_it/hook"`],
  ])('%s it finds the command on PATH', (_, load) => {
    compilable();
    mkdirSync(`${box.home}/.bash_it/custom`, { recursive: true });
    symlinkSync(plugin, `${box.home}/.bash_it/custom/bedrockenv.plugin.bash`);
    symlinkSync(`${folder}/bedrockenv.bash`, `${box.home}/.bash_it/hook`);
    const { out, errors } = box.run(['cd p', line, 'cd ..', line, 'compgen -v _bedrockenv_plugin'], {
      load: load(plugin),
    });
    expect({ out, errors }).toEqual({ out: ['x', 'unset'], errors: ['bedrockenv: L'] });
    expect(box.calls()).toEqual([`compile --dir ${box.home}/p`]);
  });

  it('also where the command came to PATH after the hook was loaded', () => {
    compilable();
    const env = { PATH: '/usr/bin:/bin' };
    const { out, errors } = box.run([`PATH=${box.root.replaceAll(' ', '\\ ')}/bin:$PATH`, 'cd p', line], {
      env,
      load: `. '${plugin}'`,
    });
    expect({ out, errors }).toEqual({ out: ['x'], errors: ['bedrockenv: L'] });
  });

  it('and without one it says so once, then is quiet', () => {
    for (const dir of ['p', 'q']) box.approved(`${box.home}/${dir}`);
    const { out, errors } = box.run(['cd p', ':', 'cd ../q', ':', 'cd ..', 'cd p', line], {
      env: { PATH: '/usr/bin:/bin' },
      load: `. '${plugin}'`,
    });
    expect(out).toEqual(['unset']);
    expect(errors).toEqual([expect.stringMatching(/^bedrockenv: the bedrockenv command is gone; /)]);
  });
});

it('every file that the package names is there', () => {
  const { files } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { files: string[] };
  expect(files.filter((file) => file.endsWith('.bash'))).toEqual(['bedrockenv.bash', 'bedrockenv.plugin.bash']);
  for (const file of files.filter((name) => name.endsWith('.bash'))) readFileSync(`${folder}/${file}`);
});
