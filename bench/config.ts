import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readAws } from '@bedrockenv/core';
import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Figure, Section } from './figure.ts';
import { spread } from './medians.ts';
import { undisturbedWhile } from './priority.ts';
import { cli, type Workplace } from './workplace.ts';

const profiles = 5000;
const rounds = 15;

/** What a company's generated `~/.aws/config` looks like. */
function largeConfig(): string {
  const session =
    '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n' +
    'sso_registration_scopes = sso:account:access\n';
  const profile = (n: number) =>
    `\n[profile account-${n}-developer]\nsso_session = corp\nsso_account_id = ${100_000_000_000 + n}\n` +
    'sso_role_name = Developer\nregion = eu-central-1\noutput = json\n';
  return session + Array.from({ length: profiles }, (_, n) => profile(n)).join('');
}

/** Our reader and the SDK's loader on the same large file, in one process; and `profiles --json` beside a bare loader. */
export async function timeConfig({ sandbox }: Workplace): Promise<Section> {
  const path = sandbox.write('large/config', largeConfig());
  const none = sandbox.at('large/credentials');
  const files = { configFilepath: path, filepath: none, ignoreCache: true };

  const [ours, sdk, all]: [number[], number[], number[]] = [[], [], []];
  const since = (start: bigint) => Number(process.hrtime.bigint() - start);
  for (let round = 0; round <= rounds; round += 1) {
    let start = process.hrtime.bigint();
    const aws = read(path, none);
    const found = aws.profileNames();
    aws.profile(found[round] as string);
    const parsed = since(start);
    for (const name of found) aws.profile(name);
    const everything = since(start);
    start = process.hrtime.bigint();
    const { configFile } = await loadSharedConfigFiles(files);
    const loaded = since(start);
    if (found.length !== profiles || Object.keys(configFile).length < profiles) throw new Error('profiles are missing');
    if (round === 0) continue;
    ours.push(parsed);
    all.push(everything);
    sdk.push(loaded);
  }

  const loader = sandbox.write(
    'large/loader.cjs',
    `require(${JSON.stringify(createRequire(import.meta.url).resolve('@smithy/core/config'))})` +
      `.loadSharedConfigFiles(${JSON.stringify(files)}).then(() => require('node:fs').writeSync(3, peak()));\n${peak}`,
  );
  const preload = sandbox.write(
    'large/peak.cjs',
    `${peak}process.on('exit', () => require('node:fs').writeSync(3, peak()));`,
  );
  const env = { ...sandbox.env, AWS_CONFIG_FILE: path };
  const run = (args: readonly string[]) => {
    const start = process.hrtime.bigint();
    const stdio = ['ignore', 'ignore', 'pipe', 'pipe'] as const;
    const { status, output } = spawnSync(process.execPath, args, { env, cwd: sandbox.home, stdio: [...stdio] });
    if (status !== 0) throw new Error(`node ${args.join(' ')}: exit ${status}\n${output[2]}`);
    return { time: since(start), peak: Number(String(output[3])) };
  };
  const [shown, loaded] = [[], []] as ReturnType<typeof run>[][];
  undisturbedWhile(() => {
    for (let round = 0; round < rounds; round += 1) {
      loaded?.push(run([loader]));
      shown?.push(run(['-r', preload, cli, 'profiles', '--json']));
    }
  });
  const ratio = (one: readonly number[] = [], by: readonly number[] = []) => {
    const base = spread(by).median;
    const { median, p25, p75 } = spread(one);
    return { unit: 'x', value: median / base, between: [p25 / base, p75 / base] as [number, number] };
  };
  const subject = `${profiles} profiles`;
  const figures: Figure[] = [
    { subject, name: 'parse', against: "the SDK's loader", ...ratio(ours, sdk), limit: { is: 'at most', value: 1 } },
    { subject, name: 'parse and read every one', against: "the SDK's loader", ...ratio(all, sdk) },
    {
      ...{ subject, name: 'profiles --json: time', against: 'a node that loads them' },
      ...ratio(
        shown?.map(({ time }) => time),
        loaded?.map(({ time }) => time),
      ),
      limit: { is: 'at most', value: 1.6 },
    },
    {
      ...{ subject, name: 'profiles --json: peak memory', against: 'a node that loads them' },
      ...ratio(
        shown?.map((one) => one.peak),
        loaded?.map((one) => one.peak),
      ),
      limit: { is: 'at most', value: 1.5 },
    },
  ];
  const size = Math.round(statSync(path).size / 1000);
  return { title: `A configuration of ${subject}`, notes: [`${size} KB.`], figures, skipped: [] };
}

/** VmHWM of a process, KiB; 0 where there is no /proc. */
const peak = `function peak() {
  try { return /VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'latin1'))[1]; } catch { return '0'; }
}
`;

function read(config: string, credentials: string) {
  return readAws({
    config: { path: config, bytes: readFileSync(config) },
    credentials: { path: credentials, bytes: null },
  });
}
