import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { readSession } from '../../src/sign-in/token.ts';

const token = JSON.stringify({ accessToken: 'x', expiresAt: '2030-01-01T00:00:00Z' });
const now = Date.parse('2029-12-31T00:00:00Z');

/** Completes a file 20 ms after it is told to. */
const completing = `
const { workerData: { file, token, shared } } = require('node:worker_threads');
const { writeFileSync } = require('node:fs');
const flags = new Int32Array(shared);
Atomics.store(flags, 0, 1);
Atomics.notify(flags, 0);
Atomics.wait(flags, 1, 0);
Atomics.wait(flags, 2, 0, 20);
writeFileSync(file, token);
`;

test('a token file that is just being rewritten in place is not taken for none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bedrockenv-torn-'));
  const file = join(folder, 'token.json');
  const source = { kind: 'sso', name: 'corp', profile: 'corp-dev', tokenFile: file } as Parameters<
    typeof readSession
  >[0];
  try {
    for (const half of ['', token.slice(0, 20)]) {
      const shared = new SharedArrayBuffer(12);
      const flags = new Int32Array(shared);
      const worker = new Worker(completing, { eval: true, workerData: { file, token, shared } });
      const ended = new Promise((done) => worker.once('exit', done));
      await expect.poll(() => Atomics.load(flags, 0)).toBe(1);
      writeFileSync(file, half);
      Atomics.store(flags, 1, 1);
      Atomics.notify(flags, 1);
      expect(readSession(source, now)).toMatchObject({ state: 'fresh' });
      await ended;
    }
    writeFileSync(file, 'never whole');
    expect(readSession(source, now)).toMatchObject({ state: 'missing' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
