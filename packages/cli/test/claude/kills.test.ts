import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { at, local, projectBox, read } from './project.ts';

test('100 kills in the middle of a write: the file is old or new, and can be taken back', {
  timeout: 180_000,
}, async () => {
  const box = projectBox();
  const before = `{\n  "big": ${JSON.stringify('x'.repeat(300_000))}\n}\n`;
  box.write(local, before);
  const started = Date.now();
  box.ok(['claude-settings', '--write'], at(box));
  const took = Date.now() - started;
  const after = read(box);
  const seen = { old: 0, new: 0 };
  for (let n = 0; n < 100; n++) {
    writeFileSync(box.path(local), before);
    rmSync(join(box.state, 'settings'), { recursive: true, force: true });
    const child = box.start(['claude-settings', '--write'], at(box), { stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', done));
    // The write is at the end of the run; most of the kills fall there.
    await sleep(took * (0.5 + 0.5 * (n / 100)));
    child.kill('SIGKILL');
    await ended;
    const now = read(box);
    expect([before, after]).toContain(now);
    seen[now === before ? 'old' : 'new']++;
    if (n % 10 === 9) {
      box.ok(['claude-settings', '--undo'], at(box));
      expect(read(box)).toBe(before);
    }
  }
  console.log(`killed: ${seen.old} old, ${seen.new} new`);
  expect(readdirSync(box.path('p/.claude')).filter((name) => name === 'settings.local.json')).toHaveLength(1);
});
