import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';

/** A HOME whose rc files lie in a repository, linked there as stow, chezmoi and yadm do it. */
function dotfiles(): { box: Sandbox; env: Record<string, string> } {
  const box = new Sandbox();
  box.write('dotfiles/bashrc', 'export A=1\n');
  symlinkSync('dotfiles/bashrc', box.path('.bashrc'));
  mkdirSync(box.path('bin'));
  symlinkSync('/bin/bash', box.path('bin/bash'));
  return { box, env: { PATH: `${box.path('bin')}:/usr/bin:/bin`, SHELL: '/bin/bash' } };
}

it('the line that setup prints is put there by hand: a new shell has the hook, and uninstall names it', () => {
  const { box, env } = dotfiles();
  const said = box.run(['setup', '--yes', '--shell', 'bash'], { env });
  expect(said.stderr).toContain('put the lines above into their files, then open a new shell');
  const [line] = said.stderr.match(/^ {2}\[ .* # bedrockenv setup$/m) as RegExpMatchArray;
  appendFileSync(box.path('dotfiles/bashrc'), `${line.trim()}\n`);
  const again = box.run(['setup', '--yes', '--shell', 'bash'], { env });
  expect(again.stderr).toContain('a new bash has the hook');
  expect(again.stderr).not.toContain('put the lines above');

  const { stderr } = box.run(['uninstall', '--yes'], { env });
  expect(stderr).toContain(`~/.bashrc:2 was put there by hand, so it is yours to remove: ${line.trim()}`);
  expect(box.text('dotfiles/bashrc')).toBe(`export A=1\n${line.trim()}\n`);
});

it('the command that setup prints for a file that it does not write works as it is, folder or not', () => {
  const { box, env } = dotfiles();
  // What completions come from is only looked for, not started.
  box.write('bin/fish', '#!/bin/sh\necho bedrockenv-check:yes\n', 0o755);
  mkdirSync(box.path('dotfiles/my fish'));
  mkdirSync(box.path('.config'));
  symlinkSync('../dotfiles/my fish', box.path('.config/fish'));
  const { stderr } = box.run(['setup', '--yes', '--shell', 'fish'], { env });
  const [, command = ''] = /to write it all the same:\n {2}(.*)\n/.exec(stderr) ?? [];
  expect(command).toContain('bedrockenv completions fish > ');
  box.write('bin/bedrockenv', '#!/bin/sh\necho completions\n', 0o755);
  const { status } = spawnSync('/bin/sh', ['-c', command], { env: box.environment(env) });
  expect(status).toBe(0);
  expect(existsSync(box.path('dotfiles/my fish/completions/bedrockenv.fish'))).toBe(true);
});

it('a ~/.bash_profile that does not read ~/.bashrc is said, with the line that mends it', () => {
  const box = new Sandbox();
  mkdirSync(box.path('bin'));
  symlinkSync('/bin/bash', box.path('bin/bash'));
  const env = { PATH: `${box.path('bin')}:/usr/bin:/bin`, SHELL: '/bin/bash' };
  const setup = () => box.run(['setup', '--yes', '--shell', 'bash'], { env });
  // What most systems give their users is enough.
  box.write('.profile', 'if [ -n "$BASH_VERSION" ]; then . "$HOME/.bashrc"; fi\n');
  expect(setup().stderr).not.toContain('login bash');

  box.write('.bash_profile', 'export A=1\n');
  const { code, stderr } = setup();
  expect(code).toBe(0);
  expect(stderr).toContain('a new bash has the hook');
  const [, line = ''] =
    /a login bash \(.*\) does not; .* put this into ~\/\.bash_profile:\n {2}(.*)\n/.exec(stderr) ?? [];
  expect(line).not.toBe('');
  appendFileSync(box.path('.bash_profile'), `${line}\n`);
  expect(setup().stderr).not.toContain('login bash');
});
