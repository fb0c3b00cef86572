import type { Part } from '@bedrockenv/testkit/campaign';
import { diskParts } from './disk.ts';
import { orderPart } from './order.ts';
import { writeParts } from './writes.ts';

/** THE parts, in the order in which they run. */
export const parts: readonly Part[] = [orderPart, ...diskParts, ...writeParts];
