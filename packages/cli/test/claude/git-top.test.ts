import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { gitTop } from '../../src/claude/git-top.ts';
import { Sandbox } from '../cli.ts';

describe('a .git that somebody else made', () => {
  it.each([['explain'], ['doctor']])('%s does not wait for one that is a FIFO', (command) => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: keys\n');
    execFileSync('mkfifo', [`${dir}/.git`]);
    expect(box.run([command], { cwd: dir }).code).toBe(0);
  });

  it('is read no longer than a path can be, in time that grows with its length', () => {
    const box = new Sandbox();
    const dir = box.project('p', '');
    const before = performance.now();
    for (const text of [`gitdir: a${' '.repeat(8000)}b`, `gitdir: a${' '.repeat(4_000_000)}b`]) {
      box.write('p/.git', text);
      expect(gitTop(dir)).toBe(dir);
    }
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('names the repository of a worktree, with the white space that git leaves at its end', () => {
    const box = new Sandbox();
    const dir = box.project('tree', '');
    box.write('r/.git/worktrees/tree/commondir', '../..\n');
    box.write('r/.git/worktrees/tree/gitdir', `${dir}/.git\n`);
    box.write('tree/.git', `gitdir: ${box.path('r/.git/worktrees/tree')} \n`);
    expect(gitTop(dir)).toBe(box.path('r'));
  });
});
