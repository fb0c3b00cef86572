import type { ChildProcess } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Sandbox } from '../cli.ts';
import { at, local, projectBox, read } from './project.ts';

test('100 kills in the middle of a write: the file is old or new, and can be taken back', {
  timeout: 400_000,
}, async () => {
  const box = projectBox();
  const before = `{\n  "big": ${JSON.stringify('x'.repeat(300_000))}\n}\n`;
  box.write(local, before);
  const started = Date.now();
  box.ok(['claude-settings', '--write'], at(box));
  const took = Date.now() - started;
  const after = read(box);
  const seen = { old: 0, new: 0, writing: 0 };
  for (let n = 0; n < 100; n++) {
    writeFileSync(box.path(local), before);
    rmSync(join(box.state, 'settings'), { recursive: true, force: true });
    const child = box.start(['claude-settings', '--write'], at(box), { stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', done));
    // Half of them as soon as the temporary file is seen; the others around the end of the run, where the write is.
    if (n % 2 === 0) await temporaryFile(box, child);
    else await sleep(took * (0.5 + 0.5 * (n / 100)));
    if (temporaryFiles(box).length > 0) seen.writing++;
    child.kill('SIGKILL');
    await ended;
    for (const name of temporaryFiles(box)) rmSync(join(box.path('p/.claude'), name));
    const now = read(box);
    expect([before, after]).toContain(now);
    seen[now === before ? 'old' : 'new']++;
    if (n % 10 === 9) {
      box.ok(['claude-settings', '--undo'], at(box));
      expect(read(box)).toBe(before);
    }
  }
  console.log(`killed: ${seen.old} old, ${seen.new} new, ${seen.writing} with a temporary file beside it`);
  expect(seen.writing).toBeGreaterThan(10);
  expect(readdirSync(box.path('p/.claude')).filter((name) => name === 'settings.local.json')).toHaveLength(1);
});

function temporaryFiles(box: Sandbox): string[] {
  return readdirSync(box.path('p/.claude')).filter((name) => name !== 'settings.local.json');
}

/** Waits until the write has begun, or the run is over. */
async function temporaryFile(box: Sandbox, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && temporaryFiles(box).length === 0) await new Promise(setImmediate);
}
