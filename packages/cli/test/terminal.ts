import { setTimeout as sleep } from 'node:timers/promises';
import * as pty from '@lydell/node-pty';
import { afterEach } from 'vitest';
import { program } from './cli.ts';

const terminals: pty.IPty[] = [];

afterEach(() => {
  for (const terminal of terminals.splice(0)) {
    try {
      terminal.kill('SIGKILL');
    } catch {
      // It has ended.
    }
  }
});

/** The CLI on a terminal of its own. */
export class Terminal {
  out = '';
  readonly ended: Promise<number>;
  readonly #pty: pty.IPty;

  constructor(
    words: readonly string[],
    { cwd, env, cols = 300 }: { cwd: string; env: Record<string, string>; cols?: number },
  ) {
    this.#pty = pty.spawn(process.execPath, [program, ...words], { name: env.TERM ?? 'xterm', cwd, env, cols });
    terminals.push(this.#pty);
    this.#pty.onData((data) => {
      this.out += data;
    });
    this.ended = new Promise((done) => this.#pty.onExit(({ exitCode }) => done(exitCode)));
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  kill(signal = 'SIGKILL'): void {
    this.#pty.kill(signal);
  }

  async shows(text: string | RegExp): Promise<void> {
    const end = Date.now() + 10_000;
    while (!(typeof text === 'string' ? this.out.includes(text) : text.test(this.out))) {
      if (Date.now() > end) throw new Error(`never showed ${text}, but:\n${this.out}`);
      await sleep(20);
    }
  }
}
