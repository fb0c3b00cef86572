/** Turns SIGINT, SIGTERM and SIGHUP into an abort, instead of the end of this process. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  readonly #signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  readonly #onSignal = () => this.#controller.abort(new Interrupted());

  constructor() {
    for (const name of this.#signals) process.on(name, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get happened(): boolean {
    return this.#controller.signal.aborted;
  }

  [Symbol.dispose](): void {
    for (const name of this.#signals) process.off(name, this.#onSignal);
  }
}

/** The user pressed Ctrl-C, or the shell ended the command. */
export class Interrupted extends Error {}
