import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { program, Sandbox } from './cli.ts';

// Two users who share a folder by a group; only root can be either. In a closed folder neither can read a checkout.
const team = '23456';
const as = (user: string) => ['setpriv', `--reuid=${user}`, `--regid=${user}`, `--groups=${team}`, '--'];
const [first = '', ...words] = as('12346');
const canRun = spawnSync(first, [...words, process.execPath, program, '--version']).status === 0;

it.runIf(canRun)('a directory file that a group shares stays the group’s, whoever of it edits it', () => {
  const box = new Sandbox();
  const dir = box.project('shared', 'model: opus\n');
  const file = box.path('shared/.bedrockrc');
  execFileSync('chown', ['-R', `12345:${team}`, dir]);
  chmodSync(dir, 0o775);
  chmodSync(file, 0o664);
  execFileSync('chown', ['12346', box.home]);

  const under = as('12346');
  expect(box.run(['use', 'haiku'], { cwd: dir, under }).stderr).toContain('is not approved');
  expect(box.run(['allow'], { cwd: dir, under })).toMatchObject({ code: 0 });
  expect(box.run(['use', 'haiku'], { cwd: dir, under })).toMatchObject({ code: 0 });
  const { gid, mode } = statSync(file);
  expect([gid, mode & 0o777]).toEqual([Number(team), 0o664]);
  expect(box.text('shared/.bedrockrc')).toBe('model: haiku\n');
});
