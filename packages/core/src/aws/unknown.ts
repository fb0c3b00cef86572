import { printable } from '../display.ts';
import { BedrockenvError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Aws } from './read.ts';
import { unreadFindings } from './unread.ts';

/** The error for a profile that neither the AWS CLI nor the SDK sees. The name is the asker's, not a value of a file. */
export function unknownProfile(aws: Aws, name: string): BedrockenvError {
  const [unread] = unreadFindings(aws.unread());
  const fix = didYouMean(name, aws.profileNames()) ?? unread?.message ?? 'to see them: bedrockenv profiles';
  return new BedrockenvError('aws-profile-unknown', `there is no AWS profile "${printable(name)}"`, { fix });
}

/** A hint at the candidate that a misspelt word most likely meant, which alone is named; undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(word, candidates);
  return near === undefined ? undefined : `did you mean "${printable(near)}"?`;
}
