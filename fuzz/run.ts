// Tries random input on everything that reads input, and reports what does not hold.
//   npm run fuzz -- [PART …] [--seed N] [--count N] [--minutes N] [--json FILE]

import { runCampaign } from '@bedrockenv/testkit/campaign';
import { parts } from './parts/index.ts';

process.exitCode = await runCampaign('fuzz', parts, process.argv.slice(2));
