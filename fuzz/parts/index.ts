import type { Part } from '@bedrockenv/testkit/campaign';
import { awsConfigParts } from './aws-config.ts';
import { planParts } from './plans.ts';
import { yamlPart } from './yaml.ts';

/** THE parts, in the order in which they run. */
export const parts: readonly Part[] = [...awsConfigParts, yamlPart, ...planParts];
