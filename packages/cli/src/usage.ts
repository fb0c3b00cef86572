import { BedrockenvError, nearest } from '@bedrockenv/core';

/** A wrong command line: exit code 2, and where to read on. */
export function usage(command: string, message: string, fix = `see: bedrockenv ${command} -h`): BedrockenvError {
  return new BedrockenvError('usage', message, { exitCode: 2, fix });
}

/** The error for a command, or an option in its place, that there is none of, with the nearest of those that there are. */
export function wrongCommand(name: string, names: readonly string[]): BedrockenvError {
  const isOption = name.startsWith('-');
  const near = name === '-v' ? '-V' : nearest(name, isOption ? ['--help', '--version', '-h', '-V'] : names);
  return new BedrockenvError('usage', isOption ? `unknown option '${name}'` : `there is no command '${name}'`, {
    exitCode: 2,
    fix: near ? `did you mean: bedrockenv ${near}` : 'see: bedrockenv -h',
  });
}
