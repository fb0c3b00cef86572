import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePlan } from '@bedrockenv/core';
import { afterEach, describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

const mount = (at: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', at]).status === 0;
const unmount = (at: string) => spawnSync('umount', [at]).status;

/** It takes root, and a container that is allowed to. */
const canMount = (() => {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0) return false;
  const at = mkdtempSync(join(tmpdir(), 'bedrockenv-mount-'));
  const done = mount(at);
  if (done) unmount(at);
  rmdirSync(at);
  return done;
})();

const mounted: string[] = [];
afterEach(() => {
  for (const at of mounted.splice(0)) expect(unmount(at)).toBe(0);
});

/** A sandbox whose state folder lies on a small disk of its own. */
function setUp() {
  const box = new Sandbox();
  mkdirSync(box.state, { recursive: true });
  if (!mount(box.state)) throw new Error('tmpfs cannot be mounted');
  // Before the sandbox is removed.
  mounted.push(box.state);
  chmodSync(box.state, 0o700);
  const filler = join(box.state, 'filler');
  return {
    box,
    filler,
    fill: () => expect(() => writeFileSync(filler, Buffer.alloc(1 << 20))).toThrow('ENOSPC'),
    empty: () => rmSync(filler),
    files: () => box.stateFiles().filter((file) => file !== 'filler' && !file.startsWith('stamps')),
  };
}

const full =
  /^bedrockenv: \/.*: cannot be written: no space left on the device; make room there; to see: df -h \/.*\n$/;

describe.skipIf(!canMount)('a full disk', () => {
  it('allow: says so, approves nothing, and does when there is room', () => {
    const { box, fill, empty, files } = setUp();
    const dir = box.project('p', 'profile: corp-dev\n');
    fill();
    const { code, stderr } = box.run(['allow', dir]);
    expect(code).toBe(1);
    expect(stderr.slice(stderr.lastIndexOf('bedrockenv:'))).toMatch(full);
    expect(files()).toEqual([]);
    expect(box.run(['export'], { cwd: dir })).toMatchObject({ code: 3, stdout: '' });
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('unapproved');
    empty();
    box.ok(['allow', dir]);
    expect(box.json(['export'], { cwd: dir }).AWS_PROFILE).toBe('corp-dev');
  });

  it('compile: says so, and the plan that there was is whole', () => {
    const { box, fill, empty, files } = setUp();
    const dir = box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', dir]);
    const plan = join(box.state, 'plans', dir, '.bedrockrc');
    const [before, there] = [readFileSync(plan), files()];
    box.write('.aws/config', `${box.awsConfig}[profile more]\nregion = us-east-1\n`);
    fill();
    const { code, stdout, stderr } = box.run(['compile', '--dir', dir]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(full);
    expect(readFileSync(plan).equals(before)).toBe(true);
    expect(files()).toEqual(there);
    // Without a plan that holds, it is worked out each time.
    expect(box.json(['export'], { cwd: dir }).AWS_PROFILE).toBe('corp-dev');
    empty();
    box.ok(['compile', '--dir', dir]);
    expect(decodePlan(readFileSync(plan))?.generation).not.toBe(decodePlan(before)?.generation);
  });

  it('compile: a plan that fits in part leaves the old one whole', () => {
    const { box, filler, files } = setUp();
    // Larger than the room that is left, which is more than nothing.
    const dir = box.project('p', `profile: corp-dev\n${'# filler\n'.repeat(3000)}`);
    box.ok(['allow', dir]);
    const plan = join(box.state, 'plans', dir, '.bedrockrc');
    const [before, there] = [readFileSync(plan), files()];
    box.write('.aws/config', `${box.awsConfig}[profile more]\nregion = us-east-1\n`);
    const { bfree, bsize } = statfsSync(box.state);
    writeFileSync(filler, Buffer.alloc((bfree - 3) * bsize));
    expect(box.run(['compile', '--dir', dir])).toMatchObject({ code: 1, stderr: expect.stringMatching(full) });
    expect(readFileSync(plan).equals(before)).toBe(true);
    expect(files()).toEqual(there);
  });

  describe('login', () => {
    const aws = (fails: boolean, then = '') =>
      `#!/bin/sh\nif [ "$1" = --version ]; then echo aws-cli/2.36.12; exit; fi\n` +
      `echo run >> "$HOME/aws.log"\n${then}\n${fails ? 'exit 1' : ''}\n`;

    function stale(script: (filler: string) => string) {
      const stage = setUp();
      stage.box.signIn(-1000);
      stage.box.write('bin/aws', script(stage.filler), 0o755);
      const env = { PATH: `${stage.box.path('bin')}:${process.env.PATH}`, AWS_PROFILE: 'corp-dev' };
      return { ...stage, login: () => stage.box.run(['login', '--no-tty'], { env }) };
    }

    it('without room for its lock: says how to sign in all the same, and tries nothing', () => {
      const { box, fill, empty, files, login } = stale(() => aws(true));
      fill();
      const { code, stdout, stderr } = login();
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/: cannot be written: no space left on the device; .*bedrockenv login.*aws sso login\n$/);
      expect(() => box.text('aws.log')).toThrow('ENOENT');
      expect(files().filter((file) => !/^locks\/[0-9a-f]{40}$/.test(file))).toEqual([]);
      empty();
      expect(login().stderr).toMatch(/the sign-in to corp failed: exit code 1/);
      expect(box.text('aws.log')).toBe('run\n');
    });

    it('without room for its pause: the failure is told, and that no pause follows', () => {
      const { box, files, login } = stale((filler) => aws(true, `head -c 1000000 /dev/zero > '${filler}' 2>/dev/null`));
      const { code, stdout, stderr } = login();
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/the sign-in to corp failed: exit code 1/);
      expect(stderr).toMatch(/cooldown.*no space left on the device/);
      expect(files().filter((file) => file.startsWith('cooldown') || file.endsWith('.pid'))).toEqual([]);
      expect(box.text('aws.log')).toBe('run\n');
    });
  });
});

describe.skipIf(process.platform !== 'linux')('a full disk where the answer goes', () => {
  it.each([[['export']], [['profiles', '--json']], [['hook', 'zsh']], [['--version']]])('%j: says so', (words) => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', dir]);
    const found = box.run(words, { cwd: dir, under: ['sh', '-c', '"$@" > /dev/full', 'sh'] });
    const stderr = 'bedrockenv: the answer cannot be written to stdout: no space is left where it goes\n';
    expect(found).toMatchObject({ code: 1, stderr });
  });
});
