import { BedrockenvError, type Env, FileErrors, printable } from '@bedrockenv/core';
import { Interrupted } from '../sign-in/interruption.ts';
import { stderr } from './streams.ts';

/** One line on stderr. */
export function say(message: string): void {
  stderr(`bedrockenv: ${printable(message)}\n`);
}

/** `what (where)` and the fix, as one line without the leading `bedrockenv: `. */
export function problemLine({ message, where, fix }: Pick<BedrockenvError, 'message' | 'where' | 'fix'>): string {
  return `${where ? `${where}: ` : ''}${message}${fix ? `; ${fix}` : ''}`;
}

/** Every problem that an error stands for. */
export function problems(error: BedrockenvError): readonly BedrockenvError[] {
  return error instanceof FileErrors ? error.problems : [error];
}

/**
 * Reports what made a command fail and returns the exit code. Who pressed Ctrl-C knows it. A stack trace is for those who
 * ask for it with `BEDROCKENV_DEBUG=1`.
 */
export function reportFailure(error: unknown, env: Env): number {
  if (error instanceof Interrupted) return 130;
  if (error instanceof BedrockenvError) {
    for (const problem of problems(error)) say(problemLine(problem));
    if (env.BEDROCKENV_DEBUG === '1') stderr(`${printableStack(error)}\n`);
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  const refused = refusedOutput(error);
  if (refused) say(refused);
  if (env.BEDROCKENV_DEBUG === '1' && error instanceof Error) stderr(`${printableStack(error)}\n`);
  else if (!refused) say(`unexpected error: ${message}; for more, run it again with BEDROCKENV_DEBUG=1`);
  return 1;
}

/** The line for an answer that could not be written: to a file on a full disk, mostly. Files of ours have a path. */
function refusedOutput(error: unknown): string | null {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall !== 'write' || path !== undefined) return null;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const reason = isFull ? 'no space is left where it goes' : code;
  return `the answer cannot be written to stdout: ${reason}`;
}

function printableStack(error: Error): string {
  return (error.stack ?? error.message).split('\n').map(printable).join('\n');
}
