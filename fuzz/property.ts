import type { Finding } from '@bedrockenv/testkit/campaign';
import fc from 'fast-check';

/** Checks a property of fast-check; what breaks it, made as small as it gets, is a finding. */
export function checked<T>(property: fc.IProperty<T>, { seed, count }: { seed: number; count: number }): Finding[] {
  const result = fc.check(property, { seed, numRuns: count });
  if (!result.failed) return [];
  const error = result.errorInstance instanceof Error ? `: ${result.errorInstance.message}` : '';
  return [
    { what: `the property does not hold${error} (path ${result.counterexamplePath})`, input: result.counterexample },
  ];
}
