import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createSandbox, type Sandbox, sampleSessions } from '../src/sandbox/index.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.dispose());

test('nothing of the environment of this process gets in', () => {
  process.env.TESTKIT_LEAK = '1';
  sandbox = createSandbox({ path: ['/only'] });
  delete process.env.TESTKIT_LEAK;
  expect(Object.keys(sandbox.env).filter((name) => /LEAK|XDG|^CI$|CLAUDE|AWS_PROFILE/.test(name))).toEqual([]);
  expect(sandbox.env.PATH).toBe(`${sandbox.bin}:/only`);
  expect(statSync(sandbox.env.BROWSER ?? '').mode & 0o111).toBe(0o111);
});

test('token files: name, times and fields of each kind', () => {
  sandbox = createSandbox();
  const file = sandbox.writeToken(sampleSessions.corp, { seconds: 3600, refreshable: true });
  // sha1 of "corp"
  expect(file).toBe(sandbox.at('.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'));
  const token = JSON.parse(readFileSync(file, 'utf8'));
  expect(token.expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(Math.abs(Date.parse(token.expiresAt) - Date.now() - 3_600_000)).toBeLessThan(5000);
  expect(Object.keys(token)).toContain('refreshToken');
  const old = sandbox.writeToken(sampleSessions.legacy, { seconds: -1, timeStyle: 'UTC' });
  expect(JSON.parse(readFileSync(old, 'utf8'))).toMatchObject({
    startUrl: sampleSessions.legacy,
    expiresAt: expect.stringMatching(/UTC$/),
  });
  expect(JSON.parse(readFileSync(old, 'utf8'))).not.toHaveProperty('refreshToken');
  sandbox.removeToken(sampleSessions.corp);
  expect(existsSync(file)).toBe(false);
});

test('dispose also removes what a test had closed', async () => {
  sandbox = createSandbox();
  mkdirSync(sandbox.at('closed/inner'), { recursive: true });
  chmodSync(sandbox.at('closed/inner'), 0o000);
  chmodSync(sandbox.at('closed'), 0o500);
  await sandbox.dispose();
  expect(existsSync(sandbox.home)).toBe(false);
});
