import { printable } from '../display.ts';
import { BedrockenvError } from '../errors.ts';
import type { PolicyFile, Setting, SettingKey, Settings } from '../project/index.ts';
import { placeText } from './forbidden.ts';

/**
 * Settings as the organisation's policy has them: a required key has its value, and `login` is the policy's, whatever the
 * user says. Of `models` each tier is a key of its own.
 * @throws {BedrockenvError} `policy-require` where a file, the command line or an environment asks for another value: it
 * would be a surprise if what somebody wrote were not so
 */
export function withPolicy(settings: Settings, file: PolicyFile | null): Settings {
  if (file === null) return settings;
  const { path, policy } = file;
  const ruled: Record<string, Setting<unknown>> = { ...settings };
  if (policy.login) ruled.login = { value: policy.login.value, source: `${path}:${policy.login.line}` };
  for (const [key, { value, line, lines }] of Object.entries(policy.require)) {
    const source = `${path}:${line}`;
    const asked = ruled[key];
    if (key === 'login') {
      ruled.login = { value, source };
      continue;
    }
    if (key !== 'models') {
      if (asked && asked.source !== 'default' && !same(asked.value, value)) throw contrary(key, value, source, asked);
      ruled[key] = { value, source };
      continue;
    }
    const below = asked as Setting<Record<string, string>> | undefined;
    const sources: Record<string, string> = { ...below?.sources };
    for (const [tier, wanted] of Object.entries(value as Record<string, string>)) {
      const other = below?.value[tier];
      const place = `${path}:${lines?.[tier] ?? line}`;
      if (other !== undefined && other !== wanted) {
        throw contrary(`models.${tier}`, wanted, place, { value: other, source: below?.sources?.[tier] ?? source });
      }
      sources[tier] = place;
    }
    ruled.models = { value: { ...below?.value, ...(value as object) }, source, sources };
  }
  return ruled as Settings;
}

function contrary(key: string, value: unknown, where: string, asked: Setting<unknown>): BedrockenvError {
  const message = `${key}: the organisation's policy requires ${shown(key, value)}, but ${shown(key, asked.value)} is asked for${placeText(asked.source)}`;
  return new BedrockenvError('policy-require', printable(message), { where, fix: `remove ${key} there` });
}

/** A place of a key or the address of a gateway may hold what nobody should read. */
function shown(key: string, value: unknown): string {
  if ((['api_key', 'base_url'] satisfies SettingKey[]).some((secret) => secret === key)) return 'another value';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Values are plain data; the order of a mapping's keys says nothing. */
function same(a: unknown, b: unknown): boolean {
  return ordered(a) === ordered(b);
}

function ordered(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}
