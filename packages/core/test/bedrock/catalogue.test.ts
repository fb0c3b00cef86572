import { describe, expect, test } from 'vitest';
import {
  catalogue,
  commercialRegions,
  displayName,
  geographyOf,
  knownRegions,
  parseProfileId,
  prefixesFrom,
  resolveModel,
  routings,
  sourceRegions,
  tiers,
  usableModels,
} from '../../src/bedrock/index.ts';
import { BedrockenvError } from '../../src/errors.ts';
import { resolvePins } from './pins.ts';

const listed = new Set(
  catalogue.models.flatMap((model) => model.prefixes.map((prefix) => `${prefix}.anthropic.${model.base}`)),
);

describe('the catalogue', () => {
  test.each([
    ['claude-opus-5-5', 'Opus 5.5', 'opus', 'us eu jp au global'],
    ['claude-opus-5', 'Opus 5', 'opus', 'us eu jp au global'],
    ['claude-opus-4-8', 'Opus 4.8', 'opus', 'us eu jp au us-gov global'],
    ['claude-opus-4-7', 'Opus 4.7', 'opus', 'us eu jp au global'],
    ['claude-opus-4-6-v1', 'Opus 4.6', 'opus', 'us eu au global'],
    ['claude-opus-4-5-20251101-v1:0', 'Opus 4.5', 'opus', 'us eu global'],
    ['claude-opus-4-1-20250805-v1:0', 'Opus 4.1', 'opus', 'us'],
    ['claude-opus-4-20250514-v1:0', 'Opus 4', 'opus', 'us'],
    ['claude-sonnet-5-5', 'Sonnet 5.5', 'sonnet', 'us eu global'],
    ['claude-sonnet-5', 'Sonnet 5', 'sonnet', 'us eu jp au global'],
    ['claude-sonnet-4-6', 'Sonnet 4.6', 'sonnet', 'us eu jp au global'],
    ['claude-sonnet-4-5-20250929-v1:0', 'Sonnet 4.5', 'sonnet', 'us eu jp au us-gov global'],
    ['claude-sonnet-4-20250514-v1:0', 'Sonnet 4', 'sonnet', 'us eu apac global'],
    ['claude-3-7-sonnet-20250219-v1:0', 'Sonnet 3.7', 'sonnet', 'us'],
    ['claude-haiku-5-5', 'Haiku 5.5', 'haiku', 'us eu jp au global'],
    ['claude-haiku-4-5-20251001-v1:0', 'Haiku 4.5', 'haiku', 'us eu jp au global'],
    ['claude-3-5-haiku-20241022-v1:0', 'Haiku 3.5', 'haiku', 'us'],
  ])('%s is %s, a model of %s, for %s', (base, name, tier, prefixes) => {
    const model = catalogue.models.find((candidate) => candidate.base === base);
    expect(model && [displayName(model), model.tier, model.prefixes.join(' ')]).toEqual([name, tier, prefixes]);
  });

  test('has those models and no others, with a date and a source', () => {
    expect(catalogue.models).toHaveLength(17);
    expect(catalogue.date).toMatch(/^\d{4}-\d{2}$/);
    expect(catalogue.source).toMatch(/^https:/);
  });

  test('says when what is not active ends', () => {
    for (const { status, retirement } of catalogue.models) expect(retirement === null).toBe(status === 'active');
  });
});

describe('regions', () => {
  test.each([
    ['us-east-1', 'us'],
    ['ca-central-1', 'us'],
    ['eu-north-1', 'eu'],
    ['eu-west-2', 'eu'],
    ['ap-northeast-3', 'jp'],
    ['ap-southeast-4', 'au'],
    ['us-gov-east-1', 'us-gov'],
    ['ap-south-1', null],
    ['ap-southeast-1', null],
    ['sa-east-1', null],
    ['cn-north-1', null],
    ['eu-west-9', null],
  ])('%s: %s', (region, geography) => expect(geographyOf(region)).toBe(geography));

  test('all source regions are known', () => {
    for (const region of Object.values(sourceRegions).flat()) expect(knownRegions).toContain(region);
    for (const region of commercialRegions) expect(prefixesFrom(region)).toContain('global');
  });
});

describe('for each region, routing and model', () => {
  const wishes = [...tiers, ...catalogue.models.map(({ name }) => name)];
  const cases = knownRegions.flatMap((region) => routings.map((routing) => ({ region, routing })));

  test('an ID that is composed is listed, can be called from there, and is of the routing', () => {
    let resolved = 0;
    for (const { region, routing } of cases) {
      for (const want of wishes) {
        let id: string;
        try {
          id = resolveModel(want, { region, routing }).id;
        } catch (error) {
          expect(error).toBeInstanceOf(BedrockenvError);
          continue;
        }
        resolved += 1;
        expect(listed).toContain(id);
        const prefix = parseProfileId(id)?.known;
        expect(prefix).toBe(routing === 'geo' ? geographyOf(region) : routing);
        expect(sourceRegions[prefix as 'us']).toContain(region);
      }
    }
    expect(resolved).toBeGreaterThan(1000);
  });

  test('pins are listed too, and with geo never leave the geography', () => {
    for (const at of cases) {
      try {
        const { opus, sonnet, haiku } = resolvePins(at, {});
        for (const { id } of [opus, sonnet, haiku]) {
          expect(listed).toContain(id);
          if (at.routing === 'geo') expect(id.startsWith(`${geographyOf(at.region)}.`)).toBe(true);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(BedrockenvError);
      }
    }
  });
});

describe('usable models', () => {
  test('what can be called from a region, by what a person types', () => {
    const rows = usableModels('ap-northeast-1').filter(({ usable }) => usable);
    expect(rows.filter(({ alias }) => alias === 'sonnet')).toEqual([
      {
        name: 'claude-sonnet-5-5',
        alias: 'sonnet',
        id: 'global.anthropic.claude-sonnet-5-5',
        routing: 'global',
        status: 'active',
        usable: true,
        reason: null,
      },
      {
        name: 'claude-sonnet-5',
        alias: 'sonnet',
        id: 'jp.anthropic.claude-sonnet-5',
        routing: 'jp',
        status: 'active',
        usable: true,
        reason: null,
      },
      {
        name: 'claude-sonnet-4',
        alias: 'sonnet',
        id: 'apac.anthropic.claude-sonnet-4-20250514-v1:0',
        routing: 'apac',
        status: 'deprecated',
        usable: true,
        reason: null,
      },
    ]);
  });

  test('every listed inference profile has one row, and a reason when it is not usable', () => {
    const rows = usableModels('eu-west-1');
    expect(rows.map(({ id }) => id).toSorted()).toEqual([...listed].toSorted());
    expect(rows.find(({ id }) => id === 'us.anthropic.claude-opus-5')?.reason).toBe(
      'routing us cannot be called from eu-west-1',
    );
    expect(usableModels('us-east-1').find(({ name }) => name === 'claude-3-7-sonnet')?.reason).toBe(
      'retired on Amazon Bedrock: end of life since 2026-04-28',
    );
    for (const { usable, reason } of rows) expect(reason === null).toBe(usable);
  });
});
