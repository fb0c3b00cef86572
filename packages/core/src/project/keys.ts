import type { GenericSchema } from 'valibot';
import { knownRegions, routings } from '../bedrock/index.ts';
import { tierPins, type VariableName } from '../plan/names.ts';
import { schemas } from './schemas.ts';
import { efforts, loginFlows, loginPolicies, type SettingKey, scopes, serviceTiers } from './values.ts';

/**
 * Where a key may stand: in a directory file, under `default:` or in an environment of the user config, at the top level
 * of the user config, or under `require:` of the organisation's policy.
 */
export type Place = 'directory' | 'default' | 'environment' | 'top' | 'require';

/** One key of the configuration. Validation, JSON Schema and the documentation are made from it. */
export interface KeyEntry {
  name: SettingKey;
  /** Its messages are bare expectations ("one of geo, global, …"). */
  schema: GenericSchema;
  where: readonly Place[];
  /** One sentence. */
  doc: string;
  /** One line of YAML. */
  example: string;
  /** The variables that it decides. */
  variables: readonly VariableName[];
  /** What a misspelt value is compared with. */
  suggest?: readonly string[];
}

const everywhere: readonly Place[] = ['directory', 'default', 'environment', 'require'];
const user: readonly Place[] = ['default', 'environment', 'require'];
const top: readonly Place[] = ['top'];

function key(
  name: SettingKey,
  where: readonly Place[],
  variables: readonly VariableName[],
  example: string,
  doc: string,
  suggest?: readonly string[],
): KeyEntry {
  return { name, schema: schemas[name], where, doc, example, variables, ...(suggest && { suggest }) };
}

/** Every key there is, in the order in which documentation shows them. */
export const keys: readonly KeyEntry[] = [
  key(
    'use',
    ['directory', 'default'],
    [],
    'use: work',
    'A named environment of the user config, laid under the keys of this file.',
  ),
  key(
    'profile',
    everywhere,
    ['AWS_PROFILE', 'BEDROCKENV_PROFILE'],
    'profile: corp-dev',
    'The AWS profile: its name, or an account and role (and sso-session) that is matched against the profiles of this machine.',
  ),
  key(
    'region',
    everywhere,
    ['AWS_REGION'],
    'region: eu-central-1',
    'The AWS region that requests are sent to.',
    knownRegions,
  ),
  key(
    'routing',
    everywhere,
    [],
    'routing: geo',
    "Where requests may be processed: geo stays in the region's geography, global does not; the others name one.",
    routings,
  ),
  key(
    'model',
    everywhere,
    ['ANTHROPIC_MODEL', 'BEDROCKENV_MODEL'],
    'model: sonnet',
    'The model to start with: an alias, a model name, an inference profile ID or the ARN of an inference profile.',
  ),
  key(
    'models',
    everywhere,
    tierPins,
    'models: {sonnet: claude-sonnet-4-6}',
    'What the aliases opus, sonnet and haiku mean; each that is not given is the newest active model of the routing.',
  ),
  key(
    'small_model',
    everywhere,
    ['ANTHROPIC_SMALL_FAST_MODEL'],
    'small_model: haiku',
    'The model for background work, where it is to differ from the haiku of models.',
  ),
  key(
    'small_model_region',
    everywhere,
    ['ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION'],
    'small_model_region: eu-west-1',
    'The region for requests of small_model, when it is another one.',
    knownRegions,
  ),
  key(
    'prompt_caching',
    everywhere,
    ['DISABLE_PROMPT_CACHING', 'ENABLE_PROMPT_CACHING_1H'],
    'prompt_caching: 1h',
    'Whether prompts are cached: true, false, or 1h to keep them for an hour instead of five minutes.',
  ),
  key(
    'max_output_tokens',
    everywhere,
    ['CLAUDE_CODE_MAX_OUTPUT_TOKENS'],
    'max_output_tokens: 4096',
    'The most tokens of one answer; it must be more than max_thinking_tokens.',
  ),
  key(
    'max_thinking_tokens',
    everywhere,
    ['MAX_THINKING_TOKENS'],
    'max_thinking_tokens: 1024',
    'The most tokens of thinking, for models without adaptive thinking.',
  ),
  key(
    'effort',
    everywhere,
    ['CLAUDE_CODE_EFFORT_LEVEL'],
    'effort: high',
    'How much effort the model makes; which levels there are depends on the model.',
    efforts,
  ),
  key(
    'service_tier',
    everywhere,
    ['ANTHROPIC_BEDROCK_SERVICE_TIER'],
    'service_tier: priority',
    'The service tier of Amazon Bedrock, which trades cost for latency.',
    serviceTiers,
  ),
  key('root', ['directory'], [], 'root: true', 'Do not look for directory files further up.'),
  key(
    'login',
    user,
    [],
    'login: auto',
    'What to do when the session is stale: sign in, ask first, say so in one line, or nothing.',
    loginPolicies,
  ),
  key(
    'login_flow',
    user,
    [],
    'login_flow: device',
    'How to sign in: in a browser on this machine, or with a code to enter elsewhere; auto tells them apart.',
    loginFlows,
  ),
  key(
    'scope',
    user,
    [],
    'scope: shell',
    'Whether the shell gets the AWS variables, or only Claude Code its own credentials.',
    scopes,
  ),
  key(
    'api_key',
    user,
    ['AWS_BEARER_TOKEN_BEDROCK'],
    'api_key: {env: CORP_BEDROCK_KEY}',
    'Where the Amazon Bedrock API key is found: an environment variable, the first line of a file, the output of a command, or the keyring.',
  ),
  key(
    'base_url',
    user,
    ['ANTHROPIC_BEDROCK_BASE_URL'],
    'base_url: https://bedrock.corp.example',
    'The URL of a gateway in front of Amazon Bedrock.',
  ),
  key('notices', top, [], 'notices: quiet', 'Whether entering a directory prints the status line.', ['on', 'quiet']),
  key(
    'aliases',
    top,
    [],
    'aliases: {fast: claude-haiku-4-5}',
    'Your own names for models, usable wherever a model is named.',
  ),
];

/** The entry of a key, at a place where it may stand. */
export function keyAt(name: string, place: Place): KeyEntry | undefined {
  return keys.find((entry) => entry.name === name && entry.where.includes(place));
}

/** The names of the keys that may stand at a place. */
export function keyNames(place: Place): SettingKey[] {
  return keys.filter(({ where }) => where.includes(place)).map(({ name }) => name);
}
