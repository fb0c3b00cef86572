import { spawn } from 'node:child_process';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import { startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { createSandbox, sampleSessions } from '@bedrockenv/testkit/sandbox';
import type { Figure, Section } from './figure.ts';
import { spread } from './medians.ts';
import { cli } from './workplace.ts';

const rounds = 7;

/** `bedrockenv login` beside the `aws sso login` that it runs, against a fake AWS on loopback. */
export async function timeSignIn(): Promise<Section> {
  const title = 'Sign-in';
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { title, notes: [], figures: [], skipped: ['the AWS CLI here is for Linux on x64'] };
  const aws = await awsCli();
  const fake = await startFakeAws();
  fake.knobs.approveAfterMs = 0;
  const sandbox = createSandbox({ awsUrl: fake.url, aws });
  const time = (file: string, args: readonly string[]) =>
    new Promise<number>((resolve, reject) => {
      const start = process.hrtime.bigint();
      const child = spawn(file, args, { cwd: sandbox.home, env: sandbox.env, stdio: 'ignore' });
      child.on('error', reject).on('close', (code) => {
        if (code === 0) resolve(Number(process.hrtime.bigint() - start));
        else reject(new Error(`${file} ${args.join(' ')} ended with ${code}`));
      });
    });
  const took = { ours: [] as number[], bare: [] as number[], fresh: [] as number[] };
  const login = [cli, 'login', '--profile', 'corp-dev', '--no-tty'];
  try {
    for (let round = 0; round < rounds; round += 1) {
      sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
      took.bare.push(await time(aws, ['sso', 'login', '--profile', 'corp-dev', '--use-device-code', '--no-browser']));
      sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
      took.ours.push(await time(process.execPath, login));
      took.fresh.push(await time(process.execPath, login));
    }
  } finally {
    await fake.stop();
    await sandbox.dispose();
  }
  const bare = spread(took.bare).median;
  const figure = (name: string, samples: readonly number[]): Figure => {
    const { median, p25, p75 } = spread(samples);
    return {
      subject: 'login',
      name,
      against: 'aws sso login',
      unit: 'x',
      value: median / bare,
      between: [p25 / bare, p75 / bare],
    };
  };
  return {
    title,
    notes: ['With a code that is approved at once; the AWS CLI asks again after a second.'],
    figures: [figure('stale', took.ours), figure('fresh already', took.fresh)],
    skipped: [],
  };
}
