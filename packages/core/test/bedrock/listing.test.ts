import { describe, expect, test } from 'vitest';
import {
  type AccountList,
  catalogue,
  geographyIn,
  geographyOf,
  knownRegions,
  listingOf,
  prefixes,
  resolveModel,
  routings,
  tiers,
} from '../../src/bedrock/index.ts';
import { BedrockenvError } from '../../src/errors.ts';
import { resolvePins } from './pins.ts';

function listOf(region: string, ids: readonly string[], inactive: readonly string[] = []): AccountList {
  return {
    ...{ account: '123456789012', region, date: '2026-11-20T03:00:00.000Z', asker: 'profile corp' },
    profiles: [...ids, ...inactive].map((id) => ({
      ...{ id, arn: `arn:aws:bedrock:${region}:123456789012:inference-profile/${id}`, name: id },
      ...{ kind: 'system' as const, isActive: !inactive.includes(id) },
      models: [`arn:aws:bedrock:${region}::foundation-model/${id.slice(id.indexOf('.') + 1)}`],
    })),
  };
}

const at = (list: AccountList, routing: (typeof routings)[number] = 'geo') => ({
  ...{ region: list.region, routing },
  listing: listingOf(list),
});

describe('what the account answered comes before the bundled list', () => {
  const list = listOf('eu-central-1', [
    ...['eu.anthropic.claude-opus-6-20270101-v1:0', 'eu.anthropic.claude-opus-5'],
    ...['eu.anthropic.claude-sonnet-4-6', 'eu.anthropic.claude-3-haiku-20240307-v1:0'],
    ...['global.anthropic.claude-sonnet-7'],
  ]);

  test.each([
    ['opus', 'eu.anthropic.claude-opus-6-20270101-v1:0', 'Opus 6'],
    ['claude-opus-6', 'eu.anthropic.claude-opus-6-20270101-v1:0', 'Opus 6'],
    ['sonnet', 'eu.anthropic.claude-sonnet-4-6', 'Sonnet 4.6'],
    ['eu.anthropic.claude-opus-6-20270101-v1:0', 'eu.anthropic.claude-opus-6-20270101-v1:0', 'Opus 6'],
  ])('%s is %s', (want, id, name) => {
    expect(resolveModel(want, at(list))).toMatchObject({ id, name, warnings: [] });
  });

  test('with geo never another geography, not even for a newer model', () => {
    const { opus, sonnet, haiku } = resolvePins(at(list), {});
    expect([opus.id, sonnet.id, haiku.id].every((id) => id.startsWith('eu.'))).toBe(true);
    expect(resolveModel('sonnet', at(list, 'global')).id).toBe('global.anthropic.claude-sonnet-7');
    expect(() => resolveModel('claude-sonnet-7', at(list))).toThrow(
      expect.objectContaining({ code: 'model-unavailable', message: expect.stringContaining('routing global') }),
    );
  });

  test.each(['claude-sonnet-5', 'eu.anthropic.claude-sonnet-5'])(
    '%s, which it lacks, is used with a warning',
    (want) => {
      expect(resolveModel(want, at(list))).toMatchObject({
        id: 'eu.anthropic.claude-sonnet-5',
        warnings: [
          {
            code: 'unlisted-model',
            message:
              'what account 123456789012 answered on 2026-11-20 for eu-central-1 has no eu.anthropic.claude-sonnet-5; it is used as it is',
            fix: 'bedrockenv models --region eu-central-1 --refresh',
          },
        ],
      });
    },
  );

  test('what is not active is not there', () => {
    const partly = listOf('eu-central-1', ['eu.anthropic.claude-opus-5'], ['eu.anthropic.claude-opus-5-5']);
    expect(resolveModel('opus', at(partly)).id).toBe('eu.anthropic.claude-opus-5');
    expect(resolveModel('eu.anthropic.claude-opus-5-5', at(partly)).warnings).toMatchObject([
      { code: 'unlisted-model' },
    ]);
  });

  test('an older model that the bundled list does not know is not newer than a deprecated one', () => {
    const apac = listOf('ap-south-1', [
      'apac.anthropic.claude-3-5-sonnet-20241022-v2:0',
      'apac.anthropic.claude-sonnet-4-20250514-v1:0',
    ]);
    expect(resolveModel('sonnet', at(apac, 'apac')).id).toBe('apac.anthropic.claude-sonnet-4-20250514-v1:0');
  });

  test('a region that is newer than the bundled list has the geography of its profiles, if it is one', () => {
    const one = listOf('eu-west-9', ['eu.anthropic.claude-opus-5', 'global.anthropic.claude-opus-5']);
    expect(resolveModel('opus', at(one))).toMatchObject({ id: 'eu.anthropic.claude-opus-5', warnings: [] });
    const two = listOf('eu-west-9', ['eu.anthropic.claude-opus-5', 'us.anthropic.claude-opus-5']);
    expect(() => resolveModel('opus', at(two))).toThrow(expect.objectContaining({ code: 'no-geography' }));
    const known = listOf('ap-south-1', ['au.anthropic.claude-opus-5']);
    expect(geographyIn('ap-south-1', listingOf(known))).toBe(null);
  });
});

test('for each region, routing and wish, whatever a list says: the prefix is that of the routing', () => {
  const wishes = [...tiers, ...catalogue.models.map(({ name }) => name), 'claude-opus-6'];
  let resolved = 0;
  for (const [n, region] of knownRegions.entries()) {
    // A different part of all that there could be, what no region has included.
    const ids = prefixes.flatMap((prefix) =>
      [...catalogue.models.map(({ base }) => base), 'claude-opus-6'].map((base) => `${prefix}.anthropic.${base}`),
    );
    const list = listOf(
      region,
      ids.filter((_, at) => (at * 7 + n) % 5 < 2),
    );
    for (const routing of routings) {
      for (const want of wishes) {
        try {
          const { id, routing: found, warnings } = resolveModel(want, at(list, routing));
          resolved += 1;
          expect(found).toBe(routing === 'geo' ? geographyOf(region) : routing);
          expect(id.startsWith(`${found}.anthropic.`)).toBe(true);
          const isThere = list.profiles.some((profile) => profile.id === id);
          expect(warnings.some(({ code }) => code === 'unlisted-model')).toBe(!isThere);
        } catch (error) {
          expect(error).toBeInstanceOf(BedrockenvError);
          expect((error as BedrockenvError).exitCode).toBe(1);
          expect((error as BedrockenvError).message).toMatch(/there is |can call |no Claude model is listed there/);
        }
      }
    }
  }
  expect(resolved).toBeGreaterThan(1000);
});
