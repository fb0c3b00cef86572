import { StringDecoder } from 'node:string_decoder';
import { linesOf, newTerminal } from './render.ts';

/** Everything that a terminal received, and waiting for more of it. */
export class Transcript {
  /** All of it, decoded; positions in it are what callers remember. */
  text = '';
  #ended: string | undefined;
  readonly #chunks: Buffer[] = [];
  readonly #decoder = new StringDecoder('utf8');
  readonly #terminal;
  readonly #waiting = new Set<() => void>();

  constructor(cols: number, rows: number, answer: (data: string) => void) {
    this.#terminal = newTerminal(cols, rows, 0);
    // Made when it is first asked for, of which a terminal that was disposed of complains. Whoever still waits for a
    // prompt when a shell is closed gets the screen with the error.
    void this.#terminal.buffer;
    // Programs ask their terminal questions (fish 4 does at its start) and wait for the answers.
    this.#terminal.onData(answer);
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.text += this.#decoder.write(chunk);
    this.#terminal.write(chunk);
    this.#wake();
  }

  /** No more will come; `why` is for the error of whoever still waits. */
  end(why: string): void {
    this.#ended ??= why;
    this.#wake();
  }

  raw(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  resize(cols: number, rows: number): void {
    this.#terminal.resize(cols, rows);
  }

  async screen(): Promise<string> {
    await new Promise<void>((resolve) => this.#terminal.write('', resolve));
    return linesOf(this.#terminal, this.#terminal.buffer.active.baseY).join('\n');
  }

  /** Waits until `find` returns something; throws after `timeoutMs`, or at the end of the shell, with the screen. */
  async until<T>(find: () => T | null | undefined, timeoutMs: number, what: string): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined) return found;
      if (this.#ended) throw await this.#failure(`${this.#ended} before ${what}`);
      const left = deadline - Date.now();
      if (left <= 0) throw await this.#failure(`waited ${timeoutMs} ms for ${what}`);
      await this.#more(left);
    }
  }

  dispose(): void {
    this.#terminal.dispose();
  }

  async #failure(message: string): Promise<Error> {
    const tail = JSON.stringify(this.text.slice(-600));
    return new Error(`${message}\n--- screen\n${await this.screen()}\n--- last bytes\n${tail}`);
  }

  #more(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
