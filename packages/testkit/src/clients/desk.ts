import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ClientVersion, claudeCode, loopbackOnly } from '../claude-code/index.ts';
import { type FakeBedrock, type Invocation, startFakeBedrock } from '../fake-bedrock/index.ts';
import type { Ran, Shell } from '../pty/index.ts';
import type { Stage, StartOptions } from '../stage/index.ts';

/** A stage with Amazon Bedrock's runtime, and the real Claude Code on PATH. */
export interface Desk {
  readonly bedrock: FakeBedrock;
  /** Starts a shell in which the client reaches the fakes and nothing else. */
  start(options?: StartOptions): Promise<Shell>;
  /** Types the client's command; returns what it asked Bedrock meanwhile. It must have had its answer. */
  ask(): Promise<Invocation[]>;
}

/** What is typed, and what must come of it. */
export const saysHi = {
  line: 'claude -p "say hi" --output-format json',
  check({ output, status }: Ran): void {
    expect([status, output]).toEqual([0, expect.stringContaining('"result":"hi"')]);
  },
};

/** Where a scenario needs a client: why this machine cannot play it. With CI set it can, and fails. */
export const unlessInstalled = (version: ClientVersion) => () =>
  claudeCode(version) === null && !process.env.CI ? `Claude Code ${version} is not installed` : undefined;

/** Plays `body` on a stage where `claude` is that version. */
export async function withDesk(t: Stage, version: ClientVersion, body: (desk: Desk) => Promise<void>): Promise<void> {
  const words = claudeCode(version);
  if (words === null) throw new Error(`Claude Code ${version} is not installed`);
  const line = words.map((word) => `'${word}'`).join(' ');
  chmodSync(t.sandbox.write(join(t.sandbox.bin, 'claude'), `#!/bin/sh\nexec ${line} "$@"\n`), 0o755);
  const bedrock = await startFakeBedrock({ awsUrl: t.fake.url });
  bedrock.refused.add('BEDROCKENVSIGNINNEEDED');
  const desk: Desk = {
    bedrock,
    start({ env, ...options } = {}) {
      return t.start({ ...options, env: { ...loopbackOnly({ bedrockUrl: bedrock.url, awsUrl: t.fake.url }), ...env } });
    },
    async ask() {
      bedrock.invocations.length = 0;
      saysHi.check(await t.run(saysHi.line, 60_000));
      return [...bedrock.invocations];
    },
  };
  try {
    await body(desk);
  } finally {
    await bedrock.stop();
  }
}
