import type { Part } from '@bedrockenv/testkit/campaign';
import { cachesParts } from './caches.ts';
import { clockPart } from './clock.ts';
import { crowdParts } from './crowds.ts';
import { diskParts } from './disk.ts';
import { orderPart } from './order.ts';
import { serversPart } from './servers.ts';
import { signInParts } from './sign-in.ts';
import { soakParts } from './soak.ts';
import { writeParts } from './writes.ts';

/** THE parts, in the order in which they run. */
export const parts: readonly Part[] = [
  orderPart,
  ...diskParts,
  ...writeParts,
  ...cachesParts,
  clockPart,
  serversPart,
  ...crowdParts,
  ...signInParts,
  ...soakParts,
];
