import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';
import { tree } from './tree.ts';

it('killed at any moment, setup can be taken back, and uninstall be run again', { timeout: 240_000 }, async () => {
  const seed = Number(process.env.BEDROCKENV_SEED ?? Date.now() % 100_000);
  let random = seed;
  const next = () => {
    random = (random * 48271) % 2147483647;
    return random / 2147483647;
  };
  for (let round = 0; round < 12; round++) {
    const box = new Sandbox();
    mkdirSync(box.path('bin'));
    symlinkSync('/bin/bash', box.path('bin/bash'));
    box.write('.bashrc', 'export A=1');
    const options = { env: { PATH: `${box.path('bin')}:/usr/bin:/bin` } };
    const before = tree(box.home);
    for (const words of [
      ['setup', '--yes', '--shell', 'bash', '--profile', 'corp-dev'],
      ['uninstall', '--yes'],
    ]) {
      const child = box.start(words, options, { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await sleep(100 + next() * 400);
      child.kill('SIGKILL');
      await ended;
    }
    box.ok(['uninstall', '--yes'], options);
    // A temporary file beside the one that was being written is all that a kill may leave.
    for (const name of readdirSync(box.home)) if (/^\.bashrc\.\d+$/.test(name)) rmSync(box.path(name));
    expect(tree(box.home), `seed ${seed}, round ${round}`).toEqual(before);
  }
});
