import * as v from 'valibot';
import { isModelWord, routings } from '../bedrock/index.ts';
import { efforts, loginFlows, loginPolicies, scopes, serviceTiers } from './values.ts';

// The message of each schema is the expectation alone; who reports it adds the key, the place and what was found.

function text(pattern: RegExp, expects: string) {
  return v.pipe(v.string(expects), v.regex(pattern, expects));
}

function oneOf<const T extends readonly string[]>(options: T) {
  return v.picklist(options, `one of ${options.join(', ')}`);
}

/** Quoted digits are taken as the number, as a person means them; the range holds for both. */
function wholeNumber(least: number, most: number) {
  const expects = `a whole number from ${least} to ${most}`;
  const number = v.pipe(v.number(expects), v.integer(expects), v.minValue(least, expects), v.maxValue(most, expects));
  return v.pipe(v.union([number, text(/^\d{1,9}$/, expects)], expects), v.transform(Number), number);
}

/** A mapping and no list, which valibot takes for a mapping with numbers as keys. */
function mapping<T extends v.GenericSchema>(schema: T): T {
  const run: T['~run'] = (dataset, config) =>
    schema['~run'](Array.isArray(dataset.value) ? { ...dataset, value: undefined } : dataset, config);
  return { ...schema, '~run': run };
}

const yesOrNo = v.pipe(
  v.union([v.boolean(), v.picklist(['true', 'false'])], 'true or false'),
  v.transform((value) => value === true || value === 'true'),
);

const anyText = text(/\S/, 'text that is not empty');
const region = text(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'an AWS region such as eu-central-1');
const model = text(
  /^[^\s=]+$/,
  'a model: an alias (sonnet), a model name (claude-sonnet-5), an inference profile ID or an ARN',
);

const modelRule = 'opus, sonnet or haiku (any of that tier), a model name, an inference profile ID or an ARN';

const accountExpects = 'an account number of 12 digits in quotes, such as "123456789012"';
const account = v.pipe(
  v.union(
    [
      text(/^\d{12}$/, accountExpects),
      // Unquoted digits are a number in YAML, so that leading zeros are lost: then there are fewer than twelve.
      v.pipe(
        v.number(),
        v.integer(accountExpects),
        v.minValue(1e11, accountExpects),
        v.maxValue(1e12 - 1, accountExpects),
      ),
    ],
    accountExpects,
  ),
  v.transform(String),
);

const profileMatch = mapping(
  v.strictObject(
    {
      account,
      role: text(/^[\w+=,.@-]{1,64}$/, 'the name of an IAM role or permission set'),
      session: v.optional(text(/\S/, 'the name of an sso-session')),
    },
    'a mapping with account, role and session',
  ),
);

const commandExpects = 'a list: the program and its arguments';

const apiKey = v.pipe(
  mapping(
    v.strictObject(
      {
        env: v.optional(text(/^[A-Za-z_]\w*$/, 'the name of an environment variable')),
        file: v.optional(text(/^(\/|~\/|[A-Za-z]:[\\/])/, 'an absolute path, or one that begins with ~/')),
        command: v.optional(
          v.pipe(
            v.array(v.string('text'), commandExpects),
            v.minLength(1, commandExpects),
            v.check(([program = '']) => /\S/.test(program), commandExpects),
          ),
        ),
        keyring: v.optional(text(/\S/, 'the name of an entry of the keyring')),
      },
      'a mapping with one of env, file, command, keyring',
    ),
  ),
  v.minEntries(1, 'one of env, file, command, keyring'),
  v.maxEntries(1, 'only one of env, file, command, keyring'),
);

/** The schema of each key's value; {@link keys} says where each may stand and what it does. */
export const schemas = {
  use: text(/\S/, 'the name of an environment of the user config'),
  profile: v.union([anyText, profileMatch], 'the name of a profile, or a mapping with account, role and session'),
  region,
  routing: oneOf(routings),
  model,
  models: mapping(
    v.strictObject(
      { opus: v.optional(model), sonnet: v.optional(model), haiku: v.optional(model) },
      'a mapping with opus, sonnet and haiku',
    ),
  ),
  small_model: model,
  small_model_region: region,
  prompt_caching: v.union([v.picklist(['1h']), yesOrNo], 'true, false or 1h'),
  max_output_tokens: wholeNumber(1, 1_000_000),
  max_thinking_tokens: wholeNumber(0, 1_000_000),
  effort: oneOf(efforts),
  service_tier: oneOf(serviceTiers),
  root: yesOrNo,
  login: oneOf(loginPolicies),
  login_flow: oneOf(loginFlows),
  scope: oneOf(scopes),
  api_key: apiKey,
  base_url: text(/^https?:\/\/[^\s/@?#]+([/?#][^\s]*)?$/, 'an http or https URL without a user name and password'),
  notices: oneOf(['on', 'quiet']),
  aliases: mapping(
    v.record(
      text(/^[A-Za-z0-9][\w.-]*$/, 'a name of letters, digits, dots and hyphens'),
      model,
      'a mapping of aliases to models',
    ),
  ),
};

function listOf<const T extends v.GenericSchema>(item: T, expects: string) {
  return v.pipe(v.array(item, expects), v.minLength(1, `${expects}; an empty list would allow nothing`));
}

/** The schema of each rule of the organisation's policy; {@link rules} says what it does. */
export const ruleSchemas = {
  accounts: listOf(account, 'a list of accounts, such as ["123456789012"]'),
  regions: listOf(region, 'a list of regions, such as [eu-central-1, eu-west-1]'),
  routing: listOf(oneOf(routings), 'a list of routings, such as [geo, eu]'),
  models: listOf(
    v.pipe(
      v.string(modelRule),
      v.check((word) => isModelWord(word), modelRule),
    ),
    'a list of models, such as [sonnet, claude-haiku-4-5]',
  ),
  login: oneOf(loginPolicies),
};
