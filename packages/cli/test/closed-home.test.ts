import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

it.skipIf(process.getuid?.() === 0)('a user config that may not be read is named with a command that shows why', () => {
  const box = new Sandbox();
  chmodSync(box.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n'), 0);
  const { code, stderr } = box.run(['export']);
  expect(code).toBe(1);
  expect(stderr).toContain('not readable: permission denied; to see whose it is: ls -ld ');
});

it('AWS files that cannot be read make no newcomer', () => {
  const box = new Sandbox();
  mkdirSync(box.path('bin'));
  writeFileSync(box.path('bin/aws'), '#!/bin/sh\n', { mode: 0o755 });
  mkdirSync(box.path('p'));
  const env = { PATH: box.path('bin'), AWS_CONFIG_FILE: box.path('p') };
  expect(box.ok([], { env })).not.toContain('aws configure sso');
});
