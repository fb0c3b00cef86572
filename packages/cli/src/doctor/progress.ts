import { isatty } from 'node:tty';
import type { Env } from '@bedrockenv/core';
import { stderr } from '../output/streams.ts';

/** How long a question may take before it is told what is waited for, in ms. */
const patience = 1_000;

/** Tells on a terminal what is being waited for, on one line that is gone afterwards. */
export function progress({ TERM }: Env): <T>(what: string, work: Promise<T>) => Promise<T> {
  const isShown = isatty(2) && TERM !== 'dumb';
  return async (what, work) => {
    let isWritten = false;
    const timer = setTimeout(() => {
      isWritten = isShown;
      if (isShown) stderr(`bedrockenv: waiting for ${what} …`);
    }, patience);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      if (isWritten) stderr('\r\x1b[K');
    }
  };
}
