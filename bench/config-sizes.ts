import { readFileSync } from 'node:fs';
import { readAws } from '@bedrockenv/core';
import { loadSharedConfigFiles } from '@smithy/core/config';
import ini from 'ini';
import { exponent } from './exponent.ts';
import type { Figure, Section } from './figure.ts';
import { spread } from './medians.ts';
import type { Workplace } from './workplace.ts';

const sizes = [10, 500, 5000, 50_000] as const;
const rounds: Readonly<Record<number, number>> = { 10: 200, 500: 40, 5000: 10, 50000: 3 };

function configOf(count: number): string {
  const profile = (n: number) =>
    `\n[profile account-${n}-developer]\nsso_session = corp\nsso_account_id = ${100_000_000_000 + n}\n` +
    'sso_role_name = Developer\nregion = eu-central-1\noutput = json\n';
  const session = '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n';
  return session + Array.from({ length: count }, (_, n) => profile(n)).join('');
}

/** Reading configurations of four sizes: ours, the SDK's loader and plain `ini` in turn, in one process. */
export async function timeConfigSizes({ sandbox }: Workplace): Promise<Section> {
  const figures: Figure[] = [];
  const costs: [number, number][] = [];
  for (const size of sizes) {
    const path = sandbox.write(`sizes/${size}`, configOf(size));
    const none = sandbox.at('sizes/none');
    const took = { ours: [] as number[], sdk: [] as number[], ini: [] as number[] };
    const time = async (who: keyof typeof took, work: () => unknown) => {
      const start = process.hrtime.bigint();
      await work();
      took[who].push(Number(process.hrtime.bigint() - start));
    };
    for (let round = 0; round < (rounds[size] ?? 1) + 1; round += 1) {
      await time('ours', () => {
        const file = { path, bytes: readFileSync(path) };
        const aws = readAws({ config: file, credentials: { path: none, bytes: null } });
        if (aws.profile(`account-${size - 1}-developer`)?.region !== 'eu-central-1')
          throw new Error('a profile is missing');
      });
      await time('sdk', () => loadSharedConfigFiles({ configFilepath: path, filepath: none, ignoreCache: true }));
      await time('ini', () => ini.parse(readFileSync(path, 'utf8')));
      // The first round compiles.
      if (round === 0) for (const list of Object.values(took)) list.length = 0;
    }
    const ours = spread(took.ours);
    costs.push([size, ours.median]);
    for (const [against, other] of [
      ["the SDK's loader", spread(took.sdk)],
      ['ini alone', spread(took.ini)],
    ] as const) {
      const between: [number, number] = [ours.p25 / other.median, ours.p75 / other.median];
      const figure: Figure = {
        subject: `${size} profiles`,
        name: 'one of them',
        against,
        unit: 'x',
        value: ours.median / other.median,
        between,
      };
      if (size >= 5000 && against !== 'ini alone') figure.limit = { is: 'at most', value: 1 };
      figures.push(figure);
    }
  }
  const growing = exponent(costs.slice(1));
  figures.push({ subject: 'growth', name: 'one of them', against: 'profiles', value: growing, unit: 'exponent' });
  return {
    title: 'Configurations of four sizes',
    notes: ['Reading the file and the settings of its last profile; the others read everything, as they always do.'],
    figures,
    columns: 'against',
    skipped: [],
  };
}
