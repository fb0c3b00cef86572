import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endCoolDown, isCoolingDown, startCoolDown } from '../../src/sign-in/cool-down.ts';

const folder = mkdtempSync(join(tmpdir(), 'bedrockenv-cool-down-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const minutes = (count: number) => count * 60_000;
const now = Date.UTC(2026, 5, 1);
const token = '/home/u/.aws/sso/cache/x.json';

describe('the pause after a sign-in that failed', () => {
  it.each([
    ['at once', 0, true],
    ['nine minutes later', minutes(9), true],
    ['eleven minutes later', minutes(11), false],
    ['after a night asleep', minutes(600), false],
    ['after the clock went back a second', -1000, false],
    ['after the clock went back a year', -minutes(525_600), false],
  ])('%s', (name, passed, expected) => {
    const state = join(folder, name.replaceAll(' ', '-'));
    startCoolDown(state, token, now);
    expect(isCoolingDown(state, token, now + passed)).toBe(expected);
    expect(isCoolingDown(state, `${token}.other`, now + passed)).toBe(false);
    endCoolDown(state, token);
    expect(isCoolingDown(state, token, now + passed)).toBe(false);
  });
});
