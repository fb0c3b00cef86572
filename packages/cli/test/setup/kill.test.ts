import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
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
    const all = tree(box.home);
    // All that a kill may leave: the temporary file beside the one that was being written, with the folders it lies in,
    // and, as nothing can tell of them once the state folder is gone, the folders around that.
    const torn = all.flatMap((line) => /^(\S+\.\d{6,}) /.exec(line)?.[1] ?? []);
    const isLeft = (line: string) =>
      /^\.local\/(state\/)? 7/.test(line) || torn.some((file) => line.startsWith(`${file} `) || isAround(line, file));
    expect(torn.length).toBeLessThan(2);
    expect(
      all.filter((line) => !isLeft(line)),
      `seed ${seed}, round ${round}`,
    ).toEqual(before);
  }
});

/** Whether a line of the tree is a folder that a file lies in. */
function isAround(line: string, file: string): boolean {
  const folder = / \d+$/.test(line) ? line.slice(0, line.indexOf(' ')) : '';
  return folder.endsWith('/') && file.startsWith(folder);
}
