import { afterAll, expect, it } from 'vitest';
import { startBotocore } from './botocore.ts';
import { compareRandomFiles } from './compare-botocore.ts';

const seed = Number(process.env.BEDROCKENV_SEED ?? Math.floor(Math.random() * 2 ** 32));
const count = Number(process.env.BEDROCKENV_RANDOM_FILES ?? 20_000);

const botocore = await startBotocore();
if (botocore === null) console.log('skipped: random files against botocore (python3 has no botocore)');
afterAll(() => botocore?.close());

it.skipIf(botocore === null)(
  'random files read as the real botocore reads them',
  async () => {
    console.log(`random files: seed ${seed}, ${count} files, botocore ${botocore?.version}`);
    if (!botocore) return;
    const { accepted, differences } = await compareRandomFiles(botocore, { seed, count });
    expect(differences).toEqual([]);
    // A generator that makes only broken files would compare nothing.
    expect(accepted / count).toBeGreaterThan(0.3);
    console.log(`random files: ${accepted} of ${count} accepted by both, the others refused by both`);
  },
  Math.max(120_000, count),
);
