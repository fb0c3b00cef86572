import { readFileSync, writeFileSync } from 'node:fs';
import { bash } from '@bedrockenv/testkit/pty';
import { straceMissing } from '@bedrockenv/testkit/strace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { timeEvents } from './events.ts';
import { exponent } from './exponent.ts';
import { type Figure, holds } from './figure.ts';
import { countEventProcesses } from './processes.ts';
import { regressions } from './regressions.ts';
import type { Result } from './report.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

const fork = `case $PROMPT_COMMAND in *':)'*) ;; *) PROMPT_COMMAND+=': "$(:)"' ;; esac\n`;

/** One fork more at each prompt, and then the hook, which puts itself before what is there. */
function slowed(workplace: Workplace): Workplace {
  return {
    ...workplace,
    installHook(driver) {
      const file = workplace.installHook(driver);
      writeFileSync(file, fork + readFileSync(file, 'utf8'));
      return file;
    },
  };
}

/** What CI compares its run with. */
function committed(): Figure[] {
  const { sections }: Result = JSON.parse(readFileSync(new URL('results/linux-x64.json', import.meta.url), 'utf8'));
  return sections.flatMap((section) => section.figures);
}

describe.skipIf(!bash.program())('a hook with one fork more', () => {
  let workplace: Workplace;
  beforeEach(() => {
    workplace = openWorkplace(9);
  }, 60_000);
  afterEach(() => workplace.sandbox.dispose());

  test.skipIf(straceMissing())('is caught by the count of processes', { timeout: 120_000 }, async () => {
    const [good, bad] = [
      await countEventProcesses([bash], workplace),
      await countEventProcesses([bash], slowed(workplace)),
    ];
    expect(good.figures.filter((figure) => !holds(figure))).toEqual([]);
    expect(bad.figures.map(holds)).toEqual(bad.figures.map(() => false));
  });

  test('is caught by the price of an event', { timeout: 180_000 }, async () => {
    const { figures } = await timeEvents(bash, slowed(workplace));
    const missed = figures.filter((figure) => !holds(figure)).map(({ name }) => name);
    expect(missed.length).toBeGreaterThan(3);
    expect(regressions(figures, committed()).length).toBeGreaterThan(1);
  });
});

test('growth that is there has its exponent', () => {
  const sizes = [1, 10, 100, 1000];
  expect(exponent(sizes.map((size) => [size, 500]))).toBeCloseTo(0);
  expect(exponent(sizes.map((size) => [size, 7 * size]))).toBeCloseTo(1);
  expect(exponent(sizes.map((size) => [size, Math.sqrt(size)]))).toBeCloseTo(0.5);
});

describe('against an earlier run', () => {
  const ratio = (value: number): Figure => ({
    ...{ subject: 'zsh', name: 'enter', against: 'direnv costs', value, unit: 'x' },
    limit: { is: 'at least', value: 80 },
  });
  const forks = (value: number): Figure => ({
    ...{ subject: 'zsh', name: 'enter', against: 'none', value, unit: 'processes' },
    limit: { is: 'at most', value: 0 },
  });

  test.each([
    [ratio(50), ratio(90), 0],
    [ratio(40), ratio(90), 1],
    [ratio(90), ratio(900), 0],
    [ratio(25), ratio(40), 0],
    [ratio(15), ratio(40), 1],
    [forks(0), forks(0), 0],
    [forks(1), forks(0), 1],
    [forks(1), forks(1), 0],
    [forks(2), forks(1), 1],
  ])('%o after %o', (now, then, worse) => {
    expect(regressions([now], [then])).toHaveLength(worse);
  });

  test('what was not measured then has its limit alone', () => {
    expect(regressions([ratio(35), forks(1), ratio(70)], [])).toHaveLength(2);
  });
});
