import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { botocore, packages, pythons } from '../../../scripts/programs.mjs';
import { findProgram } from '../src/drivers/find-program.ts';

const hasBotocore = () => pythons.some((each) => spawnSync(each, ['-c', botocore.probe]).status === 0);

// A test for a program that is not there is skipped by name, which nobody would notice where nobody looks.
test.runIf(process.env.CI)('with CI set, every program that a test needs is there (scripts/setup.mjs)', () => {
  expect(Object.keys(packages).filter((name) => findProgram(name) === undefined)).toEqual([]);
  expect(hasBotocore(), botocore.package).toBe(true);
});

describe('on a machine that lacks programs, without a way to install them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bedrockenv-programs-'));
  symlinkSync(process.execPath, join(folder, 'node'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const setup = (...names: string[]) => {
    const script = join(import.meta.dirname, '../../../scripts/setup.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, ...names], {
      env: { PATH: folder },
      encoding: 'utf8',
    });
    return { status, lines: stderr.split('\n').slice(0, -1) };
  };

  test('npm start names the shell, and goes on with another', () => {
    const [missing, how, then] = setup('zsh').lines;
    expect(missing).toBe('missing: zsh');
    expect(how).toBe('  install them with your package manager');
    expect(then).toBe('  it goes on without');
    expect(setup('zsh').status).toBe(0);
  });
});
