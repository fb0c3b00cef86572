import { isatty } from 'node:tty';
import type { Env } from '@bedrockenv/core';
import { execa } from 'execa';
import { meaning } from './aws.ts';
import type { Interruption } from './interruption.ts';

/** How a run of `aws` ended. */
export type Ending = { kind: 'done' } | { kind: 'interrupted' } | { kind: 'failed'; reason: string; code?: number };

/** How long `aws` may take to obey a signal before it gets the next, harder one, in ms. */
const patience = [400, 2000, 2000] as const;

/**
 * Runs `aws` on this terminal and waits for it.
 *
 * Ctrl-C reaches `aws` by itself, as it is in the terminal's foreground too; it is only told again when it does not
 * end, or when the signal was sent to this process alone. What it prints is not our answer, so it goes to stderr when
 * stdout is not the terminal.
 * @param timeout in ms; undefined waits for ever
 */
export async function runAws(
  aws: string,
  words: readonly string[],
  env: Env,
  { interruption, timeout, inheritStdout }: { interruption: Interruption; timeout?: number; inheritStdout: boolean },
): Promise<Ending> {
  const child = execa(aws, words, {
    stdio: ['inherit', inheritStdout || isatty(1) ? 'inherit' : process.stderr, 'inherit'],
    env: env as Record<string, string>,
    extendEnv: false,
    reject: false,
    ...(timeout === undefined ? {} : { timeout }),
  });
  const timers: NodeJS.Timeout[] = [];
  const insist = () => {
    let after = 0;
    for (const [n, name] of (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).entries()) {
      after += patience[n] as number;
      timers.push(setTimeout(() => child.kill(name), after));
    }
  };
  if (interruption.happened) insist();
  interruption.signal.addEventListener('abort', insist);
  const result = await child;
  interruption.signal.removeEventListener('abort', insist);
  for (const timer of timers) clearTimeout(timer);

  if (interruption.happened || result.exitCode === 130 || result.signal === 'SIGINT') return { kind: 'interrupted' };
  if (result.exitCode === 0) return { kind: 'done' };
  if (result.timedOut) return { kind: 'failed', reason: 'nobody signed in in time' };
  const { exitCode: code, signal } = result;
  if (code === undefined)
    return { kind: 'failed', reason: signal ? `aws was ended by ${signal}` : 'aws cannot be run' };
  return { kind: 'failed', reason: meaning(code), code };
}

/** What `aws --version` prints, on stdout or stderr. */
export async function printedVersion(aws: string, env: Env): Promise<string> {
  const result = await execa(aws, ['--version'], {
    env: env as Record<string, string>,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
    timeout: 20_000,
  });
  return result.all ?? '';
}
