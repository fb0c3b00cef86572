import { isatty } from 'node:tty';
import type { Env } from '@bedrockenv/core';
import { stderr } from './streams.ts';

/** From this on something takes long enough to say what is waited for, in ms. */
const patience = 1000;

/**
 * Waits, and says what for when it takes over a second: on a terminal alone, in one line that is gone afterwards. Where
 * the cursor cannot be moved it is said once, and stays.
 */
export async function waiting<Value>(what: string, env: Env, work: Promise<Value>): Promise<Value> {
  if (!isatty(2)) return work;
  const isDumb = env.TERM === 'dumb' || Boolean(env.ACCESSIBLE);
  let seconds = 0;
  const tell = () => {
    seconds += 1;
    if (!isDumb) stderr(`\r\x1b[Kbedrockenv: ${what} (${seconds} s)`);
    else if (seconds === 1) stderr(`bedrockenv: ${what}\n`);
  };
  const timer = setInterval(tell, patience);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (seconds > 0 && !isDumb) stderr('\r\x1b[K');
  }
}
