import { expect, test } from 'vitest';
import { readAws } from '../../src/aws/index.ts';
import { readSettingsText } from '../../src/claude/index.ts';
import { type ClientFile, diagnose, type Facts } from '../../src/doctor/index.ts';

const awsFiles = { config: { path: 'config', bytes: null }, credentials: { path: 'credentials', bytes: null } };

function codes(scope: ClientFile['scope'], text: string): string[] {
  const path = '/etc/claude-code/managed-settings.json';
  const file: ClientFile = { path, scope, settings: readSettingsText(text, path), isTracked: false, ours: [] };
  const facts: Facts = {
    ...{
      env: {},
      home: '/home/me',
      awsFiles,
      aws: readAws(awsFiles),
      used: null,
      resolution: null,
      clientFiles: [file],
    },
    ...{ claude: { path: '/bin/claude', version: [2, 1, 330] }, node: null, hook: null, leastNode: 22 },
    hasProgram: () => true,
    hasFile: () => true,
  };
  return diagnose(facts).map(({ code }) => code);
}

test('settings-managed: the settings of the machine decide', () => {
  const text = '{"env": {"AWS_REGION": "eu-west-1"}}';
  expect(codes('managed', text)).toEqual(['settings-managed']);
  expect(codes('managed', '{"permissions": {"deny": []}, "env": {"MINE": "1"}}')).toEqual([]);
  expect(codes('project', text)).toEqual([]);
});
