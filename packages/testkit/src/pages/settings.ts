import { sampleSessions } from '../sandbox/index.ts';
import type { Setting } from './play.ts';

/** The pages whose commands are run. */
export const pages: readonly Setting[] = [
  {
    // A person who has the AWS CLI, and nothing in ~/.aws.
    path: 'docs/bedrock.md',
    everyCommand: true,
    before({ sandbox }) {
      sandbox.write('.aws/config', '');
      sandbox.write('.aws/credentials', '');
      sandbox.removeToken(sampleSessions.corp);
    },
  },
];
