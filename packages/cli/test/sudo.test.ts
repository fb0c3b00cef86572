import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { program, Sandbox } from './cli.ts';

// Only root can be somebody else. 12345 stands for whoever called sudo with a kept HOME (`sudo -E`).
const it0 = it.runIf(process.getuid?.() === 0);
const env = { SUDO_UID: '12345', SUDO_GID: '12345', SUDO_USER: 'mira' };
/** Who cannot read a checkout in a closed folder. */
const mira = ['--reuid=12345', '--regid=12345', '--clear-groups', '--'];
const canRun = spawnSync('setpriv', [...mira, process.execPath, program, '--version']).status === 0;
const give = (path: string, owner: string) => execFileSync('chown', ['-R', owner, path]);

it0('sudo in the HOME of its caller makes nothing there that the caller could not use', () => {
  const box = new Sandbox();
  give(box.home, '12345');
  for (const words of [
    ['use', 'opus'],
    ['use', 'opus', '--global'],
    ['setup', '--yes', '--shell', 'bash'],
  ]) {
    const { code, stderr } = box.run(words, { env: { ...env, SHELL: '/bin/bash' } });
    expect([words, code]).toEqual([words, 1]);
    expect(stderr).toContain('; run it without sudo, or with sudo -H for root itself\n');
  }
  expect(execFileSync('find', [box.home, '-user', '0'], { encoding: 'utf8' })).toBe('');
  expect(existsSync(box.path('.local'))).toBe(false);
});

it0('in a HOME of its own, or without sudo in a container, root is a user like any', () => {
  const box = new Sandbox();
  box.ok(['use', 'opus'], { env });
  expect(statSync(box.state).uid).toBe(0);
  const container = new Sandbox();
  give(container.home, '12345');
  container.ok(['use', 'opus']);
  expect(statSync(container.state).uid).toBe(0);
});

it0("in the caller's state folder it says to go without sudo", () => {
  const box = new Sandbox();
  const dir = box.project('p', 'model: opus\n');
  box.ok(['allow', 'p']);
  give(box.state, '12345');
  expect(box.run(['export'], { cwd: dir, env }).stderr).toContain('nothing is applied; run it without sudo\n');
});

it.runIf(canRun)('where sudo has been before, it says how to get the state folder back', () => {
  const box = new Sandbox();
  const dir = box.project('p', 'model: opus\n');
  box.ok(['allow', 'p']);
  give(box.home, '12345');
  give(box.state, '0');
  const { code, stderr } = box.run(['export'], { cwd: dir, under: ['setpriv', ...mira] });
  expect(code).toBe(1);
  expect(stderr).toContain(`; if it is of a sudo of yours: sudo chown -R "$(id -u):$(id -g)" ${box.state}\n`);
});
