import { expect, it } from 'vitest';
import { modelVariables, tierPins, variableNames } from '../../src/plan/names.ts';

it('the variables that name a model are all of them that do', () => {
  const named = variableNames.filter((name) => /^ANTHROPIC_\w*MODEL$/.test(name));
  expect(modelVariables).toEqual(named);
  expect(tierPins).toEqual(named.filter((name) => name.includes('_DEFAULT_')));
});
