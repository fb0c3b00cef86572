import { awsCli } from '@bedrockenv/testkit/aws-cli';
import type { Finding, Part } from '@bedrockenv/testkit/campaign';
import { type Fault, startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { sampleSessions } from '@bedrockenv/testkit/sandbox';
import { badManners, openBox } from '../box.ts';
import { runSoon } from '../run-soon.ts';

/** Longer than `login --no-tty` may take by itself. */
const limit = 200_000;

const faults: readonly (readonly [string, Fault])[] = [
  ['500 for ever', { kind: 'status', status: 500 }],
  ['500 once', { kind: 'status', status: 500, times: 1 }],
  ['401', { kind: 'status', status: 401 }],
  ['403', { kind: 'status', status: 403 }],
  ['429 once', { kind: 'status', status: 429, times: 1 }],
  ['no JSON', { kind: 'garbage' }],
  ['two seconds late', { kind: 'hang', ms: 2000, times: 1 }],
];

/** What is asked of AWS, by which command, and whether the session is fresh then. */
const asked: readonly { words: readonly string[]; paths: readonly string[]; fresh: boolean }[] = [
  {
    words: ['login', '--profile', 'corp-dev', '--no-tty'],
    paths: ['/client/register', '/device_authorization', '/token'],
    fresh: false,
  },
  { words: ['credentials', '--profile', 'corp-dev'], paths: ['/federation/credentials'], fresh: true },
  { words: ['models', '--region', 'eu-central-1', '--refresh'], paths: ['/inference-profiles'], fresh: true },
];

const cases = asked.flatMap(({ words, paths, fresh }) =>
  paths.flatMap((path) => faults.map(([name, fault]) => ({ words, path, fresh, name, fault }))),
);

/** An AWS that is slow, broken or lying. */
export const serversPart: Part = {
  name: 'servers',
  about: 'AWS is slow, broken or lying: each command ends by itself, with an answer or an error for a person',
  full: cases.length,
  unit: 'answers',
  unless: () =>
    process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the AWS CLI here is for Linux on x64',
  async run({ count, tell }) {
    const aws = await awsCli();
    const findings: Finding[] = [];
    let failed = 0;
    for (const [n, { words, path, fresh, name, fault }] of cases.slice(0, count).entries()) {
      tell(`${n} of ${count}`);
      const fake = await startFakeAws();
      const box = openBox({ awsUrl: fake.url, aws });
      try {
        box.sandbox.writeToken(sampleSessions.corp, { seconds: fresh ? 8 * 3600 : -3600 });
        fake.knobs.approveAfterMs = 300;
        fake.knobs.faults[path] = { ...fault };
        const ended = await runSoon(box, words, {}, limit);
        if (ended.status !== 0) failed++;
        const bad = badManners(ended);
        const input = { words, path, fault: name };
        if (bad !== undefined) findings.push({ what: bad, input });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what the server said must not act on a terminal
        if (/[\x00\x07]|\x1b\]/.test(ended.stderr)) findings.push({ what: `controls in: ${ended.stderr}`, input });
        const token = /access-by-hand|secret-by-hand/.exec(ended.stderr);
        if (token) findings.push({ what: `a secret in: ${ended.stderr}`, input });
      } finally {
        await fake.stop();
        await box.sandbox.dispose();
      }
    }
    if (failed === 0) findings.push({ what: 'no fault made a command fail', input: null });
    return { tried: Math.min(count, cases.length), findings, notes: [`${failed} commands failed, as they may`] };
  },
};
