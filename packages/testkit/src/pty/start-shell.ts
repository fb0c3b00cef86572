import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ShellDriver } from '@bedrockenv/core';
import { spawn } from '@lydell/node-pty';
import type { Sandbox } from '../sandbox/index.ts';
import { keys } from './keys.ts';
import { reap } from './processes.ts';
import { promptAfter } from './prompts.ts';
import { render } from './render.ts';
import type { Ran, Shell } from './shell.ts';
import { Transcript } from './transcript.ts';

export interface ShellOptions {
  sandbox: Pick<Sandbox, 'home' | 'env' | 'write'>;
  /** The user's lines of the rc file; without it the rc file of an earlier shell in this sandbox is kept. */
  rcText?: string;
  /** Where it starts; HOME unless given. */
  cwd?: string;
  /** Columns and rows of the terminal: 200 × 50 unless given. */
  cols?: number;
  rows?: number;
  /** On top of the sandbox's environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** A program and its arguments to run the shell under (`strace …`). */
  under?: readonly string[];
  /** How long a wait may last, milliseconds; 30 s unless given. It costs nothing while things work. */
  timeoutMs?: number;
}

/** Writes the driver's rc file around `userLines`, for shells that start later (nested ones too). */
export function writeRc(driver: ShellDriver, sandbox: ShellOptions['sandbox'], userLines: string): void {
  driver.prepareHome?.(sandbox.home);
  sandbox.write(driver.rcFile, driver.rc(userLines));
}

/** Starts a real interactive shell on a pseudo-terminal and waits for its first prompt. */
export async function startShell(driver: ShellDriver, options: ShellOptions): Promise<Shell> {
  const { sandbox, cols = 200, rows = 50, timeoutMs = 30_000 } = options;
  const program = driver.program();
  if (!program) throw new Error(`${driver.name} is not installed`);
  if (options.rcText !== undefined || !existsSync(join(sandbox.home, driver.rcFile))) {
    writeRc(driver, sandbox, options.rcText ?? '');
  }
  const [file = program, ...args] = [...(options.under ?? []), program, ...driver.args];
  // node-pty would pass undefined on as a word.
  const given = Object.entries({ ...sandbox.env, SHELL: program, ...options.env });
  const env = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const cwd = options.cwd ?? sandbox.home;
  const pty = spawn(file, args, { name: 'xterm-256color', cols, rows, cwd, env, encoding: null });
  const transcript = new Transcript(cols, rows, (data) => pty.write(data));
  pty.onData((data) => transcript.add(data as unknown as Buffer));
  const exited = new Promise<void>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      transcript.end(`${driver.name} ended (status ${exitCode}${signal ? `, signal ${signal}` : ''})`);
      resolve();
    });
  });
  let sent = 0;
  let closed = false;

  function send(data: string): void {
    sent = transcript.text.length;
    pty.write(data);
  }

  async function prompt(ms = timeoutMs): Promise<Ran> {
    const from = sent;
    const found = await transcript.until(() => promptAfter(transcript.text, from), ms, 'a prompt');
    const output = await render(transcript.text.slice(found.outputFrom, found.outputTo), cols);
    // fish draws ⏎ where the last line of output has no end.
    return { output: output.replace(/^\n/, '').replace(/⏎ *$/, ''), status: found.status };
  }

  /** Types `exit` until the shell and those below it are gone; one that does not listen is hung up on, then killed. */
  async function leave(): Promise<void> {
    for (let tries = 0; tries < 6; tries += 1) {
      // Ctrl-C throws away what is typed after it, so it must have had its effect first.
      if (!promptAfter(transcript.text, sent)) shell.key('ctrl-c');
      const ready = prompt(1000).then(noop, noop);
      await Promise.race([exited, ready]);
      shell.type('exit');
      if (await within(exited, 300)) return;
    }
    for (const signal of ['SIGHUP', 'SIGKILL']) {
      pty.kill(signal);
      if (await within(exited, 1000)) return;
    }
  }

  const shell: Shell = {
    driver,
    pid: pty.pid,
    type(line) {
      shell.put(line);
      pty.write('\r');
    },
    put(text) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is a key press, not text.
      if (/[\x00-\x1f\x7f]/.test(text)) throw new Error(`not one line of text: ${JSON.stringify(text)}`);
      send(text);
    },
    run(line, ms) {
      shell.type(line);
      return prompt(ms);
    },
    key: (name) => send(keys[name]),
    prompt,
    async waitFor(pattern, ms = timeoutMs) {
      const from = sent;
      let length = -1;
      let match: RegExpExecArray | null = null;
      for (;;) {
        const seen = await transcript.until(
          () => (transcript.text.length > length ? transcript.text : null),
          ms,
          String(pattern),
        );
        length = seen.length;
        match = pattern.exec(await render(seen.slice(from), cols));
        if (match) return match;
      }
    },
    screen: () => transcript.screen(),
    raw: () => transcript.raw(),
    resize(newCols, newRows) {
      pty.resize(newCols, newRows);
      transcript.resize(newCols, newRows);
    },
    async close() {
      if (closed) return [];
      closed = true;
      await leave();
      const left = await reap({ session: pty.pid }, 3000);
      await within(exited, 2000);
      transcript.dispose();
      return left;
    },
  };

  try {
    await prompt();
  } catch (error) {
    await shell.close();
    throw error;
  }
  return shell;
}

const noop = (): void => {};

/** Whether `done` came within `ms`. */
async function within(done: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const result = await Promise.race([done.then(() => true), late]);
  clearTimeout(timer);
  return result;
}
