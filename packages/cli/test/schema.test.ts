import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { schemaNames } from '@bedrockenv/core';
import { expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

const published = resolve(import.meta.dirname, '../../core/schema');

it.each(schemaNames)('schema %s prints what is published', (name) => {
  expect(new Sandbox().ok(['schema', name])).toBe(readFileSync(resolve(published, `${name}.json`), 'utf8'));
});

it('an unknown one: the nearest', () => {
  const { code, stdout, stderr } = new Sandbox().run(['schema', 'bedrockrcc']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('did you mean bedrockrc?');
});

it('the files that `use` makes name their schema, which is the one that is published', () => {
  const box = new Sandbox();
  box.ok(['use', 'corp-dev', 'sonnet']);
  box.ok(['use', 'haiku', '--global']);
  for (const [file, name] of [
    ['.bedrockrc', 'bedrockrc'],
    ['.config/bedrockenv/config.yaml', 'config'],
  ] as const) {
    const line = `# yaml-language-server: $schema=https://unpkg.com/@bedrockenv/core/schema/${name}.json\n`;
    expect(box.text(file).startsWith(line)).toBe(true);
    expect(readFileSync(resolve(published, `${name}.json`), 'utf8')).toContain('"$schema"');
  }
});
