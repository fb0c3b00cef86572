import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { type FakeAws, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { bash, fish, type Shell, startShell, zsh } from '@bedrockenv/testkit/pty';
import { sampleSessions } from '@bedrockenv/testkit/sandbox';
import { randomNumbers } from '../../fuzz/random.ts';
import { type Box, openBox } from '../box.ts';
import { runSoon } from '../run-soon.ts';

const drivers = [zsh, bash, fish].filter((driver) => driver.program());
const awsMissing = () =>
  process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the AWS CLI here is for Linux on x64';
const login = ['login', '--profile', 'corp-dev', '--no-tty'];

/** Sign-ins by the real AWS CLI, of a crowd and under fire. */
export const signInParts: readonly Part[] = [
  {
    name: 'sign-in-crowd',
    about: 'many shells enter a project with a stale session at once: one sign-in, and each shell shows it',
    full: 50,
    unit: 'shells',
    unless: () => awsMissing() ?? (drivers.length > 0 ? undefined : 'no shell is installed'),
    run: crowd,
  },
  {
    name: 'sign-in-kills',
    about: 'kill -9 at any moment of a sign-in: the next one neither waits for it nor fails',
    full: 100,
    unit: 'kills',
    unless: awsMissing,
    run: kills,
  },
];

/** A box whose session is stale, and its AWS, where each sign-in is approved after `ms`. */
async function open(ms: number): Promise<{ box: Box; fake: FakeAws; close(): Promise<void> }> {
  const fake = await startFakeAws();
  fake.knobs.approveAfterMs = ms;
  const box = openBox({ awsUrl: fake.url, aws: await awsCli() });
  box.sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
  const close = async () => {
    await fake.stop();
    await box.sandbox.dispose();
  };
  return { box, fake, close };
}

async function crowd({ count, tell }: Terms) {
  const { box, fake, close } = await open(1000);
  const findings: Finding[] = [];
  const shells: Shell[] = [];
  const patience = 300_000;
  try {
    box.run(['allow']);
    for (const driver of drivers) {
      const hook = join('.config/bedrockenv', driver.installedHook);
      box.sandbox.write(hook, box.run(['hook', driver.name]).stdout);
    }
    while (shells.length < count) {
      const driver = drivers[shells.length % drivers.length] as (typeof drivers)[number];
      const rcText = driver.sourceFile(box.sandbox.at('.config/bedrockenv', driver.installedHook));
      shells.push(await startShell(driver, { sandbox: box.sandbox, rcText, timeoutMs: patience }));
      tell(`${shells.length} of ${count} shells`);
    }
    const entered = await Promise.all(shells.map((shell) => shell.run(`cd ${box.project}`, patience)));
    for (const [n, { output }] of entered.entries())
      if (!/ · session (7h 59m|8h 0m)$/m.test(output))
        findings.push({ what: `${shells[n]?.driver.name} shows no session`, input: output });
    const { logins } = fake.counters;
    if (logins !== 1) findings.push({ what: `there were ${logins} sign-ins`, input: count });
  } finally {
    await Promise.all(shells.map((shell) => shell.close()));
    await close();
  }
  return { tried: shells.length, findings };
}

async function kills({ seed, count, tell }: Terms) {
  const random = randomNumbers(seed);
  const { box, fake, close } = await open(300);
  const findings: Finding[] = [];
  const stale = () => void box.sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
  let killed = 0;
  try {
    const start = performance.now();
    await runSoon(box, login, {}, 60_000);
    const took = performance.now() - start;
    for (let tried = 0; tried < count; tried++) {
      stale();
      // Of a sign-in of its own length, from its start to a little after its end.
      const ms = Math.round(took * (random(1100) / 1000));
      const input = { afterMs: ms, ofMs: Math.round(took) };
      // Every other time its AWS CLI lives on for a moment, as after `kill -9` of the one process.
      if (tried % 2 === 0) await box.kill(login, ms);
      else await runSoon(box, login, {}, ms);
      const before = fake.counters.logins;
      const begun = performance.now();
      const ended = await runSoon(box, login, {}, 60_000);
      const next = performance.now() - begun;
      if (ended.status !== 0) findings.push({ what: `the next one ends with ${ended.status}: ${ended.stderr}`, input });
      if (fake.counters.logins > before) killed++;
      // It may stand still until the lock of the dead one is known to be that.
      if (next > took + 30_000) findings.push({ what: `the next one takes ${Math.round(next)} ms`, input });
      const fresh = box.run(['sessions', '--json']);
      if (!/"state":\s*"fresh"/.test(fresh.stdout))
        findings.push({ what: `then: ${fresh.stdout}${fresh.stderr}`, input });
      tell(`${tried} of ${count}`);
      await sleep(0);
    }
    findings.push(...box.broken().map((what) => ({ what, input: null })));
  } finally {
    await close();
  }
  if (killed === 0) findings.push({ what: 'no sign-in was killed before its end', input: null });
  return { tried: count, findings, notes: [`${killed} were killed before their end`] };
}
