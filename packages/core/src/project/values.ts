import type { Routing, Tier } from '../bedrock/index.ts';

/** A profile by what it is, matched against `~/.aws/config` on the machine at hand. */
export interface ProfileMatch {
  /** Twelve digits. */
  account: string;
  role: string;
  /** The name of an sso-session. */
  session?: string;
}

/** Where an API key is to be found; never the key itself. */
export type ApiKeySource = { env: string } | { file: string } | { command: string[] } | { keyring: string };

/** The value of each key, after reading: quoted numbers and booleans are numbers and booleans here. */
export interface SettingValues {
  use: string;
  profile: string | ProfileMatch;
  region: string;
  routing: Routing;
  model: string;
  models: Partial<Record<Tier, string>>;
  small_model: string;
  small_model_region: string;
  prompt_caching: boolean | '1h';
  max_output_tokens: number;
  max_thinking_tokens: number;
  effort: Effort;
  service_tier: ServiceTier;
  root: boolean;
  login: LoginPolicy;
  login_flow: LoginFlow;
  scope: Scope;
  api_key: ApiKeySource;
  base_url: string;
  notices: 'on' | 'quiet';
  aliases: Record<string, string>;
}
export type SettingKey = keyof SettingValues;

/** `CLAUDE_CODE_EFFORT_LEVEL`: Claude Code's documentation, "Environment variables". */
export const efforts = ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] as const;
export type Effort = (typeof efforts)[number];

/** `ANTHROPIC_BEDROCK_SERVICE_TIER`: Claude Code's documentation, "Claude Code on Amazon Bedrock". */
export const serviceTiers = ['default', 'flex', 'priority'] as const;
export type ServiceTier = (typeof serviceTiers)[number];

export const loginPolicies = ['auto', 'ask', 'notify', 'off'] as const;
export type LoginPolicy = (typeof loginPolicies)[number];

export const loginFlows = ['auto', 'browser', 'device'] as const;
export type LoginFlow = (typeof loginFlows)[number];

export const scopes = ['shell', 'claude'] as const;
export type Scope = (typeof scopes)[number];

/** A value with the place that it was read from; lines and columns count from 1. */
export interface Positioned<T> {
  value: T;
  line: number;
  column: number;
  /** The lines of a mapping's own keys: `models` is merged key by key. */
  lines?: Readonly<Record<string, number>>;
}

/** Keys as one mapping of a file has them. */
export type Layer = { readonly [K in SettingKey]?: Positioned<SettingValues[K]> };
