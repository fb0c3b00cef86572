import { spawn } from 'node:child_process';
import type { Finding, Part } from '@bedrockenv/testkit/campaign';
import { sampleSessions } from '@bedrockenv/testkit/sandbox';
import { openBox } from '../box.ts';

/** Opens, truncates and writes a token file again and again, as botocore does: for a moment it is empty, or half. */
const writer = `
const { openSync, writeSync, closeSync, readFileSync } = require('node:fs');
const file = process.argv[1], text = readFileSync(file, 'utf8');
const nap = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
for (;;) {
  const fd = openSync(file, 'w');
  nap(2);
  writeSync(fd, text.slice(0, 40));
  nap(2);
  writeSync(fd, text.slice(40));
  closeSync(fd);
  nap(20);
}`;

/** A token file that the AWS CLI rewrites in place while it is read. */
export const cachesPart: Part = {
  name: 'caches',
  about: 'a token file is being rewritten in place while it is read: the session is fresh all the time',
  full: 300,
  unit: 'looks',
  async run({ count, tell }) {
    const box = openBox();
    const findings: Finding[] = [];
    const child = spawn(process.execPath, ['-e', writer, box.sandbox.tokenFile(sampleSessions.corp)], {
      stdio: 'ignore',
    });
    try {
      for (let tried = 0; tried < count; tried++) {
        const { status, stdout, stderr } = box.run(['sessions', '--json']);
        const sessions = status === 0 ? (JSON.parse(stdout).sessions as { name: string; state: string }[]) : [];
        const state = sessions.find(({ name }) => name === 'corp')?.state;
        if (state !== 'fresh') findings.push({ what: `the session is ${state}: ${stderr}`, input: tried });
        tell(`${tried} of ${count}`);
      }
    } finally {
      child.kill('SIGKILL');
      await box.sandbox.dispose();
    }
    return { tried: count, findings };
  },
};
