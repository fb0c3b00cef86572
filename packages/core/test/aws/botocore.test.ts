import { afterAll, expect, it } from 'vitest';
import { readAws } from '../../src/aws/index.ts';
import { BedrockenvError } from '../../src/errors.ts';
import { type Answer, type Files, startBotocore } from './botocore.ts';
import { randomConfig, randomNumbers } from './random-config.ts';

const seed = Number(process.env.BEDROCKENV_SEED ?? Math.floor(Math.random() * 2 ** 32));
const count = Number(process.env.BEDROCKENV_RANDOM_FILES ?? 20_000);
const batch = 500;

const botocore = await startBotocore();
if (botocore === null) console.log('skipped: random files against botocore (python3 has no botocore)');
afterAll(() => botocore?.close());

it.skipIf(botocore === null)(
  'random files read as the real botocore reads them',
  async () => {
    console.log(`random files: seed ${seed}, ${count} files, botocore ${botocore?.version}`);
    const random = randomNumbers(seed);
    let accepted = 0;
    let waiting: { files: Files[]; answers: Promise<Answer[]> } | null = null;
    for (let done = 0; done < count || waiting; done += batch) {
      // Python reads one batch while this process compares the one before.
      const files = done < count ? Array.from({ length: batch }, () => randomFiles(random)) : [];
      const next = files.length > 0 && botocore ? { files, answers: botocore.ask(files) } : null;
      if (waiting) {
        for (const [index, theirs] of (await waiting.answers).entries()) {
          const one = waiting.files[index] as Files;
          const ours = answer(one);
          // Comparing the text of both is much faster than toEqual, and is also strict about the order.
          if (JSON.stringify(ours) !== JSON.stringify(theirs))
            expect({ ...shown(one), ours }).toEqual({ ours: theirs });
          if (theirs !== null) accepted++;
        }
      }
      waiting = next;
    }
    // A generator that makes only broken files would compare nothing.
    expect(accepted / count).toBeGreaterThan(0.3);
    console.log(`random files: ${accepted} of ${count} accepted by both, the others refused by both`);
  },
  Math.max(60_000, count),
);

function randomFiles(random: (limit: number) => number): Files {
  return { config: randomConfig(random), credentials: random(4) === 0 ? randomConfig(random) : null };
}

function answer({ config, credentials }: Files): Answer {
  try {
    const aws = readAws({
      config: { path: 'config', bytes: config },
      credentials: { path: 'credentials', bytes: credentials },
    });
    const all = (names: string[], get: (name: string) => ReturnType<typeof aws.profile>) =>
      names.map((name): [string, object] => [name, get(name) ?? {}]);
    return [
      all(aws.profileNames(), aws.profile),
      all(aws.ssoSessionNames(), aws.ssoSession),
      all(aws.servicesNames(), aws.services),
    ] as Answer;
  } catch (error) {
    if (error instanceof BedrockenvError && error.code === 'aws-config' && error.where) return null;
    throw error;
  }
}

const shown = ({ config, credentials }: Files) => ({
  config: JSON.stringify(Buffer.from(config).toString('latin1')),
  credentials: credentials && JSON.stringify(Buffer.from(credentials).toString('latin1')),
});
