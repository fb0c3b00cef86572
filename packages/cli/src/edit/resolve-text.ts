import type { Context } from '../context.ts';
import { type Resolved, resolveGathered } from '../resolution.ts';
import { gather } from '../state/gather.ts';
import type { Target } from './change.ts';

/** What the edited text would come to. @throws {BedrockenvError} what is wrong with it, before anything is written */
export function resolveText(context: Context, target: Target, text: string): Resolved {
  const { state, base, home } = context;
  const bytes = new TextEncoder().encode(text);
  const { root, path } = target;
  const gathered = gather({ state, env: base, home }, root === null ? null : { root, path, bytes, seen: null });
  if (root !== null) return resolveGathered(context, gathered, root);
  return resolveGathered(context, { ...gathered, userConfig: { path, bytes, seen: null } }, null);
}
