import { BedrockenvError } from '@bedrockenv/core';

/** The same error for a word that was typed: it needs no place, and one that names nothing is a wrong command line. */
export function asTyped({ code, message, fix, exitCode }: BedrockenvError, cause?: unknown): BedrockenvError {
  const isWrong = code === 'unknown-model' || code === 'aws-profile-unknown';
  return new BedrockenvError(code, message, {
    exitCode: isWrong ? 2 : exitCode,
    cause,
    ...(fix !== undefined && { fix }),
  });
}

/** Does what words of the command line take part in. @throws {BedrockenvError} {@link asTyped} where one is at fault */
export function typed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BedrockenvError && error.where?.startsWith('command line:'))) throw error;
    throw asTyped(error, error);
  }
}
