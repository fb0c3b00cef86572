import { spawn } from 'node:child_process';
import type { Env } from '@bedrockenv/core';

/** How long a shell may take, its user's whole rc file included, in ms. */
const patience = 20_000;

/**
 * Runs a shell away from this terminal, so that nothing in an rc file can take it or wait for a key, and returns what it
 * printed on stdout. A shell that does not end is ended, with all that it started.
 */
export function runShell(program: string, args: readonly string[], env: Env, signal?: AbortSignal): Promise<string> {
  return new Promise((done) => {
    let out = '';
    const child = spawn(program, args, {
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'ignore'],
      // A session of its own: no controlling terminal.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const end = () => {
      try {
        if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It has ended.
      }
      finish();
    };
    const timer = setTimeout(end, patience);
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      child.stdout.destroy();
      done(out);
    };
    signal?.addEventListener('abort', end);
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString('utf8');
    });
    child
      .on('error', finish)
      .on('exit', () => setTimeout(finish, 50))
      .on('close', finish);
  });
}
