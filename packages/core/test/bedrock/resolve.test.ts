import { describe, expect, test } from 'vitest';
import { type Routing, resolveModel } from '../../src/bedrock/index.ts';
import { BedrockenvError } from '../../src/errors.ts';

const at = (region: string, routing: Routing = 'geo', aliases: Record<string, string> = {}) => ({
  region,
  routing,
  aliases,
});
const idOf = (want: string, region: string, routing?: Routing) => resolveModel(want, at(region, routing)).id;
const codes = (want: string, region: string, routing?: Routing) =>
  resolveModel(want, at(region, routing)).warnings.map(({ code }) => code);
function errorOf(want: string, region: string, routing?: Routing, aliases?: Record<string, string>): BedrockenvError {
  try {
    resolveModel(want, at(region, routing, aliases));
  } catch (error) {
    if (error instanceof BedrockenvError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('an alias is the newest active model of its tier, for the routing', () => {
  test.each([
    ['opus', 'us-east-1', 'geo', 'us.anthropic.claude-opus-5-5', 'Opus 5.5'],
    ['sonnet', 'eu-central-1', 'geo', 'eu.anthropic.claude-sonnet-5-5', 'Sonnet 5.5'],
    ['haiku', 'eu-central-1', 'global', 'global.anthropic.claude-haiku-5-5', 'Haiku 5.5'],
    ['sonnet', 'ap-northeast-1', 'geo', 'jp.anthropic.claude-sonnet-5', 'Sonnet 5'],
    ['sonnet', 'ap-southeast-2', 'geo', 'au.anthropic.claude-sonnet-5', 'Sonnet 5'],
    ['sonnet', 'us-gov-west-1', 'geo', 'us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', 'Sonnet 4.5'],
    ['opus', 'us-gov-east-1', 'us-gov', 'us-gov.anthropic.claude-opus-4-8', 'Opus 4.8'],
    ['opus', 'ap-south-1', 'global', 'global.anthropic.claude-opus-5-5', 'Opus 5.5'],
  ] as const)('%s in %s, %s', (want, region, routing, id, name) => {
    expect(resolveModel(want, at(region, routing))).toMatchObject({ id, name, warnings: [] });
  });

  test('a deprecated one only where there is no other', () => {
    expect(resolveModel('sonnet', at('ap-south-1', 'apac'))).toMatchObject({
      id: 'apac.anthropic.claude-sonnet-4-20250514-v1:0',
      name: 'Sonnet 4',
      warnings: [
        {
          code: 'model-deprecated',
          message: 'claude-sonnet-4 is deprecated on Amazon Bedrock: end of life from 2026-10-14',
          fix: 'model: sonnet',
        },
      ],
    });
  });
});

describe('a model by name', () => {
  test.each([
    ['claude-sonnet-5', 'eu.anthropic.claude-sonnet-5'],
    ['sonnet-5', 'eu.anthropic.claude-sonnet-5'],
    ['anthropic.claude-sonnet-5', 'eu.anthropic.claude-sonnet-5'],
    ['claude-opus-4-6', 'eu.anthropic.claude-opus-4-6-v1'],
    ['claude-opus-4-6-v1', 'eu.anthropic.claude-opus-4-6-v1'],
    ['claude-haiku-4-5', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['claude-haiku-4-5-20251001', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
  ])('%s', (want, id) => expect(idOf(want, 'eu-west-1')).toBe(id));

  test.each([
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'claude-3-7-sonnet', 'retired', 'since 2026-04-28'],
    ['us.anthropic.claude-3-5-haiku-20241022-v1:0', 'claude-3-5-haiku', 'retired', 'since 2026-06-19'],
    ['us.anthropic.claude-opus-4-20250514-v1:0', 'claude-opus-4', 'retired', 'since 2026-05-31'],
    ['us.anthropic.claude-opus-4-1-20250805-v1:0', 'claude-opus-4-1', 'deprecated', 'on 2027-01-08'],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'claude-sonnet-4', 'deprecated', 'from 2026-10-14'],
  ])('%s is used although it ends, by ID and by name, with a warning', (id, name, status, when) => {
    for (const want of [id, name]) {
      const { id: resolved, warnings } = resolveModel(want, at('us-east-1'));
      expect(resolved).toBe(id);
      expect(warnings.map(({ code }) => code)).toEqual([`model-${status}`]);
      expect(warnings[0]?.message).toBe(`${name} is ${status} on Amazon Bedrock: end of life ${when}`);
    }
  });
});

describe("the user's aliases", () => {
  const aliases = { fast: 'haiku', sonnet: 'claude-sonnet-4-6' };
  test.each([
    ['fast', 'eu.anthropic.claude-haiku-5-5'],
    ['sonnet', 'eu.anthropic.claude-sonnet-4-6'],
    ['opus', 'eu.anthropic.claude-opus-5-5'],
  ])('%s', (want, id) => expect(resolveModel(want, at('eu-west-1', 'geo', aliases)).id).toBe(id));

  test('are not confused with what every object has', () => {
    expect(errorOf('constructor', 'us-east-1').code).toBe('unknown-model');
  });
});

describe('an inference profile ID is taken as it is', () => {
  test.each([
    ['us.anthropic.claude-sonnet-5', 'us-east-1', 'geo', 'Sonnet 5', []],
    ['global.anthropic.claude-sonnet-5', 'us-east-1', 'global', 'Sonnet 5', []],
    ['eu.anthropic.claude-sonnet-5', 'eu-west-1', 'global', 'Sonnet 5', []],
    ['global.anthropic.claude-sonnet-5', 'eu-west-1', 'geo', 'Sonnet 5', ['leaves-routing']],
    ['global.anthropic.claude-sonnet-5', 'eu-west-1', 'eu', 'Sonnet 5', ['leaves-routing']],
    ['global.anthropic.claude-sonnet-5', 'sa-east-1', 'geo', 'Sonnet 5', ['leaves-routing']],
    [
      'apac.anthropic.claude-sonnet-4-20250514-v1:0',
      'ap-northeast-1',
      'geo',
      'Sonnet 4',
      ['leaves-routing', 'model-deprecated'],
    ],
    ['apac.anthropic.claude-sonnet-4-6', 'ap-south-1', 'apac', 'Sonnet 4.6', ['unlisted-model']],
    ['us.anthropic.claude-opus-9', 'us-east-1', 'geo', null, ['unlisted-model']],
    ['ca.anthropic.claude-opus-5', 'ca-central-1', 'geo', 'Opus 5', ['leaves-routing', 'unlisted-model']],
  ] as const)('%s in %s, %s', (id, region, routing, name, warnings) => {
    expect(resolveModel(id, at(region, routing))).toMatchObject({ id, name });
    expect(codes(id, region, routing)).toEqual(warnings);
  });

  test('the warning on leaving says what is left', () => {
    expect(resolveModel('global.anthropic.claude-sonnet-5', at('eu-west-1')).warnings).toEqual([
      {
        code: 'leaves-routing',
        message: 'global.anthropic.claude-sonnet-5 may process requests outside of eu (routing geo, eu-west-1)',
        fix: 'if that is meant, set routing: global',
      },
    ]);
  });

  test('the warning on an unlisted one says the date of the list', () => {
    expect(resolveModel('us.anthropic.claude-opus-9', at('us-east-1')).warnings).toEqual([
      {
        code: 'unlisted-model',
        message: 'the bundled list of 2026-11 does not know us.anthropic.claude-opus-9; it is used as it is',
        fix: 'bedrockenv models --region us-east-1 --refresh',
      },
    ]);
  });

  test('but not where it cannot be called', () => {
    const { code, message } = errorOf('us.anthropic.claude-sonnet-5', 'eu-central-1', 'us');
    expect(code).toBe('profile-unreachable');
    expect(message).toMatch(
      /^us\.anthropic\.claude-sonnet-5 cannot be called from eu-central-1; from there one can call eu \(.*\) or global \(/,
    );
  });
});

describe('an ARN', () => {
  const arn = (rest: string) => `arn:aws:bedrock:${rest}`;
  test.each([
    ['us-east-1:123456789012:application-inference-profile/abc123', 'us-east-1', null, []],
    ['us-east-1:123456789012:application-inference-profile/abc123', 'us-west-2', null, ['arn-region']],
    ['eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-5', 'eu-west-1', 'Sonnet 5', []],
    [
      'eu-west-1:123456789012:inference-profile/global.anthropic.claude-sonnet-5',
      'eu-west-1',
      'Sonnet 5',
      ['leaves-routing'],
    ],
    ['us-east-1:123456789012:provisioned-model/abc123', 'us-east-1', null, []],
  ])('%s in %s', (rest, region, name, warnings) => {
    expect(resolveModel(arn(rest), at(region))).toMatchObject({ id: arn(rest), name });
    expect(codes(arn(rest), region)).toEqual(warnings);
  });

  test.each([
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-5',
    'arn:aws:s3:::bucket',
    'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc',
  ])('%s is none that can be invoked', (text) => expect(errorOf(text, 'us-east-1').code).toBe('unknown-model'));
});

test('[1m] is left out, with a warning', () => {
  expect(resolveModel('sonnet[1m]', at('us-east-1'))).toMatchObject({
    id: 'us.anthropic.claude-sonnet-5-5',
    warnings: [{ code: 'context-suffix' }],
  });
});

describe('what there is not', () => {
  test.each([
    ['sonet', 'did you mean sonnet?'],
    ['opusplan', 'did you mean opus?'],
    ['claude-sonnet-55', 'did you mean claude-sonnet-5-5?'],
    ['gpt', 'bedrockenv models'],
    ['anthropic.claude-foo', 'bedrockenv models'],
    ['', 'bedrockenv models'],
  ])('%j', (want, fix) => {
    const error = errorOf(want, 'us-east-1');
    expect(error.code).toBe('unknown-model');
    expect(error.message).toContain('models: opus, sonnet, haiku, claude-opus-5-5');
    expect(error.fix).toBe(fix);
  });

  test('a model without an inference profile there: what there is, and where it is', () => {
    const error = errorOf('claude-sonnet-5-5', 'ap-northeast-1');
    expect(error.code).toBe('model-unavailable');
    expect(error.message).toBe(
      'claude-sonnet-5-5 has no inference profile for jp (routing geo, ap-northeast-1) (from ap-northeast-1 it can be had with routing global); there is claude-opus-5-5, claude-opus-5, claude-opus-4-8, claude-opus-4-7, claude-sonnet-5, claude-sonnet-4-6, claude-sonnet-4-5, claude-haiku-5-5, claude-haiku-4-5',
    );
  });

  test('a tier without a model, asked for by name', () => {
    expect(errorOf('haiku', 'us-gov-west-1').message).toBe(
      'there is no haiku model for us-gov (routing geo, us-gov-west-1); there is claude-opus-4-8, claude-sonnet-4-5',
    );
  });

  test('a region without a geography of its own', () => {
    const error = errorOf('sonnet', 'ap-south-1');
    expect(error.code).toBe('no-geography');
    expect(error.message).toMatch(
      /^ap-south-1 has no geography of its own for routing geo; from there one can call apac \(claude-sonnet-4\) or global \(claude-opus-5-5, /,
    );
    expect(error.fix).toBe('set routing: global, if requests may be processed there, or another region');
  });

  test('a routing that the region cannot reach', () => {
    const error = errorOf('sonnet', 'eu-central-1', 'us');
    expect(error.code).toBe('routing-unreachable');
    expect(error.message).toMatch(
      /^routing us cannot be called from eu-central-1; from there one can call eu \(.*\) or global \(/,
    );
    expect(error.fix).toBe('set routing: eu, if requests may be processed there, or another region');
  });

  test.each([
    ['eu-centrl-1', 'geo', 'no-geography', /from there one can call global \(.*\); did you mean eu-central-1\?$/],
    ['cn-north-1', 'geo', 'no-geography', /no Claude model is listed there$/],
    ['cn-north-1', 'global', 'routing-unreachable', /no Claude model is listed there$/],
    [
      'us-gov-west-1',
      'global',
      'routing-unreachable',
      /from there one can call us-gov \(claude-opus-4-8, claude-sonnet-4-5\)$/,
    ],
  ] as const)('in %s, %s', (region, routing, code, message) => {
    const error = errorOf('sonnet', region, routing);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('regions that deserve a word', () => {
  test.each([
    ['eu-west-9', 'global', ['unknown-region']],
    ['ca-central-1', 'geo', ['geography-wider-than-country']],
    ['ca-central-1', 'us', []],
    ['eu-west-2', 'geo', ['partial-source-region']],
    ['eu-west-2', 'global', []],
  ] as const)('%s, %s', (region, routing, warnings) => expect(codes('opus', region, routing)).toEqual(warnings));
});
