import { describe, expect, test } from 'vitest';
import { variableNames } from '../../src/plan/names.ts';
import { keys, readDirectoryFile, readUserConfig, schemaJson } from '../../src/project/index.ts';
import { bytes } from './bytes.ts';

describe('every key', () => {
  test.each(keys.map((entry) => [entry.name, entry] as const))(
    '%s has an example that is valid where it may stand',
    (_, entry) => {
      for (const place of entry.where) {
        if (place === 'directory')
          expect(readDirectoryFile(bytes(entry.example), '/f').layer).toHaveProperty(entry.name);
        if (place === 'top') expect(readUserConfig(bytes(entry.example), '/f').top).toHaveProperty(entry.name);
        if (place === 'default') {
          expect(readUserConfig(bytes(`default:\n  ${entry.example}`), '/f').default).toHaveProperty(entry.name);
        }
        if (place === 'environment') {
          const { environments } = readUserConfig(bytes(`environments:\n  x:\n    ${entry.example}`), '/f');
          expect(environments.get('x')).toHaveProperty(entry.name);
        }
      }
      expect(entry.doc).toMatch(/\.$/);
    },
  );

  test('is there once', () => expect(new Set(keys.map(({ name }) => name)).size).toBe(keys.length));
});

test('every variable has one key, but those that are decided without one', () => {
  const decided = keys.flatMap(({ variables }) => variables);
  expect(new Set(decided).size).toBe(decided.length);
  const rest = variableNames.filter((name) => !decided.includes(name));
  expect(rest).toEqual(['CLAUDE_CODE_USE_BEDROCK', 'BEDROCKENV_DIR']);
});

describe('JSON Schema', () => {
  type Schema = { additionalProperties: unknown; properties: Record<string, Record<string, unknown>> };
  const bedrockrc = schemaJson('bedrockrc') as Schema;
  const config = schemaJson('config') as Schema;

  test('is closed, and has a description for each key of a directory file', () => {
    expect(bedrockrc.additionalProperties).toBe(false);
    expect(Object.keys(bedrockrc.properties)).toEqual(
      keys.filter(({ where }) => where.includes('directory')).map(({ name }) => name),
    );
    for (const property of Object.values(bedrockrc.properties)) expect(property.description).toMatch(/\S/);
  });

  test('lists what may be chosen', () => {
    expect(bedrockrc.properties.routing?.enum).toEqual(['geo', 'global', 'us', 'eu', 'jp', 'au', 'apac', 'us-gov']);
    expect(bedrockrc.properties.region?.examples).toContain('eu-central-1');
    expect(bedrockrc.properties.max_output_tokens?.anyOf).toContainEqual({
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
    });
  });

  test('of the user config has its parts', () => {
    expect(Object.keys(config.properties)).toEqual(['default', 'environments', 'notices', 'aliases']);
    const outer = config.properties.default as unknown as Schema;
    expect(outer.additionalProperties).toBe(false);
    expect(Object.keys(outer.properties)).toContain('api_key');
    expect(Object.keys(outer.properties)).not.toContain('root');
    const inner = config.properties.environments?.additionalProperties as Schema;
    expect(Object.keys(inner.properties)).not.toContain('use');
  });
});
