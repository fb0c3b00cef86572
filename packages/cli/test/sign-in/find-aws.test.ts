import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAws } from '../../src/sign-in/find-aws.ts';

let box: string;
beforeEach(() => {
  box = mkdtempSync(join(tmpdir(), 'find-aws-'));
});
afterEach(() => {
  rmSync(box, { recursive: true });
});

function program(path: string, mode = 0o755): string {
  const whole = join(box, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, '');
  chmodSync(whole, mode);
  return whole;
}

describe('the aws of a PATH', () => {
  it('is the first file that can be run', () => {
    mkdirSync(join(box, 'a/aws'), { recursive: true });
    program('b/aws', 0o644);
    const found = program('c d/aws');
    program('e/aws');
    const PATH = ['a', 'b', 'c d', 'e'].map((name) => join(box, name)).join(':');
    expect(findAws({ PATH }, 'linux')).toBe(found);
    expect(() => findAws({ PATH: join(box, 'a') }, 'linux')).toThrow(expect.objectContaining({ code: 'no-aws' }));
  });

  it('never lies in the directory that is entered', () => {
    program('bin/aws');
    program('aws');
    const found = program('elsewhere/aws');
    const before = process.cwd();
    process.chdir(box);
    try {
      const own = ':.:bin:./bin:';
      expect(() => findAws({ PATH: own }, 'linux')).toThrow(expect.objectContaining({ code: 'no-aws' }));
      expect(findAws({ PATH: `${own}${join(box, 'elsewhere')}` }, 'linux')).toBe(found);
    } finally {
      process.chdir(before);
    }
  });

  it.each([
    ['Path', '.COM;.EXE;.CMD', 'b/aws.EXE'],
    ['PATH', '.CMD;.EXE', 'a/aws.CMD'],
    ['path', '', 'b/aws.EXE'],
  ])('on Windows: with %s and PATHEXT=%s', (name, PATHEXT, expected) => {
    program('a/aws');
    program('b/aws.EXE');
    if (PATHEXT.startsWith('.CMD')) program('a/aws.CMD');
    const folders = `;"${join(box, 'a')}";${join(box, 'b')}`;
    expect(findAws({ [name]: folders, PathExt: PATHEXT }, 'win32')).toBe(join(box, expected));
  });

  it('on Windows: none without an extension', () => {
    program('a/aws');
    const find = () => findAws({ Path: join(box, 'a') }, 'win32');
    expect(find).toThrow(expect.objectContaining({ code: 'no-aws', fix: expect.stringContaining('winget') }));
  });
});
