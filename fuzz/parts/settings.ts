import { BedrockenvError, mergeSettings, undoSettings } from '@bedrockenv/core';
import type { Finding, Part } from '@bedrockenv/testkit/campaign';
import fc from 'fast-check';
import { settingsFile } from '../../packages/core/test/claude/settings/random-file.ts';
import { checked } from '../property.ts';

const path = '/p/.claude/settings.local.json';

/** What is written: an addition, a replacement and a removal; then something else. */
const first = [
  { path: ['env', 'CLAUDE_CODE_USE_BEDROCK'], value: '1' },
  { path: ['env', 'AWS_REGION'], value: 'eu-central-1' },
  { path: ['env', 'DISABLE_PROMPT_CACHING'], value: undefined },
  { path: ['model'], value: 'eu.anthropic.claude-sonnet-5' },
];
const second = [
  { path: ['env', 'AWS_REGION'], value: 'us-east-1' },
  { path: ['awsAuthRefresh'], value: 'bedrockenv login --no-tty' },
];

/** Claude Code's settings files: written into, written into again, and taken back. */
export const settingsPart: Part = {
  name: 'claude-settings',
  about: 'random settings files: writing twice changes nothing more, and undo gives back every byte',
  full: 50_000,
  unit: 'files',
  async run({ seed, count }) {
    let written = 0;
    const findings: Finding[] = checked(
      fc.property(settingsFile, (before) => {
        let one: ReturnType<typeof mergeSettings>;
        try {
          one = mergeSettings(before, null, first, path);
        } catch (error) {
          // What the client would drop or could not use.
          return error instanceof BedrockenvError;
        }
        written++;
        const again = mergeSettings(one.text, one.ownership, first, path);
        const two = mergeSettings(one.text, one.ownership, second, path);
        return (
          again.text === one.text &&
          again.changes.length === 0 &&
          undoSettings(one.text, one.ownership, path) === before &&
          undoSettings(two.text, two.ownership, path) === before
        );
      }),
      { seed, count },
    );
    if (written === 0) findings.push({ what: 'no file could be written', input: null });
    return { tried: count, findings, notes: [`${written} written, the others refused`] };
  },
};
