import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { sampleSessions } from '@bedrockenv/testkit/sandbox';
import { type Ended, openBox } from '../box.ts';
import { runSoon } from '../run-soon.ts';

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

/** A token file that is rewritten in place while it is read. */
export const cachesParts: readonly Part[] = [
  {
    name: 'caches',
    about: 'a token file is being rewritten in place while it is read: the session is fresh all the time',
    full: 300,
    unit: 'looks',
    run: besideWriter,
  },
  {
    name: 'caches-cli',
    about: 'the AWS CLI renews a token again and again while it is read: the session is fresh all the time',
    full: 300,
    unit: 'looks',
    unless: () =>
      process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the AWS CLI here is for Linux on x64',
    run: besideAwsCli,
  },
];

async function besideWriter({ count, tell }: Terms) {
  const box = openBox();
  const findings: Finding[] = [];
  const child = spawn(process.execPath, ['-e', writer, box.sandbox.tokenFile(sampleSessions.corp)], {
    stdio: 'ignore',
  });
  try {
    for (let tried = 0; tried < count; tried++) {
      findings.push(...stale(box.run(['sessions', '--json']), tried));
      tell(`${tried} of ${count}`);
    }
  } finally {
    child.kill('SIGKILL');
    await box.sandbox.dispose();
  }
  return { tried: count, findings };
}

/** A token of ten minutes is renewed at each use, and good for five more than a session must last. */
async function besideAwsCli({ count, tell }: Terms) {
  const fake = await startFakeAws();
  fake.knobs.tokenSeconds = 600;
  fake.knobs.approveAfterMs = 300;
  const box = openBox({ awsUrl: fake.url, aws: await awsCli() });
  const findings: Finding[] = [];
  let child: ChildProcess | undefined;
  let over = false;
  const renew = () => {
    if (over) return;
    // With keys in its own cache it would not look at the token.
    rmSync(box.sandbox.at('.aws/cli'), { recursive: true, force: true });
    const words = ['configure', 'export-credentials', '--profile', 'corp-dev'];
    child = spawn('aws', words, { env: box.sandbox.env, stdio: 'ignore' }).once('exit', renew);
  };
  try {
    box.sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
    await runSoon(box, ['login', '--profile', 'corp-dev', '--no-tty'], {}, 60_000);
    renew();
    for (let tried = 0; tried < count; tried++) {
      findings.push(...stale(await runSoon(box, ['sessions', '--json'], {}, 60_000), tried));
      tell(`${tried} of ${count}`);
    }
  } finally {
    over = true;
    child?.kill('SIGKILL');
    await fake.stop();
    await box.sandbox.dispose();
  }
  const { refreshes } = fake.counters;
  if (refreshes === 0) findings.push({ what: 'the AWS CLI has renewed nothing', input: null });
  return { tried: count, findings, notes: [`the AWS CLI has renewed it ${refreshes} times`] };
}

/** A finding where `sessions` does not call the session fresh. */
function stale({ status, stdout, stderr }: Ended, tried: number): Finding[] {
  const sessions = status === 0 ? (JSON.parse(stdout).sessions as { name: string; state: string }[]) : [];
  const state = sessions.find(({ name }) => name === 'corp')?.state;
  return state === 'fresh' ? [] : [{ what: `the session is ${state}: ${stderr}`, input: tried }];
}
