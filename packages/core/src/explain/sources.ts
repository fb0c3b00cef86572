import { type Aws, maskText } from '../aws/index.ts';
import { type Json, propertyLine, type SettingsText, type Variable, valueAt } from '../claude/index.ts';
import type { Env } from '../env.ts';

/** A settings file that Claude Code reads. */
export interface ReadSettings {
  path: string;
  settings: SettingsText;
}

/** Everything that may say what a variable is. */
export interface ExplainInputs {
  /** The shell as it is, with what a hook has set. */
  env: Env;
  aws: Aws;
  /** What Claude Code reads instead, whose settings may name other files. */
  clientAws: Aws;
  /** Claude Code's settings files, the one that beats the others first. */
  settingsFiles: readonly ReadSettings[];
  /** What the directory's files and the user config come to. */
  wanted: readonly Variable[];
}

/** One place that says what a variable is. */
export interface Source {
  /** `path:line`, `shell` or `default`. */
  source: string;
  /** `***` for a secret. */
  value: string;
}

const secrets = /^AWS_(BEARER_TOKEN_BEDROCK|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/;

/** A value as it may be shown. Of a gateway's URL that is all but a password in it. */
function shownValue(name: string, value: string): string {
  if (name === 'ANTHROPIC_BEDROCK_BASE_URL') return maskText(value);
  return secrets.test(name) && value !== '' ? '***' : value;
}

/** What Claude Code's settings files give a variable, the one that counts first. An empty value counts as well. */
export function settingsSources({ settingsFiles }: ExplainInputs, name: string): Source[] {
  return keySources(settingsFiles, ['env', name]).map(({ source, value }) => ({
    source,
    value: shownValue(name, value),
  }));
}

/** Where a key of the settings files stands, the one that counts first. */
export function keySources(files: readonly ReadSettings[], path: readonly string[]): Source[] {
  return files.flatMap(({ path: file, settings }) => {
    const value = valueAt(settings, path);
    if (value === undefined) return [];
    const shown = typeof value === 'string' ? value : path[0] === 'env' ? asText(value) : JSON.stringify(value);
    return [{ source: `${file}:${propertyLine(settings, path)}`, value: shown }];
  });
}

/** A variable of settings that is no text, as JavaScript makes one of it: the client sets `null` for null. */
function asText(value: Json): string {
  if (Array.isArray(value)) return value.map((each) => (each === null ? '' : asText(each as Json))).join(',');
  return typeof value === 'object' && value !== null ? '[object Object]' : String(value);
}

export function shellSources({ env }: ExplainInputs, name: string): Source[] {
  const value = env[name];
  return value === undefined ? [] : [{ source: 'shell', value: shownValue(name, value) }];
}

/** What the directory's files and the user config say. It reaches the clients by the shell or by settings. */
export function wantedSources({ wanted }: ExplainInputs, name: string): Source[] {
  return wanted
    .filter(({ name: each, op, source }) => each === name && !(op === 'unset' && source === 'default'))
    .map(({ op, value, source }) => ({ source, value: op === 'set' ? value : op === 'unset' ? '' : '***' }));
}

/** The region of a profile, as the AWS CLI (`profile`) or the SDK (`sdkProfile`) reads it. */
export function regionSource(aws: Aws, profile: string, by: 'profile' | 'sdkProfile'): Source[] {
  const value = aws[by](profile)?.region;
  if (typeof value !== 'string' || value === '') return [];
  return [{ source: aws.where(profile, 'region') ?? 'default', value }];
}
