import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { doctorEntry } from '@bedrockenv/core';
import { describe, expect, it } from 'vitest';
import { found } from './machine.ts';

const corpus = join(import.meta.dirname, '../../../core/test/corpus');
const files = globSync('**/*.ini', { cwd: corpus }).sort();

describe('doctor on AWS files of every kind', () => {
  it('has files to look at', () => expect(files.length).toBeGreaterThan(50));

  it.each(files)('%s', async (name) => {
    const path = join(corpus, name);
    const all = await found({
      awsWhole: '',
      session: null,
      prepare: (box) => {
        box.write('.aws/config', readFileSync(path));
        const credentials = path.replace(/\.ini$/, '.credentials');
        if (globSync(basename(credentials), { cwd: join(credentials, '..') }).length > 0) {
          box.write('.aws/credentials', readFileSync(credentials));
        }
      },
    });
    for (const { code, message, fix } of all) {
      expect(doctorEntry(code), code).toBeDefined();
      expect([message, fix], code).not.toContain('');
    }
  });
});

describe('doctor on settings of every shape', () => {
  const names = ['AWS_REGION', 'AWS_PROFILE', 'ANTHROPIC_MODEL', 'CLAUDE_CODE_USE_BEDROCK', 'AWS_BEARER_TOKEN_BEDROCK'];
  const values = [
    '""',
    '"S3CRET\\u001b[31m"',
    'null',
    '5',
    'true',
    '[]',
    '{"a": {}}',
    '"a\\nb"',
    `"${'x'.repeat(5000)}"`,
  ];
  const texts = values.flatMap((value) => [
    `{"env": {${names.map((name) => `"${name}": ${value}`).join()}}, "env2": ${value}}`,
    `{"env": ${value}, "model": ${value}, "awsAuthRefresh": ${value}, "awsCredentialExport": ${value}}`,
  ]);

  it.each(texts)('%s', async (text) => {
    for (const project of [undefined, 'profile: corp-dev\n']) {
      const all = await found({ files: { '.claude/settings.json': text }, ...(project && { project }) });
      for (const { code, message, fix } of all) {
        expect(doctorEntry(code), code).toBeDefined();
        expect([message, fix], code).not.toContain('');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
        expect(message, code).not.toMatch(/AWS_BEARER_TOKEN_BEDROCK.*S3CRET|[\u0000-\u001f]/);
        expect(message.length, code).toBeLessThan(400);
      }
    }
  });
});
