import { toJsonSchema } from '@valibot/to-json-schema';
import type { Checked } from './check.ts';
import { keys, type Place } from './keys.ts';
import { rules } from './rules.ts';

/**
 * The JSON Schema (draft-07) of a directory file, of the user config or of the organisation's policy, from the same
 * tables that validate them. Editors show its descriptions and complete its lists.
 */
export function schemaJson(which: 'bedrockrc' | 'config' | 'policy'): object {
  const head = { $schema: 'http://json-schema.org/draft-07/schema#' };
  if (which === 'bedrockrc') {
    return {
      ...head,
      title: '.bedrockrc',
      description: 'What a directory uses of Amazon Bedrock.',
      ...block('directory'),
    };
  }
  if (which === 'policy') {
    return {
      ...head,
      title: 'bedrockenv/policy.yaml',
      description: "The organisation's rules for every user of a machine.",
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        ...Object.fromEntries(rules.map((rule) => [rule.name, property(rule)])),
        require: {
          description: 'Keys that must have these values, wherever something is set.',
          ...block('require'),
          type: 'object',
        },
      },
    };
  }
  const top = block('top');
  return {
    ...head,
    title: 'bedrockenv/config.yaml',
    description: "The user's own configuration of bedrockenv.",
    ...top,
    properties: {
      default: { description: 'What holds everywhere, in and outside of projects.', ...block('default') },
      environments: {
        description: 'Environments by name; a directory file takes one with use.',
        type: ['object', 'null'],
        additionalProperties: block('environment'),
      },
      ...top.properties,
    },
  };
}

interface Block {
  /** A mapping without keys is null in YAML. */
  type: ['object', 'null'];
  additionalProperties: false;
  properties: Record<string, object>;
}

function block(place: Place): Block {
  const entries = keys
    .filter(({ where }) => where.includes(place))
    .map((entry) => [entry.name, property(entry)] as const);
  return { type: ['object', 'null'], additionalProperties: false, properties: Object.fromEntries(entries) };
}

function property(entry: Checked & { doc: string; example: string }): object {
  // The input side is what a person may write; `ignore` drops what JSON Schema cannot say (the transformations).
  const { $schema: _, ...schema } = toJsonSchema(entry.schema, { typeMode: 'input', errorMode: 'ignore' });
  const examples = entry.suggest && !('enum' in schema) ? { examples: entry.suggest } : {};
  return { description: `${entry.doc} Example: ${entry.example}`, ...schema, ...examples };
}

type SchemaName = Parameters<typeof schemaJson>[0];

/** Every file that there is a schema of. */
export const schemaNames = Object.keys({
  bedrockrc: true,
  config: true,
  policy: true,
} satisfies Record<SchemaName, true>) as readonly SchemaName[];
