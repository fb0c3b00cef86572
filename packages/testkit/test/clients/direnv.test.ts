import { describe, expect, test } from 'vitest';
import { directories } from '../../src/clients/directories.ts';
import { byDirenv } from '../../src/clients/entry.ts';
import { findProgram } from '../../src/drivers/find-program.ts';
import { bash } from '../../src/drivers/index.ts';
import { runScenarios } from '../../src/scenario.ts';

describe('direnv in', () => {
  if (findProgram('direnv')) runScenarios(directories(byDirenv), [bash]);
  else if (process.env.CI) test('direnv is installed', () => expect.fail('direnv is not installed'));
  else test.skip('direnv is not installed', () => {});
});
