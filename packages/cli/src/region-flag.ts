import { knownRegions, nearest } from '@bedrockenv/core';
import { type Input, word } from './command.ts';
import { usage } from './usage.ts';

/**
 * The region of `--region`. One that the bundled list does not have is taken where it only differs in its number from
 * one that it has: there are new regions every year.
 * @throws {BedrockenvError} `usage`, exit code 2, with the nearest region
 */
export function regionFlag(command: string, input: Input): string | undefined {
  const region = word(input, 'region');
  if (region === undefined || knownRegions.some((known) => stem(known) === stem(region))) return region;
  const near = nearest(region, knownRegions);
  throw usage(command, `there is no region '${region}'`, near ? `did you mean ${near}?` : 'such as eu-central-1');
}

function stem(region: string): string {
  return region.replace(/-\d{1,2}$/, '-');
}
