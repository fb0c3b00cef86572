import type { VariableName } from '../plan/names.ts';
import type { ApiKeySource, Settings } from '../project/index.ts';
import type { ResolvedModels } from './models.ts';

/** One variable and where its value was decided (`path:line`, or `default`). */
export interface Variable {
  /** As in a plan: `env`, `file` and `command` say where a secret is found. */
  op: 'set' | 'unset' | 'env' | 'file' | 'command';
  name: VariableName;
  /** The value, the other variable's name (`env`), an absolute path (`file`), or '' (`unset`, `command`). */
  value: string;
  source: string;
}

/** What the settings came to on this machine. */
export interface Resolved {
  region: { value: string; source: string };
  /** The profile's name; null for the ambient credentials. */
  profile: { name: string; source: string } | null;
  models: ResolvedModels;
  /** The real directory of the project; null outside of projects. */
  dir: string | null;
  /** Absolute; what `~` is in a path. */
  home: string;
  /** The rule of an organisation on models, or on where they are: then no model of the shell's own is used either. */
  modelRule: string | null;
  /** The rule of an organisation on accounts: then no API key of the shell's own is used either. */
  accountRule: string | null;
}

/**
 * The variables that run Claude Code as the settings say, each at most once, in the order of the closed list. None is
 * ever set to nothing, which older clients mistake for a value.
 *
 * `shell` is what a shell exports; `client` is what Claude Code itself needs, whatever the scope. With `scope: claude`
 * the client has all of it from its settings, and the shell sets nothing for it: where the client does not find them
 * (an old one below the project's directory), it would take half of it from the shell, and sign with the user's identity.
 */
export function variables(settings: Settings, resolved: Resolved, target: 'shell' | 'client' = 'shell'): Variable[] {
  const all = [
    ...connection(settings, resolved),
    ...models(settings, resolved),
    ...caching(settings),
    ...limits(settings),
    ...apiKey(settings, resolved),
    ...set('ANTHROPIC_BEDROCK_BASE_URL', settings.base_url),
    ...own(settings, resolved),
  ];
  if (target === 'client' || settings.scope.value === 'shell') return all;
  return all.filter(({ op, name }) => op === 'unset' || name.startsWith('BEDROCKENV_'));
}

function set(name: VariableName, setting: { value: unknown; source: string } | null | undefined): Variable[] {
  const value = setting ? String(setting.value) : '';
  return setting && value !== '' ? [{ op: 'set', name, value, source: setting.source }] : [];
}

function connection(settings: Settings, { profile, region }: Resolved): Variable[] {
  // An API key beats every other credential in Claude Code, so a profile beside it would only mislead.
  const used = settings.api_key ? null : profile;
  return [
    ...set('CLAUDE_CODE_USE_BEDROCK', { value: 1, source: 'default' }),
    ...set('AWS_PROFILE', used && { value: used.name, source: used.source }),
    ...set('AWS_REGION', region),
  ];
}

function models(settings: Settings, { models: resolved, modelRule }: Resolved): Variable[] {
  const sources = settings.models?.sources;
  const pin = (name: VariableName, tier: 'opus' | 'sonnet' | 'haiku'): Variable[] =>
    set(name, { value: resolved[tier].id, source: sources?.[tier] ?? 'default' });
  const small = resolved.small && settings.small_model;
  const free = (name: VariableName): Variable[] =>
    modelRule === null ? [] : [{ op: 'unset', name, value: '', source: modelRule }];
  const model = resolved.model && { value: resolved.model.id, source: settings.model?.source ?? 'default' };
  return [
    ...(model ? set('ANTHROPIC_MODEL', model) : free('ANTHROPIC_MODEL')),
    ...pin('ANTHROPIC_DEFAULT_OPUS_MODEL', 'opus'),
    ...pin('ANTHROPIC_DEFAULT_SONNET_MODEL', 'sonnet'),
    ...pin('ANTHROPIC_DEFAULT_HAIKU_MODEL', 'haiku'),
    ...(small
      ? set('ANTHROPIC_SMALL_FAST_MODEL', { value: resolved.small?.id, source: small.source })
      : free('ANTHROPIC_SMALL_FAST_MODEL')),
    ...smallRegion(small ? settings.small_model_region : undefined),
  ];
}

/**
 * Claude Code sends background requests, those of the haiku that is always pinned too, to the region of this variable
 * (measured on 2.1.330). One that comes with the shell would take them out of the directory's geography, unasked.
 */
function smallRegion(setting: Settings['small_model_region']): Variable[] {
  const name = 'ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION';
  return setting ? set(name, setting) : [{ op: 'unset', name, value: '', source: 'default' }];
}

/** The built-in `true` touches neither variable; a written one undoes what the ambient environment says. */
function caching({ prompt_caching: { value, source } }: Settings): Variable[] {
  if (source === 'default') return [];
  const one = (name: VariableName, on: boolean): Variable => ({
    op: on ? 'set' : 'unset',
    name,
    value: on ? '1' : '',
    source,
  });
  return [one('DISABLE_PROMPT_CACHING', value === false), one('ENABLE_PROMPT_CACHING_1H', value === '1h')];
}

function limits(settings: Settings): Variable[] {
  return [
    ...set('CLAUDE_CODE_MAX_OUTPUT_TOKENS', settings.max_output_tokens),
    ...set('MAX_THINKING_TOKENS', settings.max_thinking_tokens),
    ...set('CLAUDE_CODE_EFFORT_LEVEL', settings.effort),
    ...set('ANTHROPIC_BEDROCK_SERVICE_TIER', settings.service_tier),
  ];
}

function apiKey({ api_key: setting }: Settings, { home, accountRule }: Resolved): Variable[] {
  const name = 'AWS_BEARER_TOKEN_BEDROCK';
  if (setting) return [{ name, ...keyPlace(setting.value, home), source: setting.source }];
  return accountRule === null ? [] : [{ op: 'unset', name, value: '', source: accountRule }];
}

/** Where a plan says that an API key is found. */
export function keyPlace(from: ApiKeySource, home: string): Pick<Variable, 'op' | 'value'> {
  if ('env' in from) return { op: 'env', value: from.env };
  if ('file' in from) return { op: 'file', value: from.file.replace(/^~(?=\/)/, () => home) };
  return { op: 'command', value: '' };
}

/** For prompts and scripts. */
function own(settings: Settings, { dir, profile, models: { model } }: Resolved): Variable[] {
  const named = settings.api_key ? null : profile;
  return [
    ...set('BEDROCKENV_DIR', dir === null ? null : { value: dir, source: 'default' }),
    ...set('BEDROCKENV_PROFILE', named && { value: named.name, source: named.source }),
    ...set('BEDROCKENV_MODEL', model && { value: modelLabel(model), source: settings.model?.source ?? 'default' }),
  ];
}

/** `Sonnet 5`; for a model that only the account knows, what its ARN or ID ends with. */
export function modelLabel({ id, name }: { id: string; name: string | null }): string {
  return name ?? id.slice(id.lastIndexOf('/') + 1);
}
