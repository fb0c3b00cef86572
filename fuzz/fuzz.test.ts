import { expect, test } from 'vitest';
import { parts } from './parts/index.ts';
import { withHook } from './parts/plans.ts';

const seed = Date.now() % 2 ** 31;
console.log(`fuzz: again with npm run fuzz -- PART --seed ${seed} --count 300`);

/** How many a part tries here; `npm run fuzz` tries all. */
function few(name: string): number {
  if (/-(fish|powershell)$/.test(name)) return 60;
  return name === 'aws-config-cli' ? 3 : 300;
}

for (const part of parts) {
  const reason = part.unless?.();
  // The comparison with botocore has a test of its own.
  if (part.name === 'aws-config-botocore') continue;
  const title = `${part.name}: ${part.about}`;
  if (reason !== undefined) test.skip(`${title} (${reason})`, () => {});
  else
    test(title, { timeout: 120_000 }, async () => {
      const { tried, findings } = await part.run({ seed, count: few(part.name), over: () => false, tell: () => {} });
      expect(findings).toEqual([]);
      expect(tried).toBeGreaterThan(0);
    });
}

/** Sets the last value of a plan by evaluating it. */
const careless = (state: string) => `
_careless() {
  local fields
  mapfile -t -d '' fields <"${state}/plans$PWD/.bedrockrc" 2>/dev/null || return
  eval "AWS_REGION=\${fields[-2]}"
}
PROMPT_COMMAND=_careless
`;

test('a hook that evaluates values is found out', { timeout: 60_000 }, async () => {
  const { findings } = await withHook(careless, { seed: 1, count: 100, over: () => false, tell: () => {} });
  expect(findings.map(({ what }) => what).join('\n')).toMatch(/something was executed/);
});
