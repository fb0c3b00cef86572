import { unreadFindings, webIdentityWarnings } from '../aws/index.ts';
import {
  conflicts,
  type ModelOverrides,
  modelLabel,
  modelOverrides,
  overrideRemarks,
  placed,
  remarks,
  resolveModels,
  settingsWarnings,
  thinkingRemarks,
  type Variable,
  variables,
} from '../claude/index.ts';
import { printable } from '../display.ts';
import type { Env } from '../env.ts';
import type { Warning } from '../errors.ts';
import type { AmbientName } from '../plan/names.ts';
import { accountRule, checkAccount, checkRegion, modelRule, withPolicy } from '../policy/index.ts';
import { keys, type Layer, type LoginPolicy, mergeLayers, readUserConfig, type Settings } from '../project/index.ts';
import { type TokenSource, tokenSource } from '../session/index.ts';
import { type Identity, identityOf, listingFor } from './identity.ts';
import { directoryFilesOf, type Inputs, policyOf } from './inputs.ts';
import { checkNames, profileWarnings } from './profile.ts';

/** What a directory needs, each part with its source. */
export interface Resolution {
  settings: Settings;
  variables: Variable[];
  /** What Claude Code needs, whatever the shell exports. */
  clientVariables: Variable[];
  /** What Claude Code's settings say of the models behind ARNs. */
  modelOverrides: ModelOverrides;
  warnings: Warning[];
  /** Variables of this shell that decide otherwise; no plan holds them. */
  conflicts: Warning[];
  /** What to know of a choice when it is made. */
  remarks: Warning[];
  /** The profile that the settings choose. */
  chosen: string | null;
  /** The profile whose credentials are used, the ambient one included. */
  profile: string | null;
  region: { value: string; source: string } | null;
  /** The session behind the profile. */
  session: TokenSource | null;
  login: LoginPolicy;
  /** The status line without its session part; '' for none. */
  label: string;
  /** The ambient variables that this depends on. */
  dependsOn: AmbientName[];
  /** The directory file that says `root: true`: what lies above it plays no part. */
  rootFile: string | null;
}

const fileVariables: AmbientName[] = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'BEDROCKENV_CONFIG'];

/**
 * Inputs to settings to variables, all in one place. Outside of projects, with a `default:` that says nothing of what to
 * use, there is nothing to set, and the AWS files are not even read.
 * @throws {BedrockenvError} for whatever keeps the directory from being used as its files say, with its place
 */
export function resolve(inputs: Inputs): Resolution {
  const { env, home, root } = inputs;
  const files = directoryFilesOf(inputs);
  const { path, bytes } = inputs.userConfig;
  const userConfig = bytes === null ? null : { path, config: readUserConfig(bytes, path) };
  const policy = policyOf(inputs);
  const settings = withPolicy(mergeLayers({ directoryFiles: files, userConfig }), policy);
  const rootFile = files.find(({ file }) => file.layer.root?.value === true)?.path ?? null;
  const nothing: Resolution = {
    settings,
    variables: [],
    clientVariables: [],
    modelOverrides: {},
    warnings: [],
    conflicts: [],
    remarks: [],
    chosen: null,
    profile: null,
    region: null,
    session: null,
    login: settings.login.value,
    label: '',
    dependsOn: fileVariables,
    rootFile,
  };
  if (files.length === 0 && !decidesSomething(userConfig?.config.default ?? {})) return nothing;

  // A plan is for every shell whose other variables are alike, so no answer here depends on keys in the environment.
  const identity = identityOf(settings, policy, { ...inputs, env: { ...env, AWS_ACCESS_KEY_ID: undefined } });
  const { aws, chosen, profile, region } = identity;
  checkIdentity(identity, env);
  const session = profile === null || settings.api_key ? null : tokenSource(aws, profile, { home, env });
  checkNames(aws, [profile, session?.profile]);
  const models = placed(region.source, () =>
    resolveModels(settings, region.value, { policy, listing: listingFor(identity, inputs) }),
  );
  const { overrides, warnings: overrideWarnings } = modelOverrides(models);
  const rule = modelRule(policy);
  const accounts = accountRule(policy);
  const resolved = { region, profile: chosen, models, dir: root, home, modelRule: rule, accountRule: accounts };
  const shown = settings.api_key ? 'API key' : profile;
  return {
    ...nothing,
    variables: variables(settings, resolved),
    clientVariables: variables(settings, resolved, 'client'),
    modelOverrides: overrides,
    warnings: [
      ...region.warnings,
      ...settingsWarnings(settings),
      ...unreadFindings(aws.unread()).map(({ code, message, fix }) => ({ code, message, fix })),
      ...(profile === null ? [] : profileWarnings(aws, profile, { home, env })),
      ...models.warnings,
      ...overrideWarnings,
    ],
    conflicts: [
      ...conflicts(
        settings,
        {
          profile: chosen?.name ?? null,
          ambient: profile,
          region: region.value,
          ownModels: rule === null,
          ownKey: accounts === null,
        },
        env,
      ),
      ...(chosen === null || settings.api_key ? [] : webIdentityWarnings(env, aws, chosen.name)),
    ],
    remarks: [
      ...remarks(settings, region.value),
      ...thinkingRemarks(settings, models),
      ...overrideRemarks(models, region.value),
    ],
    chosen: chosen?.name ?? null,
    profile,
    region: { value: region.value, source: region.source },
    session,
    label:
      settings.notices.value === 'quiet'
        ? ''
        : labelOf([shown, region.value, models.model && modelLabel(models.model)]),
    dependsOn: [
      ...(chosen ? [] : (['AWS_PROFILE'] as const)),
      ...(settings.region ? [] : (['AWS_REGION', 'AWS_DEFAULT_REGION'] as const)),
      ...fileVariables,
    ],
  };
}

/**
 * Whether the organisation allows the account and the regions of an identity.
 * @throws {BedrockenvError} `policy-accounts`, `policy-regions`
 */
export function checkIdentity({ settings, policy, aws, chosen, region }: Identity, env: Env): void {
  const named = env.AWS_PROFILE && aws.profile(env.AWS_PROFILE) ? { value: env.AWS_PROFILE, source: 'shell' } : null;
  const profile = chosen ? { value: chosen.name, source: chosen.source } : named;
  checkAccount(policy, aws, { profile, apiKey: settings.api_key ?? null });
  checkRegion(policy, 'region', region);
  checkRegion(policy, 'small_model_region', settings.small_model && settings.small_model_region);
}

/**
 * Whether a `default:` says what to use, rather than only how to sign in: a login policy alone must not put every
 * directory of the machine on Amazon Bedrock.
 */
function decidesSomething(layer: Layer): boolean {
  return keys.some(({ name, variables }) => name in layer && (name === 'use' || variables.length > 0));
}

function labelOf(parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null && part !== '')
    .map((part) => printable(part as string))
    .join(' · ');
}
