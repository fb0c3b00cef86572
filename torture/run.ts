// Breaks what bedrockenv stands on while it works, and reports what does not hold afterwards.
//   npm run torture -- [PART …] [--seed N] [--count N] [--minutes N] [--json FILE]

import { runCampaign } from '@bedrockenv/testkit/campaign';
import { parts } from './parts/index.ts';

process.exitCode = await runCampaign('torture', parts, process.argv.slice(2));
