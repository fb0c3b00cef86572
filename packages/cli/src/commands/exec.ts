import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { BedrockenvError, withheldName } from '@bedrockenv/core';
import { type Command, word } from '../command.ts';
import { environmentAt } from '../environment.ts';
import { stderr } from '../output/streams.ts';

export const exec: Command = {
  name: 'exec',
  summary: "Run a program with a directory's variables.",
  args: [{ name: 'command', summary: 'the program and its arguments', variadic: true }],
  flags: [
    { name: 'dir', value: 'DIR', summary: 'as if in that directory' },
    { name: 'profile', value: 'PROFILE', summary: 'with this AWS profile instead' },
    { name: 'model', value: 'MODEL', summary: 'with this model instead' },
  ],
  examples: [
    ['bedrockenv exec -- claude', 'Claude Code as it is set up here'],
    ['bedrockenv exec --model opus -- claude -p "hello"', 'once with another model'],
  ],
  passThrough: true,
  async run(input, context) {
    const [program, ...words] = input.args as [string, ...string[]];
    const changes = await environmentAt(context, {
      dir: word(input, 'dir'),
      profile: word(input, 'profile'),
      model: word(input, 'model'),
    });
    const overrides = ['profile', 'model'].filter((name) => input.flags[name] !== undefined);
    const sets = Object.entries(changes).some(([name, value]) => value !== null && !name.startsWith('BEDROCKENV_'));
    if (overrides.length > 0 && !sets) {
      const given = overrides.map((name) => `--${name}`).join(', ');
      stderr(`bedrockenv: with scope: claude ${given} has no effect: Claude Code goes by its settings here\n`);
    }
    const env: Record<string, string | undefined> = { ...context.base };
    for (const [name, value] of Object.entries(changes)) env[name] = value ?? undefined;
    const withheld = withheldName(context.env);
    if (withheld && env[withheld] === undefined)
      stderr(`bedrockenv: ${withheld} is unset here: only the shell that replaced it knows its value\n`);
    return runProgram(program, words, env);
  },
};

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGCONT'] as const;

/** Those that a terminal sends to all of its foreground. */
const fromTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGWINCH']);

/**
 * Runs a program in this one's place and takes over how it ends: its exit code, or 128 and the signal's number as a shell
 * has it.
 * @throws {BedrockenvError} `exec`, as {@link notRun}
 */
function runProgram(
  program: string,
  words: readonly string[],
  env: Record<string, string | undefined>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let child: ChildProcess | undefined;
    // Before the program starts, so that no signal finds this process alone. Ctrl-C reaches the program by itself; this
    // process only has to outlive it.
    const isTerminal = isatty(0);
    for (const name of forwarded) {
      process.on(name, () => {
        if (!(isTerminal && fromTerminal.has(name))) child?.kill(name);
      });
    }
    const failed = (error: NodeJS.ErrnoException) => reject(notRun(program, error));
    try {
      child = spawn(program, words, { stdio: 'inherit', env });
    } catch (error) {
      // Of what the system refuses only some comes as an event.
      failed(error as NodeJS.ErrnoException);
      return;
    }
    child.once('error', failed);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0)));
  });
}

/** 127 when there is no such program, 126 when it cannot be run, as in a shell. */
function notRun(program: string, error: NodeJS.ErrnoException): BedrockenvError {
  const isMissing = program === '' || error.code === 'ENOENT' || error.code === 'ENOTDIR';
  const reason = isMissing ? 'there is no such program' : `cannot be run (${error.code})`;
  return new BedrockenvError('exec', `${program || "''"}: ${reason}`, {
    exitCode: isMissing ? 127 : 126,
    cause: error,
  });
}
