import { afterEach, describe, expect, test } from 'vitest';
import { applied, hasZsh, Place } from './place.ts';

describe.skipIf(!hasZsh)('read by a plugin manager, where no `bedrockenv hook` says what the CLI is', () => {
  let place: Place;
  afterEach(() => place.close());

  test('without the command on PATH: what is compiled works, and one line says what is missing where it is needed', async () => {
    place = new Place({ command: false });
    const [dir, other] = [place.project('app'), place.project('other')];
    const shell = await place.start();
    expect(await shell.screen()).toBe('$ ');
    expect((await shell.run(`cd ${dir}`)).output).toMatch(/^bedrockenv: keys /);
    await shell.run('cd /');
    // A changed input makes a compilation necessary, in either directory.
    place.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  max_output_tokens: 4096\n');
    expect((await shell.run(`cd ${dir}`)).output).toMatch(/^bedrockenv: the bedrockenv command is gone; [^\n]+$/);
    expect(await applied(shell, 'AWS_PROFILE')).toEqual(['']);
    for (const line of ['', 'cd /', `cd ${other}`, '', `cd ${dir}`]) {
      expect((await shell.run(line)).output, line).toBe('');
    }
  });

  test('the command appears on PATH later: it is found without a new shell', async () => {
    place = new Place();
    const dir = place.project('app');
    place.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  max_output_tokens: 4096\n');
    const shell = await place.start({ before: `real=$PATH; PATH=/usr/bin:/bin` });
    await shell.run(`cd ${dir}`);
    expect(await applied(shell, 'AWS_PROFILE')).toEqual(['']);
    await shell.run('cd /; PATH=$real');
    expect((await shell.run(`cd ${dir}`)).output).toMatch(/^bedrockenv: keys /);
    expect(await applied(shell, 'CLAUDE_CODE_MAX_OUTPUT_TOKENS')).toEqual(['4096']);
  });

  test('CLAUDECODE is set after it was read: nothing happens before it is gone', async () => {
    place = new Place();
    const dir = place.project('app');
    const shell = await place.start({ after: 'CLAUDECODE=1' });
    expect((await shell.run(`cd ${dir}`)).output).toBe('');
    expect(await applied(shell, 'AWS_PROFILE')).toEqual(['']);
    expect((await shell.run('unset CLAUDECODE')).output).toMatch(/^bedrockenv: keys /);
    expect(await applied(shell, 'AWS_PROFILE')).toEqual(['keys']);
  });

  test.each(['4.3.17', '5.0.2', '5.2', '5.2-dev-1'])('zsh %s is left as it is', async (version) => {
    place = new Place();
    const dir = place.project('app');
    const shell = await place.start({ before: `ZSH_VERSION=${version}` });
    for (const line of [`cd ${dir}`, '', 'cd /']) expect((await shell.run(line)).output, line).toBe('');
    await shell.run(`cd ${dir}`);
    expect(await applied(shell, 'AWS_PROFILE')).toEqual(['']);
  });

  test('$0 of the function that reads it does not matter, nor FUNCTION_ARGZERO', async () => {
    place = new Place();
    const dir = place.project('app');
    const shell = await place.start({ before: 'setopt no_function_argzero posix_argzero' });
    expect((await shell.run(`cd ${dir}`)).output).toMatch(/^bedrockenv: keys /);
  });
});
