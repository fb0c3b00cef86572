import type { Part } from '@bedrockenv/testkit/campaign';
import { awsConfigParts } from './aws-config.ts';
import { coreParts } from './core.ts';
import { exportParts } from './export.ts';
import { planParts } from './plans.ts';
import { settingsPart } from './settings.ts';
import { yamlPart } from './yaml.ts';

/** THE parts, in the order in which they run. */
export const parts: readonly Part[] = [
  ...awsConfigParts,
  yamlPart,
  settingsPart,
  ...coreParts,
  ...exportParts,
  ...planParts,
];
