import { symlinkSync, unlinkSync, utimesSync } from 'node:fs';
import { sampleSessions } from '@bedrockenv/testkit/sandbox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applied, hasZsh, Place } from './place.ts';

describe.skipIf(!hasZsh)('coming back to a directory in the same shell', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.close());

  test('sixteen places are kept, however many are entered, and each is still right', async () => {
    const dirs = Array.from({ length: 18 }, (_, i) =>
      place.project(`p${i}`, `profile: keys\nmax_output_tokens: ${i + 1}\n`),
    );
    const shell = await place.start();
    for (const round of [1, 2]) {
      for (const [i, dir] of dirs.entries()) {
        await shell.run(`cd ${dir}`);
        expect(await applied(shell, 'CLAUDE_CODE_MAX_OUTPUT_TOKENS', 'BEDROCKENV_DIR'), `round ${round}`).toEqual([
          String(i + 1),
          dir,
        ]);
        await shell.run('cd /');
      }
    }
    const count = 'print ${#_bedrockenv_places} ${#${(M)${(k)parameters}:#_bedrockenv_pairs_<->}}';
    // Before 5.6 none is kept.
    const isExact = (await shell.run('print -r -- ${_bedrockenv_exact:-0}')).output === '1';
    expect((await shell.run(count)).output).toBe(isExact ? '16 16' : '0 0');
  });

  test('a symbolic link that leads elsewhere meanwhile: what is approved there counts', async () => {
    const approved = place.project('releases/1');
    place.sandbox.write('releases/2/.bedrockrc', 'profile: keys\nregion: eu-central-1\nmodel: claude-sonnet-5\n');
    utimesSync(place.sandbox.at('releases/2/.bedrockrc'), 1_000_000_000, 1_000_000_000);
    const current = place.sandbox.at('current');
    symlinkSync(approved, current);
    const shell = await place.start();
    for (let i = 0; i < 2; i += 1) {
      expect((await shell.run(`cd ${current}`)).output).toMatch(/^bedrockenv: keys /);
      expect((await shell.run('cd /')).output).toBe('');
    }
    unlinkSync(current);
    symlinkSync(place.sandbox.at('releases/2'), current);
    expect((await shell.run(`cd ${current}`)).output).toMatch(/is not approved/);
    expect(await applied(shell, 'AWS_PROFILE')).toEqual(['']);
  });

  test('a file that was replaced by one with the same time, and approved text that came back', async () => {
    const dir = place.project('app');
    const file = place.sandbox.at('app/.bedrockrc');
    const then = new Date('2026-01-01T00:00:00Z');
    utimesSync(file, then, then);
    const shell = await place.start();
    for (let i = 0; i < 2; i += 1) {
      await shell.run(`cd ${dir}`);
      expect(await applied(shell, 'AWS_REGION')).toEqual(['eu-central-1']);
      await shell.run('cd /');
    }
    place.sandbox.write('app/.bedrockrc', 'profile: keys\nregion: eu-west-1\nmodel: claude-sonnet-5\n');
    utimesSync(file, then, then);
    expect((await shell.run(`cd ${dir}`)).output).toMatch(/is not approved/);
    expect(await applied(shell, 'AWS_REGION')).toEqual(['']);
    await shell.run('cd /');
    place.project('app');
    await shell.run(`cd ${dir}`);
    expect(await applied(shell, 'AWS_REGION')).toEqual(['eu-central-1']);
  });

  test('signed out, signed in, renewed: the status line says what is so now', async () => {
    const dir = place.project('app', 'profile: corp-dev\nmodel: claude-sonnet-5\n');
    const shell = await place.start({ before: 'export BEDROCKENV_NO_LOGIN=1' });
    const enter = async () => {
      const { output } = await shell.run(`cd ${dir}`);
      await shell.run('cd /');
      return output.split(' · ').at(-1);
    };
    for (let i = 0; i < 2; i += 1) expect(await enter()).toMatch(/^session (7h 59m|8h 0m)$/);
    place.sandbox.removeToken(sampleSessions.corp);
    expect(await enter()).toBe('not signed in');
    place.sandbox.writeToken(sampleSessions.corp, { seconds: 3 * 3600, refreshable: false });
    for (let i = 0; i < 2; i += 1) expect(await enter()).toMatch(/^session (2h 59m|3h 0m)$/);
    place.sandbox.writeToken(sampleSessions.corp, { seconds: -60, refreshable: false });
    expect(await enter()).toBe('session expired');
  });

  test('what is known of a session goes for each project with it, as long as its token file is the same', async () => {
    const dirs = ['a', 'b', 'c', 'd'].map((name) => place.project(name, 'profile: corp-dev\nmodel: claude-sonnet-5\n'));
    const shell = await place.start({ before: 'export BEDROCKENV_NO_LOGIN=1' });
    const enter = async (dir: string | undefined) => {
      const { output } = await shell.run(`cd ${dir}`);
      await shell.run('cd /');
      return output.split(' · ').at(-1);
    };
    for (const dir of dirs.slice(0, 2)) expect(await enter(dir)).toMatch(/^session (7h 59m|8h 0m)$/);
    place.sandbox.writeToken(sampleSessions.corp, { seconds: 3 * 3600, refreshable: false });
    expect(await enter(dirs[2])).toMatch(/^session (2h 59m|3h 0m)$/);
    place.sandbox.removeToken(sampleSessions.corp);
    expect(await enter(dirs[3])).toBe('not signed in');
  });

  test('a zsh whose zstat knows only whole seconds (before 5.6) notices an edit within the second', async () => {
    const dir = place.project('app', 'profile: keys\nregion: eu-central-1\nmodel: claude-sonnet-5\n');
    const config = place.sandbox.at('.aws/config');
    const second = 1_000_000_000;
    utimesSync(config, second, second + 0.25);
    const shell = await place.start({ before: 'ZSH_VERSION=5.5.1' });
    for (const time of [0.5, 0.75]) {
      // Compiles it for the time that the file has now.
      await shell.run(`cd ${dir}`);
      for (const _ of [1, 2, 3]) expect((await shell.run(':')).output).toBe('');
      expect((await shell.run('print $_bedrockenv_at')).output).toBe('17');
      utimesSync(config, second, second + time);
      const before = (await shell.run('print -r -- $BEDROCKENV_STATE')).output;
      await shell.run(':');
      const after = (await shell.run('print -r -- $BEDROCKENV_STATE')).output;
      expect(after, 'compiled anew').not.toBe(before);
      await shell.run('cd /');
    }
  });

  test('a variable that became readonly inside stays, and the rest is put back', async () => {
    const dir = place.project('app');
    const shell = await place.start();
    for (let i = 0; i < 2; i += 1) {
      await shell.run(`cd ${dir}`);
      if (i === 1) await shell.run('typeset -r AWS_REGION');
      expect((await shell.run('cd /')).output).toBe('');
    }
    expect(await applied(shell, 'AWS_REGION', 'AWS_PROFILE', 'BEDROCKENV_STATE')).toEqual(['eu-central-1', '', '']);
    expect((await shell.run(`cd ${dir}`)).output).toMatch(/^bedrockenv: keys /);
  });

  test('other ambient variables: the place is not the same', async () => {
    const dir = place.project('app', 'model: claude-sonnet-5\n');
    const shell = await place.start();
    for (let i = 0; i < 2; i += 1) {
      await shell.run(`cd ${dir}`);
      await shell.run('cd /');
    }
    place.sandbox.write('other-config', '[profile keys]\nregion = us-west-2\n[default]\nregion = us-west-2\n');
    await shell.run(`export AWS_CONFIG_FILE=${place.sandbox.at('other-config')}`);
    await shell.run(`cd ${dir}`);
    expect(await applied(shell, 'AWS_REGION')).toEqual(['us-west-2']);
  });
});
