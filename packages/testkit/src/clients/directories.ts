import { expect } from 'vitest';
import { type ClientVersion, clientVersions } from '../claude-code/index.ts';
import type { Invocation } from '../fake-bedrock/index.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { unlessInstalled, withDesk } from './desk.ts';
import { byHook, type Entry } from './entry.ts';
import { identities } from './identities.ts';
import { traits } from './traits.ts';

const atlas = `profile: corp-dev
region: eu-central-1
model: claude-sonnet-4-5
models: {haiku: claude-haiku-4-5}
max_output_tokens: 5000
max_thinking_tokens: 2048
prompt_caching: 1h
`;

const beacon = `profile: corp-prod
region: us-west-2
model: claude-opus-5
max_output_tokens: 3000
prompt_caching: false
`;

/** What the user has, besides: a profile whose region is eu-west-1, keys that a profile beats, and nothing pinned. */
const own = {
  CLAUDE_CODE_USE_BEDROCK: '1',
  AWS_PROFILE: 'keys',
  AWS_ACCESS_KEY_ID: 'AKIAUSER',
  AWS_SECRET_ACCESS_KEY: 'user',
  ANTHROPIC_MODEL: 'us.anthropic.claude-sonnet-4-20250514-v1:0',
};

/**
 * Two projects that differ in everything, and no project. It is read off the requests that the client made: the model in
 * the path, region and access key of the signature, tokens, thinking and caching in the body.
 */
export function directories(entry: Entry = byHook): Scenario[] {
  return clientVersions.map((version) => ({
    name: `Claude Code ${version} sends what the directory says, and outside what the user says`,
    unless: unlessInstalled(version),
    run: (t) =>
      withDesk(t, version, async (desk) => {
        const options = await entry.prepare(t);
        const [one, two] = [await entry.project(t, 'atlas', atlas), await entry.project(t, 'beacon', beacon)];
        await desk.start({ ...options, env: own });
        const ask = async (dir: string) => {
          await t.cd(dir);
          return summary(t, await desk.ask());
        };
        expect(await ask(one)).toEqual(inAtlas(version));
        expect(await ask(two)).toEqual(inBeacon(version));
        expect(await ask(t.sandbox.home)).toEqual(outside(version));
      }),
  }));
}

/** What a client's requests have in common, each value once. */
interface Summary {
  /** Requests that only ask whether a model is there. */
  probed: boolean;
  models: string[];
  regions: (string | null)[];
  /** The roles that the requests are signed with, or the access keys of users. */
  identities: (string | null)[];
  maxTokens: number[];
  thinking: unknown[];
  /** `none`, `5m` or `1h`. */
  caching: string[];
}

function summary(t: Stage, invocations: readonly Invocation[]): Summary {
  const probes = invocations.filter(({ operation }) => operation === 'invoke');
  // Old versions also ask a small model, for a title, now and then.
  const asked = invocations.filter((one) => !probes.includes(one) && !one.model.includes('haiku'));
  const each = <T>(list: readonly Invocation[], value: (one: Invocation) => T): T[] => [
    ...new Map(list.map((one) => [JSON.stringify(value(one)), value(one)])).values(),
  ];
  return {
    probed: probes.length > 0,
    models: each(asked, ({ model }) => model),
    regions: each(invocations, ({ region }) => region),
    identities: identities(t, invocations),
    maxTokens: each(asked, ({ body }) => body.max_tokens),
    thinking: each(asked, ({ body }) => body.thinking),
    caching: each(asked, ({ body }) => cachingOf(JSON.stringify(body))),
  };
}

function cachingOf(body: string): string {
  if (!body.includes('"cache_control"')) return 'none';
  return body.includes('"ttl":"1h"') ? '1h' : '5m';
}

const inAtlas = (version: ClientVersion): Summary => ({
  probed: false,
  models: ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  regions: ['eu-central-1'],
  identities: ['AWSReservedSSO_BedrockDeveloper_0123456789abcdef'],
  maxTokens: [5000],
  thinking: [{ type: 'enabled', budget_tokens: 2048 }],
  caching: [traits[version].cachesForOneHour ? '1h' : '5m'],
});

const inBeacon = (version: ClientVersion): Summary => ({
  probed: false,
  models: ['us.anthropic.claude-opus-5'],
  regions: ['us-west-2'],
  identities: ['AWSReservedSSO_BedrockOperator_0123456789abcdef'],
  maxTokens: [3000],
  thinking: [traits[version].opusThinking],
  caching: ['none'],
});

const outside = (version: ClientVersion) => ({
  probed: traits[version].probes,
  models: [own.ANTHROPIC_MODEL],
  regions: [traits[version].readsConfigRegion ? 'eu-west-1' : 'us-east-1'],
  identities: ['AKIAFAKEFAKEFAKEFAKE'],
  maxTokens: expect.not.arrayContaining([3000, 5000]),
  thinking: expect.not.arrayContaining([{ type: 'enabled', budget_tokens: 2048 }]),
  caching: ['5m'],
});
