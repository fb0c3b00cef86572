import { whole } from '../claude/reading.ts';
import { nearest } from '../nearest.ts';
import { efforts, serviceTiers } from '../project/index.ts';
import type { Entry, Evidence } from './entry.ts';
import { type Facts, given, isOn, place, removal } from './facts.ts';
import { shown } from './shown.ts';

/** What a request says: caching, limits, tiers. */
export const requestEntries: readonly Entry[] = [
  {
    code: 'caching-forced',
    severity: 'warning',
    meaning: '`FORCE_PROMPT_CACHING_5M` beats caching for an hour',
    find: (facts) => {
      const forced = given(facts, 'FORCE_PROMPT_CACHING_5M');
      if (!forced || !isOn(forced) || !isOn(given(facts, 'ENABLE_PROMPT_CACHING_1H'))) return [];
      const message = 'FORCE_PROMPT_CACHING_5M is set, so caching for an hour has no effect';
      return [{ message, fix: removal('FORCE_PROMPT_CACHING_5M', forced), where: place(forced) }];
    },
  },
  {
    code: 'caching-off',
    severity: 'warning',
    meaning: '`DISABLE_PROMPT_CACHING` was left set: every request pays for its whole prompt',
    find: (facts) => cachingOff(facts, 'DISABLE_PROMPT_CACHING', 'every request'),
  },
  {
    code: 'caching-disabled',
    severity: 'warning',
    meaning: '`DISABLE_PROMPT_CACHING_OPUS`, `_SONNET` or `_HAIKU`, the same for one tier alone',
    find: (facts) =>
      isOn(given(facts, 'DISABLE_PROMPT_CACHING'))
        ? []
        : ['Opus', 'Sonnet', 'Haiku'].flatMap((tier) =>
            cachingOff(facts, `DISABLE_PROMPT_CACHING_${tier.toUpperCase()}`, `every request to ${tier}`),
          ),
  },
  {
    code: 'output-below-thinking',
    severity: 'warning',
    meaning:
      'not more output tokens than thinking tokens: Claude Code lowers the second to one less than the first, and below 1025 Amazon Bedrock rejects requests that think',
    find: (facts) => {
      const output = given(facts, 'CLAUDE_CODE_MAX_OUTPUT_TOKENS');
      const thinking = given(facts, 'MAX_THINKING_TOKENS');
      const [most, budget] = [whole(output?.value), whole(thinking?.value)];
      if (!output || !thinking || most === 0 || budget < most) return [];
      const message = `CLAUDE_CODE_MAX_OUTPUT_TOKENS is ${most} and MAX_THINKING_TOKENS ${budget}: that leaves requests that think no room for an answer`;
      return [{ message, fix: `set max_output_tokens: ${budget + 1024} or more`, where: place(output) }];
    },
  },
  {
    code: 'number-ignored',
    severity: 'warning',
    meaning:
      '`CLAUDE_CODE_MAX_OUTPUT_TOKENS` or `MAX_THINKING_TOKENS` is no plain number: Claude Code takes another, or none',
    find: (facts) =>
      [['CLAUDE_CODE_MAX_OUTPUT_TOKENS', 1] as const, ['MAX_THINKING_TOKENS', 0] as const].flatMap(([name, least]) => {
        const found = given(facts, name);
        if (!found || (/^\d{1,9}$/.test(found.value) && Number(found.value) >= least)) return [];
        const message = `${name} is ${JSON.stringify(shown(found.value))}, ${taken(found.value, least === 0)}`;
        return [{ message, fix: removal(name, found), where: place(found) }];
      }),
  },
  {
    code: 'switch-unclear',
    severity: 'warning',
    meaning: '`CLAUDE_CODE_USE_BEDROCK` is neither on (1, true, yes, on) nor off',
    find: (facts) => {
      const found = given(facts, 'CLAUDE_CODE_USE_BEDROCK');
      if (!found || isOn(found) || /^(0|false|no|off)$/i.test(found.value.trim())) return [];
      const message = `CLAUDE_CODE_USE_BEDROCK is ${JSON.stringify(shown(found.value))}, so Claude Code does not use Amazon Bedrock`;
      return [{ message, fix: 'set CLAUDE_CODE_USE_BEDROCK to 1', where: place(found) }];
    },
  },
  {
    code: 'service-tier-unknown',
    severity: 'warning',
    meaning: '`ANTHROPIC_BEDROCK_SERVICE_TIER` is sent as it is, and there is no such tier',
    find: (facts) => oneOf(facts, 'ANTHROPIC_BEDROCK_SERVICE_TIER', serviceTiers),
  },
  {
    code: 'effort-unknown',
    severity: 'warning',
    meaning: '`CLAUDE_CODE_EFFORT_LEVEL` is no level',
    find: (facts) => {
      const level = given(facts, 'CLAUDE_CODE_EFFORT_LEVEL')?.value.trim().toLowerCase() ?? '';
      const isLevel = ['unset', ...efforts].includes(level);
      return isLevel ? [] : oneOf(facts, 'CLAUDE_CODE_EFFORT_LEVEL', efforts);
    },
  },
];

function cachingOff(facts: Facts, name: string, what: string): Evidence[] {
  const found = given(facts, name);
  if (!found || !isOn(found) || found.by === 'bedrockenv') return [];
  return [
    { message: `${name} is set: ${what} pays for its whole prompt`, fix: removal(name, found), where: place(found) },
  ];
}

function oneOf(facts: Facts, name: string, known: readonly string[]): Evidence[] {
  const found = given(facts, name);
  if (!found || known.includes(found.value)) return [];
  const near = nearest(found.value, known);
  const fix = near ? `set ${name} to ${near}` : removal(name, found);
  return [
    {
      message: `${name} is ${JSON.stringify(shown(found.value))}, not one of ${known.join(', ')}`,
      fix,
      where: place(found),
    },
  ];
}

/** What that comes to; a budget of thinking that is none is no thinking. */
function taken(value: string, isThinking: boolean): string {
  const [now, before] = [whole(value), whole(value, true)];
  if (now === 0 && before === 0)
    return isThinking ? 'with which Claude Code does not think' : 'which Claude Code passes over';
  const older = now === before ? '' : `, older versions for ${before || 'nothing'}`;
  return `which Claude Code takes for ${now || 'nothing'}${older}`;
}
