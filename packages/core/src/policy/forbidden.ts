import { printable } from '../display.ts';
import { BedrockenvError } from '../errors.ts';
import type { PolicyFile, RuleName } from '../project/index.ts';

/** What a rule does not allow, and what it does. */
export interface Forbidden {
  rule: RuleName;
  /** What was asked for, or why it cannot be told. */
  what: string;
  fix: string;
}

/** The error for what a rule does not allow, with the place of the rule. */
export function forbidden({ path, policy }: PolicyFile, { rule, what, fix }: Forbidden): BedrockenvError {
  const said = policy[rule];
  const allowed = [said?.value ?? []].flat().join(', ');
  const message = `${what}: the organisation's policy allows only the ${rule} ${allowed}`;
  return new BedrockenvError(`policy-${rule}`, printable(message), { where: `${path}:${said?.line}`, fix });
}

/** ` (/p/.bedrockrc:2)`; nothing for what nobody wrote. */
export function placeText(source: string): string {
  if (source === 'default') return '';
  return ` (${source.replace(/^command line:\d+$/, 'command line')})`;
}
