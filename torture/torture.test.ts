import { expect, test } from 'vitest';
import { parts } from './parts/index.ts';
import { unsynced } from './parts/order.ts';

/** What `npm test` can wait for; `npm run torture` runs all, and much more of each. */
const short: Readonly<Record<string, number>> = {
  'power-cut': 3,
  'disk-full': 2,
  'disk-read-only': 2,
  kills: 7,
  faults: 14,
};

const seed = Date.now() % 2 ** 31;
console.log(`torture: again with npm run torture -- PART --seed ${seed} --count N`);

for (const [name, count] of Object.entries(short)) {
  const part = parts.find((one) => one.name === name);
  const title = `${name}: ${part?.about}`;
  const reason = part?.unless?.();
  if (reason !== undefined) test.skip(`${title} (${reason})`, () => {});
  else
    test(title, { timeout: 180_000 }, async () => {
      const outcome = await part?.run({ seed, count, over: () => false, tell: () => {} });
      expect(outcome?.findings).toEqual([]);
      expect(outcome?.tried).toBe(count);
    });
}

test('a rename before the sync of its file is found out', () => {
  const synced = { call: 'fsync', path: '/a' } as const;
  const renamed = { call: 'rename', path: '/a' } as const;
  expect(unsynced([synced, renamed])).toEqual([]);
  expect(unsynced([renamed, synced])).toEqual(['/a']);
});
