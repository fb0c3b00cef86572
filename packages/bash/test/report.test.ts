import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

const profile: [string, string, string][] = [['set', 'AWS_PROFILE', 'x']];
const line = 'echo "${AWS_PROFILE-unset}"';

describe('a directory file that is not approved', () => {
  it('is reported once, again when it has changed or was left and entered', () => {
    const file = box.write(`${box.home}/p/.bedrockrc`, 'model: opus\n');
    mkdirSync(`${box.home}/p/sub`);
    const { errors, out } = box.run([
      ...['cd p', ':', line, `echo "model: haiku" >'${file}'`, ':', 'cd ..', 'cd p/sub'],
    ]);
    const report = `bedrockenv: ${file} is not approved; to use it: bedrockenv allow`;
    expect(errors).toEqual([report, report, `${report} ${box.home.replaceAll(' ', '\\ ')}/p`]);
    expect(out).toEqual(['unset']);
    expect(box.calls()).toEqual([]);
  });

  it('applies from the prompt after it was approved, and approved parents apply meanwhile', () => {
    const dir = `${box.home}/p/q`;
    box.project('p', { label: 'P', variables: profile });
    box.write(`${dir}/.bedrockrc`, 'model: opus\n');
    box.plan(dir, { label: 'Q', variables: [['set', 'AWS_PROFILE', 'q']] });
    execFileSync('mv', [`${box.state}/plans${dir}/.bedrockrc`, `${box.root}/plan`]);
    const { errors, out } = box.run([
      ...['cd p/q', line, 'cd ..', 'cd q', line],
      ...[`mv '${box.root}/plan' '${box.state}/plans${dir}/.bedrockrc'`, `mkdir -p '${box.state}/approvals${dir}'`],
      ...[`cp .bedrockrc '${box.state}/approvals${dir}'`, line],
    ]);
    const report = `bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`;
    expect(errors).toEqual(['bedrockenv: P', report, report, 'bedrockenv: Q']);
    expect(out).toEqual(['x', 'x', 'q']);
  });

  it('is found through a symbolic link under its real directory', () => {
    const dir = box.project('real', { label: 'R', variables: profile });
    symlinkSync(dir, `${box.home}/link`);
    symlinkSync(box.home, `${box.home}/home`);
    const { errors, out } = box.run(['cd link', line, 'cd ../home/real', line, 'cd ../..', line]);
    expect({ errors, out }).toEqual({ errors: ['bedrockenv: R'], out: ['x', 'x', 'unset'] });
  });

  it('compiles once what is approved, and no more before $PWD changes', () => {
    const dir = box.approved(`${box.home}/p`);
    mkdirSync(`${dir}/sub`);
    box.cli('echo why >&2; exit 1');
    const { errors } = box.run(['cd p', ':', 'cd sub', ':', 'cd ../..']);
    expect(errors).toEqual(['why', `bedrockenv: ${dir}/.bedrockrc could not be compiled; see: bedrockenv status`]);
    expect(box.calls()).toEqual([`compile --dir ${dir}`, `compile --dir ${dir}`]);
  });

  it('says so once when there is no bedrockenv to compile with', () => {
    box.approved(`${box.home}/p`);
    const { errors } = box.run(['cd p', ':', 'cd ..', 'cd p'], { env: { PATH: '/usr/bin:/bin' } });
    expect(errors).toEqual([
      'bedrockenv: the bedrockenv command is gone; install it again (npm install -g bedrockenv) or take the hook out of .bashrc',
    ]);
  });

  it('says so once where it would be needed to approve, and then leaves it at that', () => {
    for (const dir of ['p', 'q']) box.write(`${box.home}/${dir}/.bedrockrc`, 'model: opus\n');
    const { errors } = box.run(['cd p', ':', 'cd ../q', ':', 'cd ../p'], { env: { PATH: '/usr/bin:/bin' } });
    expect(errors).toEqual([expect.stringMatching(/^bedrockenv: the bedrockenv command is gone; /)]);
  });

  it('prefers the recorded node and CLI', () => {
    const dir = box.approved(`${box.home}/p`);
    const node = box.write(`${box.root}/node 'x'`, `#!/bin/sh\necho "$*" >>'${box.log}'\n`);
    chmodSync(node, 0o755);
    const before = `_bedrockenv_node="${node}" _bedrockenv_cli="${node}"`;
    box.run(['cd p'], { before });
    expect(box.calls()).toEqual([`${node} compile --dir ${dir}`]);
  });
});

describe('a broken directory file', () => {
  const make: Record<string, [why: string, (path: string) => void]> = {
    'a directory': ['not a regular file', (path) => mkdirSync(path)],
    'a FIFO': ['not a regular file', (path) => execFileSync('mkfifo', [path])],
    'a dangling link': ['not a regular file', (path) => symlinkSync('nowhere', path)],
    'a link to a device': ['not a regular file', (path) => symlinkSync('/dev/zero', path)],
    'a large file': ['larger than 64 KiB', (path) => box.write(path, 'a'.repeat(65_537))],
    'a large file of wide characters': ['larger than 64 KiB', (path) => box.write(path, 'é'.repeat(32_769))],
    'a NUL': ['contains a NUL byte', (path) => box.write(path, 'model: opus\n\0')],
    'a NUL in a large text': ['contains a NUL byte', (path) => box.write(path, `${'a'.repeat(65_530)}\0`)],
  };
  for (const [what, [why, create]] of Object.entries(make)) {
    it(what, () => {
      mkdirSync(`${box.home}/p`);
      create(`${box.home}/p/.bedrockrc`);
      const { errors } = box.run(['cd p', ':']);
      expect(errors).toEqual([`bedrockenv: ${box.home}/p/.bedrockrc is broken (${why}); see: bedrockenv status`]);
    });
  }
  it('64 KiB are not too many', () => {
    box.project('p', { text: 'é'.repeat(32_768), variables: profile });
    expect(box.run(['cd p', line])).toMatchObject({ errors: [], out: ['x'] });
  });
});

it('says nothing of a denied file', () => {
  const dir = box.approved(`${box.home}/p`);
  box.write(`${box.state}/denied${dir}/.bedrockrc`, '');
  expect(box.run(['cd p', line])).toMatchObject({ errors: [], out: ['unset'] });
});

it('shows no control characters of a path', () => {
  const name = 'a\x1b[31m\n\u202eb';
  box.write(`${box.home}/${name}/.bedrockrc`, 'model: opus\n');
  const { errors } = box.run(['cd a*', 'mkdir x', 'cd x']);
  const path = `${box.home}/a?[31m??b`;
  expect(errors[0]).toBe(`bedrockenv: ${path}/.bedrockrc is not approved; to use it: bedrockenv allow`);
  expect(errors).toHaveLength(1);
});

it('applies nothing from a state folder that others can write to', () => {
  box.project('p', { variables: profile });
  chmodSync(box.state, 0o770);
  const { errors, out } = box.run(['cd p', line, 'cd ..', 'cd p']);
  expect(errors).toEqual([
    `bedrockenv: ${box.state} is writable by others; nothing is applied; run: chmod 700 ${box.state.replaceAll(' ', '\\ ')}`,
  ]);
  expect(out).toEqual(['unset']);
});

it('prints notes below the status line, and nothing of it under BEDROCKENV_QUIET but the notes', () => {
  box.project('p', { label: 'L', notes: ['one', 'two'], variables: profile });
  expect(box.run(['cd p', ':']).errors).toEqual(['bedrockenv: L', 'bedrockenv: one', 'bedrockenv: two']);
  expect(box.run(['cd p'], { env: { BEDROCKENV_QUIET: '1' } }).errors).toEqual(['bedrockenv: one', 'bedrockenv: two']);
});

it('applies the default plan outside of projects and looks for a user config', () => {
  const config = `${box.home}/.config/bedrockenv/config.yaml`;
  box.project('p', { variables: [['set', 'AWS_PROFILE', 'p']] });
  box.plan('', { label: 'D', inputs: [config], variables: profile });
  expect(box.run([line, 'cd p', line, 'cd ..', line])).toMatchObject({
    out: ['x', 'p', 'x'],
    errors: ['bedrockenv: D', 'bedrockenv: D'],
  });
  execFileSync('rm', [`${box.state}/default`]);
  box.run(['mkdir -p .config/bedrockenv', `touch '${config}'`, ':']);
  expect(box.calls()).toEqual(['compile --default']);
});

it('notices a changed, a removed and a restored older input', () => {
  const config = box.write(`${box.home}/.aws/config`, 'a');
  const dir = box.project('p', { inputs: [config, `${box.home}/absent`], variables: profile });
  for (const change of [
    `touch -d 2001-01-01 '${config}'`,
    `rm '${config}'`,
    `touch '${box.home}/absent'`,
    `touch '${dir}/.bedrockrc'`,
  ]) {
    box.write(box.log, '');
    box.write(config, 'a');
    execFileSync('rm', ['-f', `${box.home}/absent`]);
    box.plan(dir, { inputs: [config, `${box.home}/absent`], variables: profile });
    box.run(['cd p', ':', change, line]);
    expect([change, box.calls()]).toEqual([change, [`compile --dir ${dir}`]]);
  }
});
