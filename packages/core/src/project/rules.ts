import { catalogue, knownRegions, routings, tiers } from '../bedrock/index.ts';
import type { Checked } from './check.ts';
import { ruleSchemas } from './schemas.ts';
import { loginPolicies } from './values.ts';

export type RuleName = keyof typeof ruleSchemas;

/** One rule of the organisation's policy. Validation, JSON Schema and the documentation are made from it. */
export interface Rule extends Checked {
  name: RuleName;
  /** One sentence. */
  doc: string;
  /** One line of YAML. */
  example: string;
}

function rule(name: RuleName, example: string, doc: string, suggest?: readonly string[]): Rule {
  return { name, schema: ruleSchemas[name], doc, example, ...(suggest && { suggest }) };
}

/** Every rule there is, besides `require`. */
export const rules: readonly Rule[] = [
  rule(
    'accounts',
    'accounts: ["123456789012"]',
    'The AWS accounts whose credentials may be used. Credentials whose account the configuration does not tell may not.',
  ),
  rule('regions', 'regions: [eu-central-1, eu-west-1]', 'The regions that requests may be sent to.', knownRegions),
  rule(
    'routing',
    'routing: [geo]',
    "Where requests may be processed: geo is the geography of the request's own region, the others name one.",
    routings,
  ),
  rule(
    'models',
    'models: [sonnet, claude-haiku-4-5]',
    'The models that may be used: tiers, model names, inference profile IDs and ARNs.',
    [...tiers, ...catalogue.models.map(({ name }) => name)],
  ),
  rule('login', 'login: ask', 'What shells do when the session is stale, whatever the user says.', loginPolicies),
];
