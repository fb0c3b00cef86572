import { expect, test } from 'vitest';
import { type ModelOverrides, modelOverrides, overrideRemarks, type ResolvedModels } from '../../src/claude/index.ts';

const arn = (name: string, kind = 'application-inference-profile') =>
  `arn:aws:bedrock:eu-central-1:123456789012:${kind}/${name}`;
const pin = (id: string, base: string | null) => ({ id, base, name: null, routing: null });
const plain = pin('eu.anthropic.claude-opus-5', 'claude-opus-5');

function models(given: Partial<ResolvedModels>): ResolvedModels {
  return { model: null, opus: plain, sonnet: plain, haiku: plain, small: null, warnings: [], ...given };
}

const cases: [given: Partial<ResolvedModels>, overrides: ModelOverrides, warnings: string[], remarks: string[]][] = [
  [{}, {}, [], []],
  [{ model: pin(arn('a'), 'claude-sonnet-5') }, { 'claude-sonnet-5': arn('a') }, [], ['arn-capabilities']],
  [{ model: pin(arn('a'), null) }, {}, [], ['arn-unknown']],
  [
    { haiku: pin(arn('a'), 'claude-haiku-4-5-20251001-v1:0'), opus: pin(arn('b'), 'claude-opus-4-6-v1') },
    { 'claude-haiku-4-5-20251001': arn('a'), 'claude-opus-4-6': arn('b') },
    [],
    ['arn-capabilities', 'arn-capabilities'],
  ],
  [
    { model: pin(arn('a'), 'claude-sonnet-5'), sonnet: pin(arn('b'), 'claude-sonnet-5') },
    { 'claude-sonnet-5': arn('a') },
    ['override-taken'],
    ['arn-capabilities', 'arn-capabilities'],
  ],
  [
    { model: pin(arn('a'), 'claude-sonnet-5'), sonnet: pin(arn('a'), 'claude-sonnet-5') },
    { 'claude-sonnet-5': arn('a') },
    [],
    ['arn-capabilities'],
  ],
  // A name that every object answers to.
  [{ model: pin(arn('a'), 'constructor') }, { constructor: arn('a') } as never, [], ['arn-capabilities']],
  [{ model: pin(arn('eu.anthropic.claude-sonnet-5', 'inference-profile'), 'claude-sonnet-5') }, {}, [], []],
];

test.each(cases)('%j', (given, overrides, warnings, remarks) => {
  const found = modelOverrides(models(given));
  expect(found.overrides).toEqual(overrides);
  expect(found.warnings.map(({ code }) => code)).toEqual(warnings);
  expect(overrideRemarks(models(given), 'eu-central-1').map(({ code }) => code)).toEqual(remarks);
});
