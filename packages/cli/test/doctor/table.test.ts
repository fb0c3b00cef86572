import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctorTable } from '@bedrockenv/core';
import { describe, expect, it, test } from 'vitest';
import { livePairs } from './live-pairs.ts';
import { found, type Pairs } from './machine.ts';
import { awsPairs } from './pairs/aws.ts';
import { environmentPairs } from './pairs/environment.ts';
import { modelPairs } from './pairs/models.ts';
import { projectPairs, sessionPairs } from './pairs/own.ts';
import { requestPairs } from './pairs/requests.ts';
import { settingsPairs } from './pairs/settings.ts';
import { clientPairs, hookPairs } from './pairs/shell.ts';

const topics: Readonly<Record<string, Pairs>> = {
  aws: awsPairs,
  environment: environmentPairs,
  models: modelPairs,
  requests: requestPairs,
  session: sessionPairs,
  settings: settingsPairs,
  client: clientPairs,
  hook: hookPairs,
  project: projectPairs,
};

const entries = Object.values(doctorTable).flat();
const severities = ['info', 'warning', 'error'];

/** With a reason: what no test may write is tested with what reads it. */
const elsewhere: Readonly<Record<string, string>> = {
  'settings-managed': 'packages/core/test/doctor/settings.test.ts: its folder is the system’s',
};

test('each entry has its pair, and each pair its entry', () => {
  const codes = [...Object.values(topics), livePairs].flatMap((pairs) => Object.keys(pairs));
  const missing = entries.filter(({ code }) => !codes.includes(code) && !(code in elsewhere));
  expect(missing.map(({ code }) => code)).toEqual([]);
  expect(codes.filter((code) => !entries.some((entry) => entry.code === code))).toEqual([]);
});

test('each entry is there once, and has its place in docs/doctor.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/doctor.md'), 'utf8');
  for (const { code } of entries) {
    expect(entries.filter((other) => other.code === code)).toHaveLength(1);
    expect(page.split(`<a id="${code}"></a>`)).toHaveLength(2);
  }
});

describe.each(Object.entries(topics))('%s', (_, pairs) => {
  it.each(Object.entries(pairs))('%s', async (code, { wrong, healthy }) => {
    const entry = entries.find((each) => each.code === code);
    const all = await found(wrong);
    const own = all.filter((finding) => finding.code === code);
    expect(all.map((finding) => finding.code)).toContain(code);
    for (const { severity, message, fix } of own) {
      expect(severities.indexOf(severity)).toBeLessThanOrEqual(severities.indexOf(entry?.severity ?? ''));
      expect([message, fix]).not.toContain('');
    }
    expect(JSON.stringify(all)).not.toMatch(/S3CRET/);
    expect((await found(healthy)).filter((finding) => finding.code === code)).toEqual([]);
  });
});
