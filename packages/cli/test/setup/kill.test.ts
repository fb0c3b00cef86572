import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';
import { tree } from './tree.ts';

const setup = ['setup', '--yes', '--shell', 'bash', '--profile', 'corp-dev'];
const uninstall = ['uninstall', '--yes'];

/** Kills its process before the N-th call that changes anything on disk; without N it says how many there were. */
const killer = `const fs = require('fs');
let count = 0;
for (const name of ['appendFileSync', 'chmodSync', 'fchmodSync', 'fsyncSync', 'mkdirSync', 'renameSync', 'rmdirSync', 'rmSync',
  'unlinkSync', 'writeFileSync', 'writeSync', 'openSync']) {
  const real = fs[name];
  fs[name] = (...given) => {
    const isOther = (name === 'openSync' && given[1] !== 'wx') || (name === 'writeSync' && given[0] < 3);
    if (!isOther && ++count === Number(process.env.KILL_BEFORE)) process.kill(process.pid, 'SIGKILL');
    return real(...given);
  };
}
process.on('exit', () => fs.writeSync(2, '\\ncalls: ' + count));`;

function prepared(): { box: Sandbox; env: Record<string, string>; before: string[] } {
  const box = new Sandbox();
  mkdirSync(box.path('bin'));
  symlinkSync('/bin/bash', box.path('bin/bash'));
  box.write('.bashrc', 'export A=1');
  box.project('p', 'profile: corp-dev\n');
  const NODE_OPTIONS = `--require=${box.write('killer.cjs', killer)}`;
  return { box, env: { PATH: `${box.path('bin')}:/usr/bin:/bin`, NODE_OPTIONS }, before: tree(box.home) };
}

/** How many moments there are at which the last of these command lines can be killed. */
function callsOf(...lines: string[][]): number {
  const { box, env } = prepared();
  const ends = lines.map((words) => box.run(words, { env }));
  expect(ends.map(({ code }) => code)).toEqual(lines.map(() => 0));
  return Number(/calls: (\d+)$/.exec(ends.at(-1)?.stderr ?? '')?.[1]);
}

it('killed before whatever it writes, setup leaves nothing that uninstall does not take back', {
  timeout: 240_000,
}, () => {
  const calls = callsOf(setup);
  expect(calls).toBeGreaterThan(20);
  for (let at = 1; at <= calls; at++) {
    const { box, env, before } = prepared();
    expect([at, box.run(setup, { env: { ...env, KILL_BEFORE: String(at) } }).code]).toEqual([at, null]);
    box.ok(uninstall, { env });
    expect(tree(box.home), `setup killed before its call ${at}`).toEqual(before);
  }
});

it('killed before whatever it removes, uninstall is run again, and all is gone', { timeout: 240_000 }, () => {
  const calls = callsOf(setup, ['allow', 'p'], uninstall);
  expect(calls).toBeGreaterThan(10);
  for (let at = 1; at <= calls; at++) {
    const { box, env, before } = prepared();
    box.ok(setup, { env });
    box.ok(['allow', 'p'], { env });
    expect([at, box.run(uninstall, { env: { ...env, KILL_BEFORE: String(at) } }).code]).toEqual([at, null]);
    box.ok(uninstall, { env });
    expect(tree(box.home), `uninstall killed before its call ${at}`).toEqual(before);
  }
});

it('killed while it writes, use leaves a temporary file that its next run removes', { timeout: 120_000 }, () => {
  const { box, env } = prepared();
  const folder = box.path('p');
  const left: string[] = [];
  box.ok(['allow', 'p'], { env });
  for (let at = 1; at <= 8; at++) {
    const words = ['use', at % 2 ? 'opus' : 'haiku'];
    expect(box.run(words, { cwd: folder, env: { ...env, KILL_BEFORE: String(at) } }).code).toBe(null);
    left.push(...readdirSync(folder).filter((name) => name !== '.bedrockrc'));
    box.ok(['allow'], { cwd: folder, env });
    box.ok(['use', 'sonnet'], { cwd: folder, env });
    expect(readdirSync(folder)).toEqual(['.bedrockrc']);
  }
  expect(left.length).toBeGreaterThan(2);
  expect(left.filter((name) => !/^\.bedrockrc\.bedrockenv-\d+-\w+$/.test(name))).toEqual([]);
});

it('prune removes what a killed command left in the state folder, and nothing of one that runs', () => {
  const { box, env } = prepared();
  box.ok(['allow', 'p'], { env });
  const before = box.stateFiles();
  const gone = '.local/state/bedrockenv/setup.json.bedrockenv-4194305-abcdefgh';
  const running = `.local/state/bedrockenv/default.bedrockenv-${process.pid}-abcdefgh`;
  for (const file of [gone, running, '.local/state/bedrockenv/setup.json.20260101']) box.write(file, 'torn');
  box.ok(['prune'], { env });
  const left = box.stateFiles().filter((file) => !before.includes(file));
  expect(left.sort()).toEqual([`default.bedrockenv-${process.pid}-abcdefgh`, 'setup.json.20260101']);
});
