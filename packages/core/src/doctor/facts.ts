import { type Aws, type AwsFile, settingOf } from '../aws/index.ts';
import { isOn as isOnText } from '../claude/reading.ts';
import type { Env } from '../env.ts';
import { keySources, type ReadSettings } from '../explain/index.ts';
import { clientRegion } from '../resolution/region.ts';
import type { Resolution } from '../resolution/resolve.ts';

/** A settings file of Claude Code, with what matters of it besides its text. */
export interface ClientFile extends ReadSettings {
  scope: 'user' | 'project' | 'local' | 'managed';
  /** Whether git follows it. */
  isTracked: boolean;
  /** The names of the keys in it that bedrockenv wrote. */
  ours: readonly string[];
}

/** What is installed of a program; a version that cannot be told is null. */
export interface Program {
  path: string;
  version: readonly [major: number, minor: number, patch: number] | null;
}

/** A file with a hook, or for one. */
interface HookFile {
  file: string;
  shell: string;
  /** Whether `setup` writes this file, which puts more into it than the hook. */
  isOfSetup: boolean;
  /** The folder that it should be in, if that is not there. */
  missingFolder: string | null;
}

/** How the hook stands in the user's shell. */
export interface HookFacts {
  /** The user's shell, as it is started. */
  shell: string;
  /** The line that loads the hook, as documented. */
  line: string;
  /** The file that it belongs into. */
  rc: string;
  /** The places that load it, as `file:line`. */
  loads: readonly string[];
  /** Whether every file that start-up files source could be looked at. */
  isWhole: boolean;
  /** Lines behind one of those that set anew what the hook has put itself into, and the variable's name. */
  overwritten: readonly { where: string; name: string }[];
  /** Files that those lines load and that do not exist. */
  gone: readonly (HookFile & { where: string })[];
  /** Files of a hook that are not what this version would write. */
  old: readonly HookFile[];
  /** Files of a hook, with the program that they run and that is not there any more. */
  cliGone: readonly (HookFile & { program: string })[];
  /** Whether the shell that started this process has set what applies here; null: it cannot be told. */
  isActive: boolean | null;
}

/** Everything that the checks look at. It is gathered by whoever may read files and start programs. */
export interface Facts {
  /** Without what bedrockenv has set. */
  env: Env;
  home: string;
  aws: Aws;
  awsFiles: { config: AwsFile; credentials: AwsFile };
  /** The profile of the directory. */
  used: string | null;
  /** What applies in the directory; null where it does not resolve. */
  resolution: Resolution | null;
  /** Claude Code's settings files that count here, the one that beats the others first. */
  clientFiles: readonly ClientFile[];
  claude: Program | null;
  /** The node that `#!/usr/bin/env node` finds. */
  node: Program | null;
  hook: HookFacts | null;
  /** Whether there is such a program; a path or a name. */
  hasProgram: (name: string) => boolean;
  hasFile: (path: string) => boolean;
  /** The version of bedrockenv's own oldest Node. */
  leastNode: number;
}

/** What Claude Code gets for a variable, and from where. */
export interface Given {
  value: string;
  /** `file:line`, or `shell`. */
  source: string;
  by: 'settings' | 'bedrockenv' | 'shell';
}

/**
 * What Claude Code gets for a variable in this directory: its settings files beat what bedrockenv sets, and that beats
 * what the shell has otherwise. An empty value cancels what is below it, and is as if the variable were not set.
 * A secret that bedrockenv fetches is `***`.
 */
export function given({ clientFiles, resolution, env }: Facts, name: string): Given | null {
  const [settings] = keySources(clientFiles, ['env', name]);
  if (settings) return settings.value === '' ? null : { ...settings, by: 'settings' };
  const wanted = resolution?.clientVariables.find((variable) => variable.name === name);
  if (wanted?.op === 'unset') return null;
  if (wanted) {
    const value = wanted.op === 'set' ? wanted.value : '***';
    return { value, source: wanted.source, by: 'bedrockenv' };
  }
  const value = env[name];
  return value ? { value, source: 'shell', by: 'shell' } : null;
}

/** Whether a switch is on for Claude Code. */
export function isOn(given: Given | null): boolean {
  return isOnText(given?.value);
}

/** Whether Claude Code uses Amazon Bedrock here. */
export function usesBedrock(facts: Facts): boolean {
  return isOn(given(facts, 'CLAUDE_CODE_USE_BEDROCK'));
}

/**
 * The region that Claude Code sends requests to: AWS_REGION, AWS_DEFAULT_REGION, the profile's own, us-east-1; one that
 * can be none is passed over (measured on 2.1.330).
 */
export function regionOfClient(facts: Facts): string {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = clientRegion(given(facts, name)?.value ?? '');
    if (value) return value;
  }
  return regionOfClientsProfile(facts) ?? 'us-east-1';
}

/** The region of the profile that Claude Code uses, which settings may name, and AWS_DEFAULT_PROFILE does not. */
export function regionOfClientsProfile(facts: Facts): string | null {
  const section = facts.aws.sdkProfile(given(facts, 'AWS_PROFILE')?.value ?? 'default');
  return clientRegion((section && settingOf(section, 'region')) ?? '');
}

/** Where a variable is to be changed, as a fix. */
export function removal(name: string, { by, source }: Given): string {
  if (by === 'shell') return `unset ${name}`;
  if (by === 'settings') return `remove ${name} from env in ${source.replace(/:\d+$/, '')}`;
  return `see: bedrockenv explain ${name}`;
}

/** The place of a variable, where it has one. */
export function place({ source, by }: Given): string | null {
  return by === 'shell' || source === 'default' ? null : source;
}

/** Whether a program is older than a version. */
export function isBefore(program: Program | null, version: readonly [number, number, number]): boolean {
  if (!program?.version) return false;
  for (const [at, part] of program.version.entries()) {
    if (part !== version[at]) return part < (version[at] as number);
  }
  return false;
}
