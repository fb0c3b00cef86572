import { expect, test } from 'vitest';
import { resolvePins } from './pins.ts';

test('every tier has its newest model', () => {
  expect(resolvePins({ region: 'ap-northeast-1', routing: 'geo' }, {})).toMatchObject({
    opus: { id: 'jp.anthropic.claude-opus-5-5', name: 'Opus 5.5' },
    sonnet: { id: 'jp.anthropic.claude-sonnet-5', name: 'Sonnet 5' },
    haiku: { id: 'jp.anthropic.claude-haiku-5-5', name: 'Haiku 5.5' },
    warnings: [],
  });
});

test("the user's pins and aliases come first", () => {
  const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc';
  const at = { region: 'us-east-1', routing: 'geo', aliases: { haiku: arn, old: 'claude-sonnet-4-6' } } as const;
  expect(resolvePins(at, { sonnet: 'old' })).toMatchObject({
    opus: { id: 'us.anthropic.claude-opus-5-5' },
    sonnet: { id: 'us.anthropic.claude-sonnet-4-6', name: 'Sonnet 4.6' },
    haiku: { id: arn, name: null },
    warnings: [],
  });
});

test('a tier without a model is pinned to the nearest one that has one, with a warning', () => {
  expect(resolvePins({ region: 'us-gov-west-1', routing: 'geo' }, {})).toMatchObject({
    opus: { id: 'us-gov.anthropic.claude-opus-4-8', name: 'Opus 4.8' },
    sonnet: { id: 'us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', name: 'Sonnet 4.5' },
    haiku: { id: 'us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', name: 'Sonnet 4.5' },
    warnings: [
      {
        code: 'tier-unavailable',
        message: 'there is no haiku model for routing us-gov: haiku is pinned to claude-sonnet-4-5, which costs more',
        fix: '',
      },
    ],
  });
});

test('but not one that the user asked for by name', () => {
  expect(() => resolvePins({ region: 'us-gov-west-1', routing: 'geo' }, { haiku: 'haiku' })).toThrow(
    expect.objectContaining({ code: 'model-unavailable' }),
  );
});

test('what is true of all three is said once', () => {
  const { warnings } = resolvePins({ region: 'eu-west-2', routing: 'geo' }, {});
  expect(warnings.map(({ code }) => code)).toEqual(['partial-source-region']);
});

test('a region without a geography needs pins of its own or a routing', () => {
  const at = { region: 'sa-east-1', routing: 'geo' } as const;
  expect(() => resolvePins(at, {})).toThrow(expect.objectContaining({ code: 'no-geography' }));
  const arn = 'arn:aws:bedrock:sa-east-1:123456789012:application-inference-profile/abc';
  expect(resolvePins(at, { opus: arn, sonnet: arn, haiku: arn }).warnings).toEqual([]);
});
