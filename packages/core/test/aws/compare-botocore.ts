import { readAws } from '../../src/aws/index.ts';
import { BedrockenvError } from '../../src/errors.ts';
import type { Answer, Botocore, Files } from './botocore.ts';
import { randomConfig, randomNumbers } from './random-config.ts';

const batch = 500;

/** A pair of files that botocore and we read differently. */
export interface Difference {
  config: string;
  credentials: string | null;
  ours: Answer;
  theirs: Answer;
}

/**
 * Reads `count` pairs of random files with botocore and with ours.
 * @returns how many both accepted, and the first differences (at most twenty)
 */
export async function compareRandomFiles(
  botocore: Botocore,
  { seed, count, tell = () => {} }: { seed: number; count: number; tell?: (text: string) => void },
): Promise<{ accepted: number; differences: Difference[] }> {
  const random = randomNumbers(seed);
  const knowsServices = !/^1\.([0-9]|[12][0-9]|30)\./.test(botocore.version);
  const differences: Difference[] = [];
  let accepted = 0;
  let waiting: { files: Files[]; answers: Promise<Answer[]> } | null = null;
  for (let done = 0; (done < count || waiting) && differences.length < 20; done += batch) {
    // Python reads one batch while this process compares the one before.
    const length = Math.max(0, Math.min(batch, count - done));
    const files = Array.from({ length }, () => randomFiles(random));
    const next = files.length > 0 ? { files, answers: botocore.ask(files) } : null;
    if (waiting) {
      for (const [index, theirs] of (await waiting.answers).entries()) {
        const one = waiting.files[index] as Files;
        const ours = answer(one);
        if (!knowsServices && ours) ours[2] = [];
        // Comparing the text of both is fast, and is also strict about the order.
        if (JSON.stringify(ours) !== JSON.stringify(theirs)) differences.push({ ...shown(one), ours, theirs });
        if (theirs !== null) accepted++;
      }
      tell(`${done} of ${count}`);
    }
    waiting = next;
  }
  if (waiting) await waiting.answers;
  return { accepted, differences };
}

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
  config: Buffer.from(config).toString('latin1'),
  credentials: credentials && Buffer.from(credentials).toString('latin1'),
});
