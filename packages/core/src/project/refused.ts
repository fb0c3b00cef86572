import { keys } from './keys.ts';
import type { Problem } from './problems.ts';

const inUserConfig = 'it belongs under default: or in an environment of the user config';
const atTop = 'it belongs at the top level of the user config';
const never = 'a file that comes with a project decides neither headers nor commands nor other variables';
const inAws = 'credentials belong in ~/.aws/config, under a profile that is named here';

/** What a directory file may never decide, even an approved one, and where it belongs. */
const refused = new Map<string, string>([
  ...each(inUserConfig, 'base_url', 'api_key', 'login', 'login_flow', 'scope'),
  ...each(atTop, 'notices', 'aliases', 'environments', 'default'),
  ...each(`${inUserConfig}, as base_url`, 'endpoint', 'endpoints', 'endpoint_url'),
  ...each(never, 'header', 'headers', 'command', 'commands', 'hooks', 'env'),
  ...each(inAws, 'credentials', 'credential_process', 'access_key', 'secret_key', 'session_token', 'token'),
]);

function each(belongs: string, ...names: string[]): [string, string][] {
  return names.map((name) => [name, belongs]);
}

/** Why a key may not stand in a directory file; null for one that is merely unknown. */
export function refusal(key: string): Pick<Problem, 'code' | 'message' | 'fix'> | null {
  const belongs = refused.get(key.toLowerCase());
  const fix = 'remove it from this file';
  if (belongs !== undefined) {
    return { code: 'refused-key', message: `${key} may not stand in a directory file; ${belongs}`, fix };
  }
  if (!looksLikeVariable(key)) return null;
  const setter = variableKey(key);
  if (setter === undefined) {
    const belongs = /^aws_/i.test(key) ? inAws : never;
    const message = `${key} is an environment variable and may not stand in a directory file; ${belongs}`;
    return { code: 'refused-key', message, fix };
  }
  const elsewhere = refused.get(setter);
  const why = elsewhere ? `: ${elsewhere}` : '';
  const message = `${key} is an environment variable; it is set with the key ${setter}${why}`;
  return { code: 'refused-key', message, fix: elsewhere ? fix : `write ${setter}: instead` };
}

export function looksLikeVariable(key: string): boolean {
  return /^(aws|anthropic|claude_code|bedrockenv)_/i.test(key) || keyOfVariable(key) !== undefined;
}

/** The key that decides a variable. */
export function variableKey(variable: string): string | undefined {
  return (
    keyOfVariable(variable) ??
    ((/^aws_default_(profile|region)$/i.exec(variable)?.[1] ?? '').toLowerCase() || undefined)
  );
}

function keyOfVariable(variable: string): string | undefined {
  const name = variable.toUpperCase();
  return keys.find(({ variables }) => (variables as readonly string[]).includes(name))?.name;
}
