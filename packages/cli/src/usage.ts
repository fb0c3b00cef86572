import { BedrockenvError, nearest } from '@bedrockenv/core';

/** A wrong command line: exit code 2, and where to read on. */
export function usage(command: string, message: string, fix = `see: bedrockenv ${command} -h`): BedrockenvError {
  return new BedrockenvError('usage', message, { exitCode: 2, fix });
}

/** The error for no command, or for one that there is none of, with the nearest of those that there are. */
export function wrongCommand(name: string | undefined, names: readonly string[]): BedrockenvError {
  const details = { exitCode: 2, fix: 'see: bedrockenv -h' };
  if (name === undefined) return new BedrockenvError('usage', 'which command?', details);
  const near = nearest(name, names);
  return new BedrockenvError('usage', `there is no command '${name}'`, {
    ...details,
    ...(near ? { fix: `did you mean: bedrockenv ${near}` } : {}),
  });
}
