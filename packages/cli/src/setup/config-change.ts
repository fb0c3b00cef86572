import type { Context } from '../context.ts';
import { userTarget } from '../edit/change.ts';
import { resolveText } from '../edit/resolve-text.ts';
import { setKeys } from '../edit/yaml.ts';
import type { Resolved } from '../resolution.ts';
import type { Answers } from './answers.ts';
import { type Change, type LeftAlone, whyNotOurs } from './change.ts';

/** What becomes of the user config, and what it then comes to outside of projects. */
export interface ConfigChange {
  change: Change | null;
  leftAlone: LeftAlone | null;
  resolved: Resolved;
}

/** Puts the answers under `default:`. @throws {BedrockenvError} what is wrong with the file, or with what it would say */
export function configChange(context: Context, { settings }: Answers): ConfigChange {
  const target = userTarget(context);
  const { path, before } = target;
  const known = Object.entries(settings);
  const text = known.length === 0 ? target.text : setKeys(target.text, settings, 'default');
  const resolved = resolveText(context, target, text);
  const after = new TextEncoder().encode(text);
  if (known.length === 0 || (before && Buffer.compare(before, after) === 0)) {
    return { change: null, leftAlone: null, resolved };
  }
  const reason = whyNotOurs(path, context.home);
  if (reason !== null) {
    const line = `default: {${known.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
    return { change: null, leftAlone: { path, reason, line }, resolved };
  }
  return { change: { path, before, after, mode: 0o600, own: { kind: 'file', old: true } }, leftAlone: null, resolved };
}
