import {
  catalogue,
  geographyOf,
  type Prefix,
  parseArn,
  parseProfileId,
  prefixes,
  prefixesFrom,
  routings,
} from '../bedrock/index.ts';
import { tierPins } from '../plan/names.ts';
import { clientRegion } from '../resolution/region.ts';
import { askedModels, idOf, regionFor, smallRegion, told } from './asked-models.ts';
import { notAvailable, unknownModels } from './available.ts';
import type { Entry, Evidence } from './entry.ts';
import {
  type Facts,
  given,
  isBefore,
  isOn,
  place,
  regionOfClient,
  regionOfClientsProfile,
  removal,
  usesBedrock,
} from './facts.ts';
import { shown } from './shown.ts';

/** Which models are asked for, and where. */
export const modelEntries: readonly Entry[] = [
  {
    code: 'model-bare-id',
    severity: 'error',
    meaning: '`anthropic.claude-…` without a prefix: "on-demand throughput isn’t supported"',
    find: (facts) =>
      askedModels(facts).flatMap((model) => {
        if (!/^(arn:[\w-]+:bedrock:[\w-]*::foundation-model\/)?anthropic\./.test(model.value)) return [];
        // So models are called in that service.
        if (isOn(given(facts, 'CLAUDE_CODE_USE_MANTLE'))) return [];
        const base = model.value.slice(model.value.indexOf('anthropic.'));
        const found = catalogue.models.find((each) => `anthropic.${each.base}` === base);
        const own = prefixesFrom(regionOfClient(facts)).find((prefix) => found?.prefixes.includes(prefix));
        const fix = own && found ? `write ${own}.${base}` : 'bedrockenv models';
        return [told(model, 'is a model and no inference profile, and so cannot be called on demand', fix)];
      }),
  },
  {
    code: 'model-unreachable',
    severity: 'error',
    meaning: 'the prefix of an inference profile is of other regions: "The provided model identifier is invalid"',
    find: (facts) =>
      askedModels(facts).flatMap((model) => {
        const prefix = parseProfileId(idOf(model))?.known;
        const region = regionFor(facts, model);
        if (!prefix || prefixesFrom(region).includes(prefix)) return [];
        return [told(model, `cannot be called from ${region}`, `bedrockenv models --region ${region}`)];
      }),
  },
  {
    code: 'apac-prefix',
    severity: 'warning',
    meaning:
      'Claude Code guesses `apac.` in Asia and the Pacific, and few models have an inference profile of that name',
    find: apac,
  },
  {
    code: 'unlisted-model',
    severity: 'info',
    meaning: 'the bundled list does not know the inference profile; the account may',
    find: (facts) =>
      askedModels(facts).flatMap((model) => {
        const profile = parseProfileId(idOf(model));
        if (!profile || profile.listed || profile.known === 'apac') return [];
        const fix = 'bedrockenv models --refresh';
        return [told(model, `is not in the bundled list of ${catalogue.date}`, fix)];
      }),
  },
  {
    code: 'model-retired',
    severity: 'error',
    meaning: 'Amazon Bedrock has ended the model',
    find: (facts) => lifecycle(facts, 'retired'),
  },
  {
    code: 'model-deprecated',
    severity: 'warning',
    meaning: 'Amazon Bedrock will end the model',
    find: (facts) => lifecycle(facts, 'deprecated'),
  },
  {
    code: 'arn-region',
    severity: 'warning',
    meaning: 'an ARN is of another region than the requests',
    find: (facts) =>
      askedModels(facts).flatMap((model) => {
        const arn = parseArn(model.value);
        const region = regionFor(facts, model);
        if (!arn || arn.region === region) return [];
        return [told(model, `is of ${arn.region}, and requests go to ${region}`, `set the region to ${arn.region}`)];
      }),
  },
  {
    code: 'model-leaves-geography',
    severity: 'info',
    meaning: 'a model of the shell or of settings may process requests outside of the geography of the region',
    find: (facts) =>
      askedModels(facts).flatMap((model) => {
        const prefix = parseProfileId(idOf(model))?.known;
        const region = regionFor(facts, model);
        const home = geographyOf(region);
        if (model.by === 'bedrockenv' || !prefix || home === null || prefix === home) return [];
        if (!prefixesFrom(region).includes(prefix)) return [];
        const fix = `to stay in ${home}: bedrockenv use sonnet, or set an ID that begins with ${home}.`;
        return [told(model, `may process requests outside of ${home}`, fix)];
      }),
  },
  {
    code: 'tiers-unpinned',
    severity: 'warning',
    meaning: 'not every tier has its model: each start of Claude Code asks for three, and the defaults change with it',
    find: (facts) => {
      const missing = tierPins.filter((name) => !given(facts, name));
      if (!usesBedrock(facts) || missing.length === 0) return [];
      const message = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set: Claude Code probes and decides for itself`;
      return [{ message, fix: 'bedrockenv use sonnet, which pins every tier' }];
    },
  },
  {
    code: 'small-model-first',
    severity: 'warning',
    meaning: '`ANTHROPIC_SMALL_FAST_MODEL`, which is deprecated, comes before the model of the haiku tier',
    find: (facts) => {
      const small = given(facts, 'ANTHROPIC_SMALL_FAST_MODEL');
      const haiku = given(facts, 'ANTHROPIC_DEFAULT_HAIKU_MODEL');
      if (!small || small.by === 'bedrockenv' || !haiku || haiku.value === small.value) return [];
      const message = `ANTHROPIC_SMALL_FAST_MODEL is ${shown(small.value)}, which comes before ANTHROPIC_DEFAULT_HAIKU_MODEL`;
      return [{ message, fix: removal('ANTHROPIC_SMALL_FAST_MODEL', small), where: place(small) }];
    },
  },
  {
    code: 'small-model-region',
    severity: 'warning',
    meaning: '`ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION` was left set: background requests leave the region',
    find: (facts) => {
      const region = given(facts, smallRegion);
      if (!region || region.by === 'bedrockenv' || region.value === regionOfClient(facts)) return [];
      if (!hasSmallModel(facts)) return [];
      const message = `${smallRegion} is ${shown(region.value)}, so background requests leave ${regionOfClient(facts)}`;
      return [{ message, fix: removal(smallRegion, region), where: place(region) }];
    },
  },
  {
    code: 'small-model-region-unused',
    severity: 'warning',
    meaning: 'a region for background requests without a small model: it has no effect',
    find: (facts) => {
      const region = given(facts, smallRegion);
      if (!region || hasSmallModel(facts)) return [];
      const message = `${smallRegion} has no effect without ANTHROPIC_SMALL_FAST_MODEL or ANTHROPIC_DEFAULT_HAIKU_MODEL`;
      return [{ message, fix: removal(smallRegion, region), where: place(region) }];
    },
  },
  {
    code: 'region-prefix-ignored',
    severity: 'warning',
    meaning: '`ANTHROPIC_BEDROCK_REGION_PREFIX` is none that there is, or the Claude Code here does not know it yet',
    find: (facts) => {
      const prefix = given(facts, 'ANTHROPIC_BEDROCK_REGION_PREFIX');
      if (!prefix) return [];
      const fix = removal('ANTHROPIC_BEDROCK_REGION_PREFIX', prefix);
      const at = { fix, where: place(prefix) };
      const known: readonly string[] = prefixes.filter((each) => each !== 'us-gov');
      if (!known.includes(prefix.value)) {
        const message = `ANTHROPIC_BEDROCK_REGION_PREFIX is not one of ${known.join(', ')}, and is passed over`;
        return [{ message, ...at }];
      }
      if (!isBefore(facts.claude, [2, 1, 224])) return [];
      return [{ message: 'ANTHROPIC_BEDROCK_REGION_PREFIX needs Claude Code 2.1.224', ...at }];
    },
  },
  { code: 'unknown-region', severity: 'warning', meaning: 'the bundled list does not know the region' },
  {
    code: 'no-region',
    severity: 'warning',
    meaning: 'nothing says which region: Claude Code takes us-east-1',
    find: (facts) => {
      const names = ['AWS_REGION', 'AWS_DEFAULT_REGION'];
      const said = names.flatMap((name) => given(facts, name) ?? []).find(({ value }) => clientRegion(value));
      const isSaid = said ? said.by !== 'bedrockenv' || said.source !== 'default' : regionOfClientsProfile(facts);
      if (!usesBedrock(facts) || isSaid) return [];
      const message = 'no region is set, so Amazon Bedrock in us-east-1 is used';
      return [{ message, fix: said ? 'set region: in .bedrockrc' : 'set AWS_REGION' }];
    },
  },
  {
    code: 'geography-wider-than-country',
    severity: 'warning',
    meaning: 'the Canadian regions belong to the geography `us`',
  },
  {
    code: 'partial-source-region',
    severity: 'warning',
    meaning: 'only some models of the geography can be called from the region',
  },
  {
    code: 'leaves-routing',
    severity: 'warning',
    meaning: 'a model that was written out leaves what `routing:` says',
  },
  { code: 'context-suffix', severity: 'warning', meaning: '`[1m]` is no part of an inference profile ID' },
  { code: 'tier-unavailable', severity: 'warning', meaning: 'a tier has no model there and is pinned to the nearest' },
  {
    code: 'unknown-model',
    severity: 'error',
    meaning: 'what is asked for is no model, inference profile ID or ARN',
    find: unknownModels,
  },
  {
    code: 'model-not-available',
    severity: 'warning',
    meaning: '`availableModels` of settings leaves out the model that is asked for, so Claude Code uses another',
    find: notAvailable,
  },
  { code: 'model-unavailable', severity: 'error', meaning: 'the model has no inference profile for the routing' },
  { code: 'profile-unreachable', severity: 'error', meaning: '`model:` cannot be called from the region' },
  { code: 'no-geography', severity: 'error', meaning: 'the region has no geography of its own for `routing: geo`' },
  { code: 'routing-unreachable', severity: 'error', meaning: '`routing:` cannot be called from the region' },
];

const hasSmallModel = (facts: Facts) =>
  given(facts, 'ANTHROPIC_SMALL_FAST_MODEL') !== null || given(facts, 'ANTHROPIC_DEFAULT_HAIKU_MODEL') !== null;

function lifecycle(facts: Facts, status: 'deprecated' | 'retired'): Evidence[] {
  return askedModels(facts).flatMap((model) => {
    const base = idOf(model).split('anthropic.').at(-1) as string;
    const found = catalogue.models.find((each) => each.base === base || each.name === base);
    if (found?.status !== status) return [];
    return [told(model, `is ${status} on Amazon Bedrock: ${found.retirement}`, `use ${found.tier}, its newest model`)];
  });
}

function apac(facts: Facts): Evidence[] {
  const written = askedModels(facts).flatMap((model) => {
    const profile = parseProfileId(idOf(model));
    if (profile?.known !== 'apac' || profile.listed) return [];
    const others = profile.model?.prefixes.filter((prefix) => reachable(facts, prefix)) ?? [];
    const fix = others.length > 0 ? `write it with ${others.join(' or ')}` : 'bedrockenv models --refresh';
    return [told(model, 'is an inference profile that most accounts do not have', fix)];
  });
  const region = regionOfClient(facts);
  const isGuessed = /^ap-/.test(region) && tierPins.some((name) => !given(facts, name));
  if (!usesBedrock(facts) || !isGuessed || given(facts, 'ANTHROPIC_BEDROCK_REGION_PREFIX')) return written;
  const message = `Claude Code puts apac. before the models that are not pinned in ${region}, and few of them exist`;
  const routing = routings.find((each) => each !== 'geo' && reachable(facts, each as Prefix) && each !== 'apac');
  const fix = `pin them: bedrockenv use sonnet${geographyOf(region) ? '' : `, with routing: ${routing ?? 'global'}`}`;
  return [...written, { message, fix }];
}

function reachable(facts: Facts, prefix: Prefix): boolean {
  return prefixesFrom(regionOfClient(facts)).includes(prefix);
}
