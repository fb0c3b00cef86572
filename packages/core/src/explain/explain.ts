import { type Aws, maskText, takesWebIdentity } from '../aws/index.ts';
import { variableNames } from '../plan/names.ts';
import { clientRegion } from '../resolution/region.ts';
import {
  type ExplainInputs,
  keySources,
  regionSource,
  type Source,
  settingsSources,
  shellSources,
  wantedSources,
} from './sources.ts';

/** Who uses a variable: Claude Code, the AWS CLI, and the AWS SDK for JavaScript. */
export type Client = 'claude' | 'aws' | 'sdk';

/** Where a variable comes from, and what each client makes of it. */
export interface Explained {
  name: string;
  /** Every place that says something, the strongest for Claude Code first. */
  sources: Source[];
  /** The source that wins for a client; null: none, or the client does not use the variable. */
  winner: Record<Client, string | null>;
  /** What the client ends up with; null: nothing. */
  value: Record<Client, string | null>;
  notes: string[];
}

/** Every variable that can be explained: the closed list, and what the AWS clients read besides. */
export const explainedNames: readonly string[] = [
  ...variableNames.filter((name) => !name.startsWith('BEDROCKENV_')),
  'AWS_DEFAULT_PROFILE',
  'AWS_DEFAULT_REGION',
  'AWS_ACCESS_KEY_ID',
];

/** What Claude Code uses without a region (2.1.330, measured). */
const fallbackRegion = 'us-east-1';

/**
 * Explains one variable. For Claude Code: its settings files in their order, then the shell, then what the variable
 * falls back to (measured on 2.1.330). The AWS CLI takes an empty variable for a value (2.36.12), the SDK does not.
 */
export function explain(inputs: ExplainInputs, name: string): Explained {
  const special = rules[name];
  if (special) return special(inputs, name);
  const [settings, shell] = [settingsSources(inputs, name), shellSources(inputs, name)];
  const isAws = name.startsWith('AWS_');
  return explained(
    name,
    [...settings, ...shell, ...wantedSources(inputs, name)],
    { claude: [...settings, ...shell], aws: isAws ? shell : [], sdk: isAws ? shell : [] },
    [],
  );
}

type Rule = (inputs: ExplainInputs, name: string) => Explained;

const rules: Readonly<Record<string, Rule>> = {
  AWS_PROFILE: explainProfile,
  AWS_REGION: explainRegion,
  AWS_DEFAULT_PROFILE: explainDefaultProfile,
  AWS_DEFAULT_REGION: explainDefaultRegion,
  AWS_ACCESS_KEY_ID: explainKeys,
  ANTHROPIC_MODEL: explainModel,
};

function explainModel(inputs: ExplainInputs, name: string): Explained {
  const strong = [...settingsSources(inputs, name), ...shellSources(inputs, name)];
  const key = keySources(inputs.settingsFiles, ['model']);
  const winner = winnerOf(strong);
  const preset = winner || winnerOf(key) ? null : ofClient(inputs, 'ANTHROPIC_DEFAULT_MODEL');
  const sources = [...strong, ...key, ...(preset ? [preset] : []), ...wantedSources(inputs, name)];
  const claude = winner ? [winner] : preset ? [preset] : key;
  const notes = preset ? ['ANTHROPIC_DEFAULT_MODEL says so, where nothing else names a model'] : [];
  return explained(name, sources, { claude, aws: [], sdk: [] }, notes);
}

/** The profile gives the credentials, unless something that beats it does. */
function explainProfile(inputs: ExplainInputs, name: string): Explained {
  const { aws, clientAws, env } = inputs;
  const [settings, shell] = [settingsSources(inputs, name), shellSources(inputs, name)];
  const exporter = exporterOf(inputs);
  const fallbackOf = (files: Aws): Source[] =>
    files.profile('default') ? [{ source: 'default', value: 'default' }] : [];
  const fallback = fallbackOf(aws);
  const named = first([...settings, ...shell]);
  // Empty too: the AWS CLI then looks for a profile without a name.
  const other = shellSources(inputs, 'AWS_DEFAULT_PROFILE');
  const notes: string[] = [];
  const known = named && isSet(named) ? named : null;
  const claude = exporter.length > 0 ? exporter : known ? [known] : hasClientKeys(inputs) ? [] : fallbackOf(clientAws);
  if (exporter.length > 0) notes.push('Claude Code gets credentials from awsCredentialExport, whatever the profile');
  if (winnerOf(tokenSources(inputs))) notes.push('Claude Code uses AWS_BEARER_TOKEN_BEDROCK instead of any profile');
  const asked = env.AWS_PROFILE ?? env.AWS_DEFAULT_PROFILE;
  const withKeys = env.AWS_ACCESS_KEY_ID ? ', whatever keys there are' : '';
  if (asked !== undefined && !aws.profile(asked)) {
    // That an empty AWS_DEFAULT_PROFILE is refused is said below.
    const isSaid = !first(shell) && asked === '' && !withKeys;
    if (!isSaid) notes.push(`the AWS CLI refuses a profile that there is not${withKeys}`);
  } else if (withKeys && first(shell)) notes.push('the AWS CLI uses AWS_ACCESS_KEY_ID instead of the profile');
  const isRole = takesWebIdentity(env, aws, env.AWS_PROFILE ?? env.AWS_DEFAULT_PROFILE ?? 'default');
  if (isRole && (first(shell) ?? first(other) ?? first(fallback))) {
    notes.push('the AWS CLI uses the role of AWS_WEB_IDENTITY_TOKEN_FILE instead of the profile');
  }
  if (other.length > 0 && !first(shell) && !env.AWS_ACCESS_KEY_ID) {
    const refused = env.AWS_DEFAULT_PROFILE === '' ? ', and refuses it because it is empty' : '';
    notes.push(`the AWS CLI takes AWS_DEFAULT_PROFILE, which Claude Code does not read${refused}`);
  }
  if (known && !clientAws.profile(known.value) && !clientAws.sdkProfile(known.value)) {
    notes.push(`there is no profile ${known.value}`);
  }
  return explained(
    name,
    [...exporter, ...settings, ...shell, ...wantedSources(inputs, name), ...fallback, ...fallbackOf(clientAws)],
    {
      claude: winnerOf(tokenSources(inputs)) ? [] : claude,
      aws: env.AWS_ACCESS_KEY_ID || isRole ? [] : [...shell, ...other, ...fallback],
      sdk:
        first(shell) || !(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY)
          ? [...shell.filter(isSet), ...fallback]
          : [],
    },
    notes,
  );
}

const tokenSources = (inputs: ExplainInputs) => [
  ...settingsSources(inputs, 'AWS_BEARER_TOKEN_BEDROCK'),
  ...shellSources(inputs, 'AWS_BEARER_TOKEN_BEDROCK'),
];

function explainRegion(inputs: ExplainInputs, name: string): Explained {
  const { aws, clientAws, env } = inputs;
  const [settings, shell] = [settingsSources(inputs, name), shellSources(inputs, name)];
  const second = [...settingsSources(inputs, 'AWS_DEFAULT_REGION'), ...shellSources(inputs, 'AWS_DEFAULT_REGION')];
  const shellSecond = shellSources(inputs, 'AWS_DEFAULT_REGION');
  const ofClaude = first([...settingsSources(inputs, 'AWS_PROFILE'), ...shellSources(inputs, 'AWS_PROFILE')])?.value;
  const claude = regionSource(clientAws, ofClaude || 'default', 'sdkProfile').filter(({ value }) =>
    clientRegion(value),
  );
  const cli = regionSource(aws, env.AWS_PROFILE ?? env.AWS_DEFAULT_PROFILE ?? 'default', 'profile');
  const sdk = regionSource(aws, env.AWS_PROFILE || 'default', 'sdkProfile');
  const fallback = { source: 'default', value: fallbackRegion };
  const own = regionOf([...settings, ...shell]);
  const chosen = own ?? regionOf(second);
  return explained(
    name,
    [
      // What only looks like the strongest comes after what is used.
      ...(own || !chosen ? [] : [chosen]),
      ...settings,
      ...shell,
      ...(own && env[name] ? [] : second),
      ...distinct([...claude, ...cli, ...sdk]),
      fallback,
      ...wantedSources(inputs, name),
    ],
    {
      claude: chosen ? [chosen] : [...claude, fallback],
      aws: [...shell, ...shellSecond, ...cli],
      sdk: [...shell.filter(isSet), ...sdk],
    },
    env[name] || !env.AWS_DEFAULT_REGION ? [] : ['the shell has AWS_DEFAULT_REGION, which the SDK does not read'],
  );
}

function explainDefaultProfile(inputs: ExplainInputs, name: string): Explained {
  const shell = shellSources(inputs, name);
  const notes = first(shell) ? ['Claude Code and the SDK do not read it; set AWS_PROFILE'] : [];
  const isUsed = inputs.env.AWS_PROFILE === undefined && !inputs.env.AWS_ACCESS_KEY_ID;
  return explained(
    name,
    [...settingsSources(inputs, name), ...shell],
    { claude: [], aws: isUsed ? shell : [], sdk: [] },
    notes,
  );
}

function explainDefaultRegion(inputs: ExplainInputs, name: string): Explained {
  const [settings, shell] = [settingsSources(inputs, name), shellSources(inputs, name)];
  const beaten = regionOf([...settingsSources(inputs, 'AWS_REGION'), ...shellSources(inputs, 'AWS_REGION')]);
  const clients = {
    claude: beaten ? [] : [...settings, ...shell],
    aws: inputs.env.AWS_REGION === undefined ? shell : [],
    sdk: [],
  };
  return explained(name, [...settings, ...shell], clients, []);
}

/** Keys in the environment: beside a profile, Claude Code and the SDK take the profile, the AWS CLI the keys. */
function explainKeys(inputs: ExplainInputs, name: string): Explained {
  const [settings, shell] = [settingsSources(inputs, name), shellSources(inputs, name)];
  const exporter = exporterOf(inputs);
  const profile = winnerOf([...settingsSources(inputs, 'AWS_PROFILE'), ...shellSources(inputs, 'AWS_PROFILE')]);
  const isBeaten = Boolean(profile || exporter.length > 0 || winnerOf(tokenSources(inputs)));
  const isHalf = !hasClientKeys(inputs) && first([...settings, ...shell].filter(isSet)) !== null;
  const notes = [
    ...(isBeaten && first(shell) ? ['Claude Code does not use the keys of the environment here'] : []),
    ...(isHalf ? ['its secret key is not set: Claude Code passes it over, the AWS CLI refuses it'] : []),
  ];
  return explained(
    name,
    [...settings, ...shell],
    {
      claude: isBeaten || !hasClientKeys(inputs) ? [] : [...settings, ...shell],
      aws: shell,
      sdk: inputs.env.AWS_PROFILE || !inputs.env.AWS_SECRET_ACCESS_KEY ? [] : shell,
    },
    notes,
  );
}

function explained(
  name: string,
  sources: readonly Source[],
  by: Record<Client, readonly Source[]>,
  notes: readonly string[],
): Explained {
  const winners = { claude: first(by.claude), aws: first(by.aws), sdk: first(by.sdk) };
  const pick = (key: keyof Source) => ({
    claude: winners.claude?.[key] ?? null,
    aws: winners.aws?.[key] ?? null,
    sdk: winners.sdk?.[key] ?? null,
  });
  return {
    name,
    sources: distinct(sources),
    winner: pick('source'),
    value: pick('value'),
    notes: [...disagreement(name, pick('value')), ...notes],
  };
}

/** Only variables that the AWS clients read can be disagreed on. */
function disagreement(name: string, value: Record<Client, string | null>): string[] {
  if (!['AWS_PROFILE', 'AWS_REGION'].includes(name)) return [];
  if (value.claude !== value.aws) return ['Claude Code and the AWS CLI disagree'];
  return value.aws === value.sdk ? [] : ['the AWS CLI and the SDK disagree'];
}

const first = (sources: readonly Source[]): Source | null => sources[0] ?? null;

const isSet = ({ value }: Source) => value !== '';

/** Of a region: what can be none is passed over, as an empty one is. */
function regionOf(sources: readonly Source[]): Source | null {
  const winner = winnerOf(sources);
  const value = winner && clientRegion(winner.value);
  return winner && value ? { ...winner, value } : null;
}

/** The command that gives Claude Code its credentials, without its secrets; an empty one cancels those of files it beats. */
function exporterOf({ settingsFiles }: ExplainInputs): Source[] {
  const [strongest] = keySources(settingsFiles, ['awsCredentialExport']);
  return strongest && strongest.value.trim() !== '' ? [{ ...strongest, value: maskText(strongest.value) }] : [];
}

/** Whether Claude Code has both keys of the environment; one alone it passes over. */
function hasClientKeys(inputs: ExplainInputs): boolean {
  return ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].every((name) => ofClient(inputs, name) !== null);
}

/** What settings and the shell give Claude Code for a variable. */
function ofClient(inputs: ExplainInputs, name: string): Source | null {
  return winnerOf([...settingsSources(inputs, name), ...shellSources(inputs, name)]);
}

/** The first that says anything decides; an empty value says: nothing. */
function winnerOf(sources: readonly Source[]): Source | null {
  const [strongest] = sources;
  return strongest && isSet(strongest) ? strongest : null;
}

function distinct(sources: readonly Source[]): Source[] {
  return sources.filter(
    ({ source, value }, at) => sources.findIndex((other) => other.source === source && other.value === value) === at,
  );
}
