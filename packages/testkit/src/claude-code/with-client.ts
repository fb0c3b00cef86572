import { describe, expect, test } from 'vitest';
import { type ClientVersion, claudeCode, claudeCodeVersion } from './index.ts';

/**
 * A `describe` whose tests run a version of the real Claude Code. Where it is not installed they are skipped by name, or
 * with CI set fail: or a missing client would go unnoticed for ever.
 * @param body gets the words that run it
 */
export function withClient(
  name: string,
  body: (words: readonly [string, ...string[]]) => void,
  version: ClientVersion = claudeCodeVersion,
): void {
  const words = claudeCode(version);
  describe(name, { timeout: 120_000 }, () => {
    const absent = `Claude Code ${version} is not installed (node scripts/setup.mjs claude-code)`;
    if (words !== null) body(words);
    else if (process.env.CI) test(name, () => expect.fail(absent));
    else test.skip(absent, () => {});
  });
}
