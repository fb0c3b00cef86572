import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import type { Finding, Part } from '@bedrockenv/testkit/campaign';
import { type FakeAws, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { sampleSessions } from '@bedrockenv/testkit/sandbox';
import { type Box, type Ended, openBox } from '../box.ts';
import { runSoon } from '../run-soon.ts';

const hour = 3600;

/** Makes Node's clock run `seconds` ahead of the machine's, or behind it. */
function clock(seconds: number): Record<string, string> {
  const code = `const d=Date,o=${seconds * 1000};globalThis.Date=class extends d{constructor(...a){a.length?super(...a):super(d.now()+o)}static now(){return d.now()+o}}`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

interface Jump {
  name: string;
  run(at: { box: Box; fake: FakeAws; login(seconds: number): Promise<Ended> }): Promise<string | undefined>;
}

/** A holder that is no more: a lock as it lies there after a kill, with a time that the clock has not reached. */
async function leaveLock({ box, login }: Parameters<Jump['run']>[0], seconds: number): Promise<void> {
  box.sandbox.writeToken(sampleSessions.corp, { seconds: -hour });
  await login(0);
  box.sandbox.writeToken(sampleSessions.corp, { seconds: -hour });
  const folder = join(box.state, 'locks');
  const key = readdirSync(folder).find((name) => !name.includes('.'));
  if (key === undefined) throw new Error('a sign-in leaves no lock file');
  mkdirSync(join(folder, `${key}.lock`));
  writeFileSync(join(folder, `${key}.pid`), '4194304\n');
  const time = Date.now() / 1000 + seconds;
  utimesSync(join(folder, `${key}.lock`), time, time);
}

/** What is wrong with a sign-in that has to take place; `before`: how many there had been. */
const took = (fake: FakeAws, before: number, ended: Ended) =>
  ended.status === 0 && fake.counters.logins === before + 1
    ? undefined
    : `login ended with ${ended.status} after ${fake.counters.logins - before} sign-ins: ${ended.stderr}`;

const jumps: readonly Jump[] = [
  {
    name: 'a lock of a dead process, an hour in the future: the clock went back',
    async run(at) {
      await leaveLock(at, hour);
      const before = at.fake.counters.logins;
      return took(at.fake, before, await at.login(0));
    },
  },
  {
    name: 'a lock of a dead process from a day ago: the laptop slept',
    async run(at) {
      await leaveLock(at, -24 * hour);
      const before = at.fake.counters.logins;
      return took(at.fake, before, await at.login(0));
    },
  },
  {
    name: 'a cool-down that a clock a year ahead has begun does not last a year',
    async run({ box, fake, login }) {
      box.sandbox.writeToken(sampleSessions.corp, { seconds: -hour });
      fake.knobs.denySignIn = true;
      const denied = await login(365 * 24 * hour);
      if (denied.status === 0) return 'a denied sign-in succeeded';
      fake.knobs.denySignIn = false;
      const before = fake.counters.logins;
      return took(fake, before, await login(0));
    },
  },
  {
    name: 'a session that is fresh for a clock a day behind is stale for the right one',
    async run({ box, fake, login }) {
      box.sandbox.writeToken(sampleSessions.corp, { seconds: -hour });
      const behind = await login(-24 * hour);
      if (behind.status !== 0 || fake.counters.logins !== 0) return `behind: ${fake.counters.logins} sign-ins`;
      return took(fake, 0, await login(0));
    },
  },
];

/** Clocks that jump, and laptops that sleep. */
export const clockPart: Part = {
  name: 'clock',
  about: 'the clock jumps between two commands: a sign-in neither hangs nor is refused for ever',
  full: jumps.length,
  unit: 'jumps',
  unless: () =>
    process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the AWS CLI here is for Linux on x64',
  async run({ count, tell }) {
    const findings: Finding[] = [];
    const aws = await awsCli();
    for (const [n, { name, run }] of jumps.slice(0, count).entries()) {
      tell(`${n} of ${count}`);
      const fake = await startFakeAws();
      const box = openBox({ awsUrl: fake.url, aws });
      fake.knobs.approveAfterMs = 300;
      const login = (seconds: number) =>
        runSoon(box, ['login', '--profile', 'corp-dev', '--no-tty'], { ...clock(seconds) }, 60_000);
      try {
        const wrong = await run({ box, fake, login });
        if (wrong !== undefined) findings.push({ what: wrong, input: name });
      } finally {
        await fake.stop();
        await box.sandbox.dispose();
      }
    }
    return { tried: Math.min(count, jumps.length), findings };
  },
};
