import { type Aws, unreadFindings } from '@bedrockenv/core';
import { problemLine, say } from './messages.ts';

/** A line for each AWS file that is there and that nobody reads, for a list that lacks what is in it. */
export function sayUnread(aws: Aws): void {
  for (const { message, fix } of unreadFindings(aws.unread())) say(problemLine({ message, fix, where: undefined }));
}
