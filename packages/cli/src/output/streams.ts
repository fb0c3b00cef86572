import { writeSync } from 'node:fs';

const idle = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of `text` before it returns. Not through `process.stdout`, whose streams cost 3 to 5 ms to set up.
 * A reader that is gone ends the process quietly, as it does for other tools (`bedrockenv profiles | head -1`).
 */
function write(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') Atomics.wait(idle, 0, 0, 5);
      else if (code === 'EPIPE' && fd === 1) process.exit(0);
      else if (fd === 2) return;
      else throw error;
    }
  }
}

/** The answer, and nothing else, goes here. */
export function stdout(text: string): void {
  write(1, text);
}

/** Everything that is not the answer. */
export function stderr(text: string): void {
  write(2, text);
}
