import { BedrockenvError, nearest } from '@bedrockenv/core';

/** A wrong command line: exit code 2, and where to read on. */
export function usage(command: string, message: string, fix = `see: bedrockenv ${command} -h`): BedrockenvError {
  return new BedrockenvError('usage', message, { exitCode: 2, fix });
}

/** The error for a command that there is none of, with the nearest of those that there are. */
export function wrongCommand(name: string, names: readonly string[]): BedrockenvError {
  const details = { exitCode: 2, fix: 'see: bedrockenv -h' };
  const near = nearest(name, names);
  return new BedrockenvError('usage', `there is no command '${name}'`, {
    ...details,
    ...(near ? { fix: `did you mean: bedrockenv ${near}` } : {}),
  });
}
