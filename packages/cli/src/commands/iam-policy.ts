import {
  checkIdentity,
  fullPolicy,
  type Identity,
  type Invoked,
  leastPolicy,
  listedProfile,
  listingFor,
  modelVariables,
  parseArn,
  resolveWish,
  type Warning,
} from '@bedrockenv/core';
import { storedList } from '../account/stored.ts';
import { type Command, type Input, word, words } from '../command.ts';
import type { Context } from '../context.ts';
import { printJson } from '../output/json.ts';
import { problemLine, say } from '../output/messages.ts';
import { regionFlag } from '../region-flag.ts';
import { identityLocated, type Overrides, type Resolved, resolveLocated } from '../resolution.ts';
import { type Located, locate } from '../state/located.ts';
import { typed } from '../typed.ts';

export const iamPolicy: Command = {
  name: 'iam-policy',
  summary: 'Print the IAM policy that a user or role needs to run Claude Code on Amazon Bedrock.',
  args: [],
  flags: [
    { name: 'least', summary: "for the directory's models alone, with exact ARNs" },
    { name: 'model', value: 'MODEL', many: true, summary: 'with --least: for these models instead' },
    { name: 'profile', value: 'PROFILE', summary: 'for this AWS profile, which names the account' },
    { name: 'region', value: 'REGION', summary: 'for this AWS region, which gives the partition' },
    { name: 'no-marketplace', summary: 'without the subscription to models, where the account has subscribed' },
  ],
  examples: [
    ['bedrockenv iam-policy', 'for every model'],
    ['bedrockenv iam-policy --least', 'for what this directory uses'],
    ['bedrockenv iam-policy --least --model sonnet haiku --region eu-central-1', 'for two models'],
  ],
  async run(input, context) {
    const marketplace = input.flags['no-marketplace'] !== true;
    const located = locate(context.state, context.cwd());
    const overrides = { profile: word(input, 'profile'), region: regionFlag('iam-policy', input) };
    if (input.flags.least !== true) {
      if (words(input, 'model').length > 0) say('--model says nothing without --least: this policy allows every model');
      const region = overrides.region ?? identityLocated(context, located, overrides).region.value;
      printJson(fullPolicy({ region, marketplace }));
      return 0;
    }
    if (located.blocked) throw located.blocked;
    const identity = identityLocated(context, located, overrides);
    const { invoked, warnings } = wanted(input, context, located, identity, overrides);
    const list = (region: string) => storedList(context, identity, region);
    const account = identity.account ?? list(identity.region.value)?.account ?? null;
    const backing = ({ id, region }: Invoked) => {
      const there = list(parseArn(id)?.region ?? region);
      return (there && listedProfile(there, id)?.models) ?? null;
    };
    const least = leastPolicy({ invoked, account, backing, marketplace });
    tell([...warnings, ...least.warnings]);
    printJson(least.policy);
    return 0;
  },
};

interface Wanted {
  invoked: Invoked[];
  warnings: Warning[];
}

function wanted(input: Input, context: Context, located: Located, identity: Identity, overrides: Overrides): Wanted {
  const { settings, region, policy } = identity;
  const listing = listingFor(identity, { accountList: (_, at) => storedList(context, identity, at) });
  const asked = words(input, 'model');
  if (asked.length === 0) {
    // With a region the models are resolved outside of projects too.
    const resolved = resolveLocated(context, located, { ...overrides, region: region.value });
    return {
      invoked: invokedBy(resolved, region.value),
      warnings: [...region.warnings, ...resolved.warnings],
    };
  }
  checkIdentity(identity, context.base);
  const models = asked.map((value) =>
    typed(() => resolveWish(settings, { value, source: 'command line:1' }, region.value, { policy, listing })),
  );
  const warnings = [...region.warnings, ...models.flatMap((model) => model.warnings)];
  return { invoked: models.map(({ id }) => ({ id, region: region.value })), warnings };
}

function invokedBy({ variables, settings }: Resolved, region: string): Invoked[] {
  return modelVariables.flatMap((name) => {
    const id = variables.find((variable) => variable.name === name)?.value;
    if (id === undefined) return [];
    const own = name === 'ANTHROPIC_SMALL_FAST_MODEL' ? settings.small_model_region?.value : undefined;
    return [{ id, region: own ?? region }];
  });
}

function tell(warnings: readonly Warning[]): void {
  const lines = warnings.map(({ message, fix }) => problemLine({ message, fix, where: undefined }));
  for (const line of new Set(lines)) say(line);
}
