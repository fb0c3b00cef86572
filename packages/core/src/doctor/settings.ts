import { kindOf } from '../aws/index.ts';
import { valueAt } from '../claude/index.ts';
import { keySources, type Source } from '../explain/sources.ts';
import { variableNames } from '../plan/names.ts';
import { firstWord } from './aws.ts';
import type { Entry, Evidence } from './entry.ts';
import { type ClientFile, type Facts, given, isBefore, isOn } from './facts.ts';
import { shown } from './shown.ts';

/** Claude Code's settings files. */
export const settingsEntries: readonly Entry[] = [
  {
    code: 'settings-ignored',
    severity: 'error',
    meaning:
      'Claude Code ignores the whole file: comments, a comma too many, broken JSON, nothing in it, or a value that its key does not take',
  },
  { code: 'settings-broken', severity: 'error', meaning: 'it is no file that can be read' },
  { code: 'not-utf-8', severity: 'error', meaning: 'it is not UTF-8' },
  {
    code: 'settings-drift',
    severity: 'warning',
    meaning: 'what [claude-settings](claude-settings.md) wrote was changed by hand, or something else applies by now',
  },
  {
    code: 'settings-out-of-reach',
    severity: 'warning',
    meaning:
      "with `scope: claude`: Claude Code started here does not read the project's settings ([where it looks](claude-settings.md#scope-claude))",
  },
  {
    code: 'settings-beaten',
    severity: 'warning',
    meaning: "with `scope: claude`: the settings at the top of the repository beat the project's",
  },
  {
    code: 'settings-not-written',
    severity: 'warning',
    meaning: 'with `scope: claude`, outside of projects: your own settings do not say what the user config does',
  },
  {
    code: 'settings-bedrock-off',
    severity: 'error',
    meaning: '`"CLAUDE_CODE_USE_BEDROCK": ""` or `"0"` in settings turns Amazon Bedrock off, whatever the shell says',
    find: bedrockOff,
  },
  {
    code: 'settings-beat-shell',
    severity: 'warning',
    meaning: 'settings beat the shell, and they say something else',
    find: beatShell,
  },
  {
    code: 'settings-aws-files',
    severity: 'warning',
    meaning:
      'settings name other AWS files than the shell: Claude Code reads other profiles than the AWS CLI and bedrockenv',
    find: ({ clientFiles, env }) =>
      ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'].flatMap((name) => {
        const [settings] = keySources(clientFiles, ['env', name]);
        if (!settings || settings.value === (env[name] ?? '')) return [];
        const message = `${name} of this file is for Claude Code alone, which so reads other profiles than the AWS CLI and bedrockenv`;
        const fix = `remove it there, and set ${name} in the shell's start-up file`;
        return [{ message, fix, where: settings.source }];
      }),
  },
  {
    code: 'settings-everywhere',
    severity: 'info',
    meaning:
      "the user's settings choose profile, region or models for every directory, as `/setup-bedrock` of Claude Code writes them",
    find: everywhere,
  },
  {
    code: 'settings-managed',
    severity: 'info',
    meaning: 'the settings of the machine decide, and nobody but its administrator can change them',
    find: ({ clientFiles }) =>
      clientFiles.flatMap((file) => {
        const names = file.scope === 'managed' ? deciding(file) : [];
        if (names.length === 0) return [];
        const message = `this machine's settings decide ${names.join(', ')}`;
        return [{ message, fix: 'ask its administrator', where: file.path }];
      }),
  },
  {
    code: 'settings-tracked',
    severity: 'warning',
    meaning: '`.claude/settings.local.json` is in git, although it is of this machine alone',
    find: ({ clientFiles }) =>
      clientFiles.flatMap(({ scope, isTracked, path }) => {
        if (scope !== 'local' || !isTracked) return [];
        const fix = 'git rm --cached .claude/settings.local.json, and a line for it in .gitignore';
        return [{ message: 'git follows this file, which is of this machine alone', fix, where: path }];
      }),
  },
  {
    code: 'settings-secret',
    severity: 'error',
    meaning: 'a secret stands in settings; an error in a file that others get too',
    find: secrets,
  },
  {
    code: 'auth-refresh-with-token',
    severity: 'warning',
    meaning: '`awsAuthRefresh` beside an API key and no other credentials: it signs in at each start, for nothing',
    find: (facts) => {
      const refresh = commandOf(facts, 'awsAuthRefresh');
      if (!refresh || !given(facts, 'AWS_BEARER_TOKEN_BEDROCK')) return [];
      if (given(facts, 'AWS_PROFILE') || facts.env.AWS_ACCESS_KEY_ID) return [];
      const message = 'awsAuthRefresh runs at each start, because an API key is no credentials for AWS STS';
      return [{ message, fix: 'remove awsAuthRefresh, or the API key', where: refresh.source }];
    },
  },
  {
    code: 'credential-export-first',
    severity: 'warning',
    meaning: '`awsCredentialExport` beats the profile that applies',
    find: exportFirst,
  },
  {
    code: 'credential-export-form',
    severity: 'error',
    meaning:
      'what `awsCredentialExport` prints is in a form that this Claude Code does not read (flat, before 2.1.181)',
    find: (facts) => {
      const command = commandOf(facts, 'awsCredentialExport');
      if (!command || !awsExport.test(command.value) || !isBefore(facts.claude, [2, 1, 181])) return [];
      const message = 'aws configure export-credentials prints a form that Claude Code reads since 2.1.181';
      return [{ message, fix: 'claude update, or: bedrockenv claude-settings --write', where: command.source }];
    },
  },
  {
    code: 'credential-export-token',
    severity: 'error',
    meaning: '`awsCredentialExport` prints access keys without a session token, which Claude Code does not take',
    find: exportToken,
  },
  {
    code: 'settings-command-missing',
    severity: 'error',
    meaning: 'the program of `awsAuthRefresh` or `awsCredentialExport` does not exist (any more)',
    find: ({ clientFiles, hasProgram }) =>
      ['awsAuthRefresh', 'awsCredentialExport'].flatMap((key) => {
        const [command] = keySources(clientFiles, [key]);
        const words = command ? wordsOf(command.value) : [];
        const gone = words.find((word, at) => (at === 0 || /^(\/|[A-Za-z]:\\)/.test(word)) && !hasProgram(word));
        if (!command || gone === undefined) return [];
        const message = `${key}: there is no ${shown(gone)}`;
        return [{ message, fix: 'bedrockenv claude-settings --write, or correct it', where: command.source }];
      }),
  },
];

/** A command of settings; an empty one cancels those of files that it beats. */
function commandOf({ clientFiles }: Facts, key: 'awsAuthRefresh' | 'awsCredentialExport'): Source | null {
  const [strongest] = keySources(clientFiles, [key]);
  return strongest && strongest.value.trim() !== '' ? strongest : null;
}

const awsExport = /\baws(\.exe)?"?\s+.*\bconfigure\s+export-credentials\b|\bconfigure\s+export-credentials\b/;

/** The program, and of one that runs a script the script. */
function wordsOf(command: string): string[] {
  const program = firstWord(command);
  if (program === null) return [];
  const rest = command.slice(command.indexOf(program) + program.length).replace(/^["']/, '');
  const second = /(^|[/\\])node(\.exe)?$/.test(program) ? firstWord(rest) : null;
  return second === null ? [program] : [program, second];
}

function bedrockOff(facts: Facts): Evidence[] {
  const [settings] = keySources(facts.clientFiles, ['env', 'CLAUDE_CODE_USE_BEDROCK']);
  if (!settings || isOn({ ...settings, by: 'settings' })) return [];
  const below = facts.resolution?.clientVariables.some(({ name }) => name === 'CLAUDE_CODE_USE_BEDROCK');
  if (!below && !isOn({ value: facts.env.CLAUDE_CODE_USE_BEDROCK ?? '', source: 'shell', by: 'shell' })) return [];
  const message = `CLAUDE_CODE_USE_BEDROCK is ${JSON.stringify(shown(settings.value))} here, so Claude Code does not use Amazon Bedrock`;
  return [{ message, fix: `remove CLAUDE_CODE_USE_BEDROCK from env in ${fileOf(settings)}`, where: settings.source }];
}

const secretNames = ['AWS_BEARER_TOKEN_BEDROCK', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Each variable of the closed list whose value settings change. What bedrockenv wrote itself is drift. */
function beatShell(facts: Facts): Evidence[] {
  return variableNames.flatMap((name) => {
    const [settings] = keySources(facts.clientFiles, ['env', name]);
    if (!settings || name === 'CLAUDE_CODE_USE_BEDROCK') return [];
    if (facts.clientFiles.some(({ path, ours }) => fileOf(settings) === path && ours.includes(name))) return [];
    const wanted = facts.resolution?.clientVariables.find((variable) => variable.name === name);
    const below = wanted ? (wanted.op === 'set' ? wanted.value : null) : (facts.env[name] ?? null);
    if (below === null || below === '' || below === settings.value) return [];
    const values = secretNames.includes(name)
      ? ''
      : ` (${shown(settings.value) || 'nothing'} instead of ${shown(below)})`;
    const message = `${name} of this file beats ${wanted ? 'what applies here' : 'the shell'}${values}`;
    const fix = `remove it there, or run: bedrockenv claude-settings --write; see: bedrockenv explain ${name}`;
    return [{ message, fix, where: settings.source }];
  });
}

/** The names in a file that decide where requests go, other than those that bedrockenv wrote. */
function deciding({ settings, ours }: ClientFile): string[] {
  const inEnv = variableNames.filter((name) => valueAt(settings, ['env', name]) !== undefined);
  const keys = ['model', 'awsAuthRefresh', 'awsCredentialExport'].filter(
    (key) => valueAt(settings, [key]) !== undefined,
  );
  return [...inEnv, ...keys].filter((name) => !ours.includes(name));
}

function everywhere({ clientFiles, resolution }: Facts): Evidence[] {
  if (!resolution || resolution.clientVariables.length === 0) return [];
  return clientFiles.flatMap((file) => {
    const names =
      file.scope === 'user' ? deciding(file).filter((name) => /^(AWS_|ANTHROPIC_|CLAUDE_CODE_USE)/.test(name)) : [];
    if (names.length === 0) return [];
    const message = `in every directory this file decides ${names.join(', ')}`;
    return [{ message, fix: 'remove them there; what you want everywhere: bedrockenv use --global', where: file.path }];
  });
}

function secrets({ clientFiles }: Facts): Evidence[] {
  return clientFiles.flatMap((file) =>
    secretNames.flatMap((name) => {
      const value = valueAt(file.settings, ['env', name]);
      if (typeof value !== 'string' || value === '' || name === 'AWS_ACCESS_KEY_ID') return [];
      const [at] = keySources([file], ['env', name]);
      const isShared = file.isTracked || file.scope === 'project';
      const message = `${name} stands in this file${isShared ? ', which others get too' : ''}`;
      const fix = 'remove it, have it replaced, and use a profile or api_key: in the user config';
      const severity = isShared ? 'error' : 'warning';
      return [{ message, fix, where: at?.source ?? file.path, severity }];
    }),
  );
}

function exportFirst(facts: Facts): Evidence[] {
  const command = commandOf(facts, 'awsCredentialExport');
  if (!command || !facts.used || !facts.aws.profile(facts.used)) return [];
  if (facts.clientFiles.some(({ path, ours }) => fileOf(command) === path && ours.includes('awsCredentialExport')))
    return [];
  if (/\bcredentials\b.*--no-fallback/.test(command.value)) return [];
  const named = profileOf(command.value);
  if (named === facts.used) return [];
  const whose = named === null ? '' : `, those of profile "${shown(named)}"`;
  const message = `awsCredentialExport gives Claude Code its credentials${whose}, whatever the profile "${shown(facts.used)}"`;
  return [
    { message, fix: 'remove awsCredentialExport, or: bedrockenv claude-settings --write', where: command.source },
  ];
}

function exportToken(facts: Facts): Evidence[] {
  const command = commandOf(facts, 'awsCredentialExport');
  if (!command || !awsExport.test(command.value)) return [];
  const profile = profileOf(command.value) ?? facts.used;
  if (profile === null || kindOf(facts.aws, profile) !== 'static') return [];
  if ('aws_session_token' in (facts.aws.profile(profile) ?? {})) return [];
  const message = `profile "${shown(profile)}" has access keys without a session token, which awsCredentialExport needs`;
  const fix = `use: bedrockenv credentials --profile "${shown(profile)}", which asks for a temporary one`;
  return [{ message, fix, where: command.source }];
}

function profileOf(command: string): string | null {
  const match = /--profile[= ]+(?:"([^"]+)"|'([^']+)'|([^\s"']+))/.exec(command);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}

function fileOf({ source }: Source): string {
  return source.replace(/:\d+$/, '');
}
