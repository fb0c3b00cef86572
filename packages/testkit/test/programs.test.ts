import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { botocore, packages, pythons } from '../../../scripts/programs.mjs';
import { findProgram } from '../src/drivers/find-program.ts';

const hasBotocore = () => pythons.some((each) => spawnSync(each, ['-c', botocore.probe]).status === 0);

// A test for a program that is not there is skipped by name, which nobody would notice where nobody looks.
test.runIf(process.env.CI)('with CI set, every program that a test needs is there (scripts/setup.mjs)', () => {
  expect(Object.keys(packages).filter((name) => findProgram(name) === undefined)).toEqual([]);
  expect(hasBotocore(), botocore.package).toBe(true);
});
