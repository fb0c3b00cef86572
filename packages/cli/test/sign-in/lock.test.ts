import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHolder, self } from '../../src/sign-in/holder.ts';
import { lock } from '../../src/sign-in/lock.ts';

let state: string;
let other: ChildProcess;
const pidFile = () => join(state, 'locks/key.pid');

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'lock-'));
  mkdirSync(join(state, 'locks'), { mode: 0o700 });
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
});
afterEach(async () => {
  await end();
  rmSync(state, { recursive: true });
});

async function end(): Promise<void> {
  if (other.exitCode !== null || other.signalCode !== null) return;
  other.kill('SIGKILL');
  await once(other, 'exit');
}

/** What the other process would have written. */
const others = () => self().replace(/^\d+/, String(other.pid));

describe('who holds a lock', () => {
  const standing = (text: string) => {
    writeFileSync(pidFile(), text);
    return readHolder(pidFile());
  };

  it('is told by its process, on this machine', async () => {
    expect(standing(self())).toEqual({ pid: process.pid, is: 'alive' });
    expect(standing(others())).toEqual({ pid: other.pid, is: 'alive' });
    expect(standing(`${other.pid} another-machine\n`)).toEqual({ pid: other.pid, is: 'elsewhere' });
    const { pid } = other;
    await end();
    expect(standing(others())).toEqual({ pid, is: 'gone' });
  });

  it('is gone when the machine was started since', () => {
    standing(self());
    utimesSync(pidFile(), 1, 1);
    expect(readHolder(pidFile())).toEqual({ pid: process.pid, is: 'gone' });
  });

  it.skipIf(process.platform !== 'linux')('is stopped by Ctrl-Z', async () => {
    other.kill('SIGSTOP');
    await expect.poll(() => standing(others())).toEqual({ pid: other.pid, is: 'stopped' });
  });

  it('is nobody', () => {
    expect(readHolder(pidFile())).toBeNull();
    expect(standing('12')).toBeNull();
    expect(standing('x y\n')).toBeNull();
  });
});

describe('the lock', () => {
  /** The other process holds it and has said nothing for so long, as after a machine's sleep. */
  function held(seconds: number): void {
    writeFileSync(join(state, 'locks/key'), '');
    writeFileSync(pidFile(), others());
    mkdirSync(join(state, 'locks/key.lock'));
    const then = Date.now() / 1000 - seconds;
    utimesSync(join(state, 'locks/key.lock'), then, then);
  }

  it('is not taken from a process that still runs, however silent it was', async () => {
    held(120);
    const holders: (number | null)[] = [];
    const waiting = lock(state, 'key', (pid) => holders.push(pid), AbortSignal.timeout(1000));
    await expect(waiting).rejects.toThrow();
    expect(holders).toEqual([other.pid]);
    expect(readFileSync(pidFile(), 'utf8')).toBe(others());
  });

  it.skipIf(process.platform !== 'linux')('is taken from one that its user stopped', async () => {
    held(120);
    other.kill('SIGSTOP');
    await (await lock(state, 'key', () => {}, AbortSignal.timeout(5000)))();
  });

  it('is taken from one that is gone, and given back whole', async () => {
    held(10);
    await end();
    const release = await lock(state, 'key', () => {}, AbortSignal.timeout(5000));
    expect(readHolder(pidFile())).toEqual({ pid: process.pid, is: 'alive' });
    await release();
    expect([pidFile(), join(state, 'locks/key.lock')].filter((path) => existsSync(path))).toEqual([]);
  });

  it('is taken from one that is gone, though its time is still to come: the clock was set back', async () => {
    held(-3600);
    await end();
    await (await lock(state, 'key', () => {}, AbortSignal.timeout(20_000)))();
  });

  it('is left to one that renews it, whatever its clock says', async () => {
    writeFileSync(join(state, 'locks/key'), '');
    writeFileSync(pidFile(), others());
    await end();
    mkdirSync(join(state, 'locks/key.lock'));
    let later = Date.now() / 1000 + 3600;
    const renew = () => utimesSync(join(state, 'locks/key.lock'), ++later, later);
    renew();
    const renewing = setInterval(renew, 500);
    try {
      await expect(lock(state, 'key', () => {}, AbortSignal.timeout(9_000))).rejects.toThrow();
    } finally {
      clearInterval(renewing);
    }
  });
});
