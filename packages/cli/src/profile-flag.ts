import { type Aws, unknownProfile } from '@bedrockenv/core';
import { type Input, word } from './command.ts';
import { asTyped } from './typed.ts';

/**
 * The AWS profile of `--profile`, for a command that needs no more of it than that it is there.
 * @throws {BedrockenvError} exit code 2, with the nearest profile, when there is none of that name
 */
export function profileFlag(aws: Aws, input: Input): string | undefined {
  const name = word(input, 'profile');
  if (name === undefined || aws.profile(name) || aws.sdkSees(name)) return name;
  throw asTyped(unknownProfile(aws, name));
}
