import { isatty } from 'node:tty';
import { type Aws, BedrockenvError, readAws, readUserConfig } from '@bedrockenv/core';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { changeFile, directoryTarget, userTarget } from '../edit/change.ts';
import { classify, type Known } from '../edit/classify.ts';
import { resolveText } from '../edit/resolve-text.ts';
import { type Changes, setKeys } from '../edit/yaml.ts';
import { say } from '../output/messages.ts';
import { profileFlag } from '../profile-flag.ts';
import { regionFlag } from '../region-flag.ts';
import type { Resolved } from '../resolution.ts';
import { isNewcomer, remindOfSetup } from '../setup/reminder.ts';
import { realDirectory } from '../state/directory.ts';
import { gather } from '../state/gather.ts';
import { notApproved } from '../state/located.ts';
import { usage } from '../usage.ts';

export const use: Command = {
  name: 'use',
  summary: "Choose this directory's profile, model or environment: edits its .bedrockrc and approves the edit.",
  args: [
    {
      name: 'words',
      summary: 'models, an AWS profile, an environment of the user config',
      optional: true,
      variadic: true,
    },
  ],
  flags: [
    { name: 'profile', value: 'PROFILE', summary: 'the AWS profile' },
    { name: 'region', value: 'REGION', summary: 'the AWS region' },
    { name: 'pin', summary: 'write exact inference profile IDs, which stay when newer models come' },
    { name: 'global', summary: 'for everywhere: edits default: of the user config' },
  ],
  examples: [
    ['bedrockenv use', 'asks for both, on a terminal'],
    ['bedrockenv use corp-dev sonnet', 'a profile and a model for this directory'],
    ['bedrockenv use opus --pin', 'exactly the Opus of today'],
    ['bedrockenv use haiku --global', 'where no directory says otherwise'],
  ],
  async run(input, context) {
    const isGlobal = input.flags.global === true;
    const target = isGlobal ? userTarget(context) : directoryTarget(context, realDirectory(context.cwd()));
    if (!target.isOurs) throw notApproved(target.root as string, target.path, target.root as string);
    const edited = (changes: Changes) => setKeys(target.text, changes, isGlobal ? 'default' : null);
    const names = namesHere(context, isGlobal);
    let changes = wanted(input, names);
    if (Object.keys(changes).length === 0 && input.flags.pin !== true) {
      if (!isatty(0) || !isatty(2)) throw usage('use', 'what to use? a model, a profile, an environment');
      changes = await picked(context, names, (some) => resolveText(context, target, edited(some)));
      if (Object.keys(changes).length === 0) {
        say('nothing is changed');
        return 0;
      }
    }
    const isFirst = isNewcomer(context);
    let next = edited(changes);
    let resolution = resolveText(context, target, next);
    if (input.flags.pin === true) {
      changes = { ...changes, ...pins(resolution) };
      next = edited(changes);
      resolution = resolveText(context, target, next);
    }
    await changeFile(context, target, new TextEncoder().encode(next));
    const { warnings, conflicts, remarks } = resolution;
    for (const { message, fix } of [...warnings, ...conflicts, ...remarks]) say(fix ? `${message}; ${fix}` : message);
    const said = Object.entries(changes).map(
      ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    if (isFirst) await remindOfSetup(context);
    say(`${target.path}: ${said.join(', ')}`);
    return 0;
  },
};

interface Names extends Known {
  aws: Aws;
}

/** What words may name on this machine. @throws {BedrockenvError} a configuration that cannot be read */
function namesHere({ base, home, state }: Context, isGlobal: boolean): Names {
  const { userConfig, aws: files, unreadable } = gather({ state, env: base, home }, null);
  if (unreadable) throw unreadable;
  const aws = readAws(files);
  const config = userConfig.bytes ? readUserConfig(userConfig.bytes, userConfig.path) : null;
  return {
    aws,
    profiles: aws.profileNames(),
    environments: isGlobal ? [] : [...(config?.environments.keys() ?? [])],
    aliases: Object.keys(config?.top.aliases?.value ?? {}),
  };
}

/** Asks on the terminal. @throws {Interrupted} on Ctrl-C */
async function picked(context: Context, names: Names, preview: (changes: Changes) => Resolved): Promise<Changes> {
  const { pick } = await import('../edit/pick.ts');
  const tried = (changes: Changes) => {
    try {
      return preview(changes);
    } catch (error) {
      if (error instanceof BedrockenvError) return null;
      throw error;
    }
  };
  return pick(context, { ...names, preview: tried });
}

/** The keys that the words and flags stand for. @throws {BedrockenvError} exit code 2: a word or flag names nothing */
function wanted(input: Input, known: Names): Changes {
  const changes: Record<string, string> = {};
  const put = (key: string, value: string) => {
    if (changes[key] !== undefined && changes[key] !== value) {
      throw usage('use', `${changes[key]} and ${value} are both a ${key === 'use' ? 'environment' : key}`);
    }
    changes[key] = value;
  };
  for (const each of input.args) put(classify(each, known), each);
  const given = { profile: profileFlag(known.aws, input), region: regionFlag('use', input) };
  for (const [key, value] of Object.entries(given)) if (value !== undefined) put(key, value);
  return changes;
}

function pins({ variables }: Resolved): Changes {
  const id = (name: string) => variables.find((variable) => variable.name === name)?.value as string;
  const model = id('ANTHROPIC_MODEL');
  const tiers = ['opus', 'sonnet', 'haiku'].map((tier) => [tier, id(`ANTHROPIC_DEFAULT_${tier.toUpperCase()}_MODEL`)]);
  return { ...(model ? { model } : {}), models: Object.fromEntries(tiers) };
}
