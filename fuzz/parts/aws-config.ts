import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readAws } from '@bedrockenv/core';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { startBotocore } from '../../packages/core/test/aws/botocore.ts';
import { compareRandomFiles } from '../../packages/core/test/aws/compare-botocore.ts';
import { randomConfig, randomNumbers } from '../../packages/core/test/aws/random-config.ts';

const run = promisify(execFile);

/** Every random file beside botocore, which is fast, and some beside the AWS CLI itself, which is the truth. */
export const awsConfigParts: readonly Part[] = [
  {
    name: 'aws-config-botocore',
    about: 'random configuration and credentials files are read as botocore reads them',
    full: 1_000_000,
    unit: 'files',
    run: againstBotocore,
  },
  {
    name: 'aws-config-cli',
    about: 'random configuration files have the profiles that the AWS CLI lists, or are refused by both',
    full: 200,
    unit: 'files',
    unless: () =>
      process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the AWS CLI here is for Linux on x64',
    run: againstAwsCli,
  },
];

async function againstBotocore({ seed, count, tell }: Terms) {
  const botocore = await startBotocore();
  if (botocore === null) return { tried: 0, findings: [{ what: 'python3 has no botocore', input: null }] };
  try {
    const { accepted, differences } = await compareRandomFiles(botocore, { seed, count, tell });
    const findings = differences.map((input): Finding => ({ what: 'botocore reads it differently', input }));
    // A generator that makes only broken files would compare nothing.
    if (accepted < count * 0.3) findings.push({ what: `only ${accepted} of ${count} files are accepted`, input: null });
    return { tried: count, findings, notes: [`botocore ${botocore.version}; ${accepted} accepted by both`] };
  } finally {
    await botocore.close();
  }
}

async function againstAwsCli({ seed, count, tell }: Terms) {
  const aws = await awsCli();
  const random = randomNumbers(seed);
  const home = mkdtempSync(join(tmpdir(), 'bedrockenv-fuzz-'));
  const findings: Finding[] = [];
  let accepted = 0;
  try {
    for (let tried = 0; tried < count; tried++) {
      const bytes = randomConfig(random);
      const config = join(home, 'config');
      writeFileSync(config, bytes);
      const env = { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', AWS_CONFIG_FILE: config, AWS_PAGER: '' };
      const theirs = await run(aws, ['configure', 'list-profiles'], { env }).then(
        ({ stdout }) => stdout,
        () => null,
      );
      const ours = listed(config, bytes);
      if (ours !== null) accepted++;
      if (ours !== theirs) {
        const input = { config: Buffer.from(bytes).toString('latin1'), ours, theirs };
        findings.push({ what: 'the AWS CLI lists other profiles', input });
      }
      tell(`${tried} of ${count}`);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return { tried: count, findings, notes: [`${accepted} accepted by both`] };
}

/** What `aws configure list-profiles` prints; null where the file is refused. */
function listed(path: string, bytes: Uint8Array): string | null {
  try {
    const aws = readAws({ config: { path, bytes }, credentials: { path: 'credentials', bytes: null } });
    return aws
      .profileNames()
      .map((name) => `${name}\n`)
      .join('');
  } catch {
    return null;
  }
}
