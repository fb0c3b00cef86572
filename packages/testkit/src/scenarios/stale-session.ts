import { sampleSessions } from '../sandbox/index.ts';
import type { Stage } from '../stage/index.ts';

/** The status line of `stale`'s project, without its session. */
export const label = 'bedrockenv: corp-dev · eu-central-1 · Sonnet 5';
/** Just signed in: in the first second there are still eight hours. */
export const fresh = /^bedrockenv: corp-dev · eu-central-1 · Sonnet 5 · session (7h 59m|8h 0m)$/m;

/** Why this machine cannot sign in with the real AWS CLI. */
export const unless = (): string | undefined =>
  process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the AWS CLI in node_modules is for Linux x64';

/** A project whose session is as `seconds` says; null for no token at all. */
export async function stale(t: Stage, seconds: number | null, config?: string): Promise<string> {
  const dir = await t.project('app', 'profile: corp-dev\nmodel: claude-sonnet-5\n');
  if (seconds === null) t.sandbox.removeToken(sampleSessions.corp);
  else t.sandbox.writeToken(sampleSessions.corp, { seconds });
  if (config) t.sandbox.write('.config/bedrockenv/config.yaml', `default:\n  ${config}\n`);
  return dir;
}
