import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Part, runCampaign } from '../src/campaign/index.ts';

const part = (name: string, run: Part['run']): Part => ({ name, about: 'a test', full: 7, unit: 'cases', run });
const good = part('good', async ({ count }) => ({ tried: count, findings: [] }));
const bad = part('bad', async ({ count, seed }) => ({ tried: count, findings: [{ what: 'wrong', input: seed }] }));
const idle = part('idle', async () => ({ tried: 0, findings: [] }));
const broken = part('broken', async () => {
  throw new Error('on the way');
});
const absent: Part = { ...bad, name: 'absent', unless: () => 'not here' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bedrockenv-campaign-'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('a campaign fails with a finding, with an error and with a part that tried nothing', async () => {
  const all = [good, bad, idle, broken, absent];
  expect(await runCampaign('x', all, ['good'])).toBe(0);
  expect(await runCampaign('x', all, ['absent', 'good'])).toBe(0);
  expect(await runCampaign('x', all, ['bad'])).toBe(1);
  expect(await runCampaign('x', all, ['idle'])).toBe(1);
  expect(await runCampaign('x', all, ['broken'])).toBe(1);
});

test('it writes what each part came to, for a program', async () => {
  const json = join(folder, 'report.json');
  expect(await runCampaign('x', [good, bad, absent], ['--seed', '5', '--count', '3', '--json', json])).toBe(1);
  const report = JSON.parse(readFileSync(json, 'utf8'));
  expect(report).toMatchObject({
    format: 'bedrockenv-x/1',
    seed: 5,
    ok: false,
    parts: [
      { name: 'good', tried: 3, findings: [] },
      { name: 'bad', tried: 3, findings: [{ what: 'wrong', input: 5 }] },
      { name: 'absent', skipped: 'not here' },
    ],
  });
});

test.each([[['nothing']], [['--count', 'x']], [['--seed', '-1']], [['--what']]])('wrong words %j', async (words) => {
  expect(await runCampaign('x', [good], words)).toBe(2);
});
