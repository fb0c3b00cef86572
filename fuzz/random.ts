import { randomNumbers } from '../packages/core/test/aws/random-config.ts';

export { randomNumbers };

/** Whole numbers from 0 to below `limit`; the same for the same seed. */
export type Random = ReturnType<typeof randomNumbers>;

/** One of several. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random(from.length)] as T;
}
