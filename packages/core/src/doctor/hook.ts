import { printable } from '../display.ts';
import type { Entry } from './entry.ts';
import type { HookFacts } from './facts.ts';

/** The user's shell, and other tools in it that set the same variables. */
export const hookEntries: readonly Entry[] = [
  {
    code: 'hook-missing',
    severity: 'warning',
    meaning: 'no start-up file of your shell loads the hook',
    find: ({ hook }) => {
      if (!hook || hook.loads.length > 0 || hook.isActive) return [];
      const severity = hook.isWhole ? 'warning' : 'info';
      const message = hook.isWhole
        ? `no start-up file loads the hook, so ${hook.shell} sets nothing on cd`
        : `${printable(hook.rc)} does not load the hook, nor does what it sources as far as that can be told`;
      return [{ message, fix: `add to ${printable(hook.rc)}: ${hook.line}`, severity }];
    },
  },
  {
    code: 'hook-not-loaded',
    severity: 'warning',
    meaning: 'a start-up file loads it, and this shell has not set what applies here: it is older than that line',
    find: ({ hook, resolution, env }) => {
      if (!hook || hook.loads.length === 0 || hook.isActive !== false || env.BEDROCKENV_DISABLE) return [];
      // Nor would a new shell.
      if (hook.overwritten.length > 0) return [];
      if (!resolution || resolution.variables.length === 0) return [];
      const isLate = /bash|pwsh/.test(hook.shell);
      const message = `what applies here is not set in this shell${isLate ? ' (yet, where it is on the same line as the cd)' : ''}`;
      return [{ message, fix: `exec ${hook.shell}`, where: hook.loads[0] ?? null }];
    },
  },
  {
    code: 'hook-overwritten',
    severity: 'warning',
    meaning:
      'a start-up file loads it, and a later line throws away what it has put into `PROMPT_COMMAND` or `precmd_functions`',
    find: ({ hook }) =>
      hook?.isActive
        ? []
        : (hook?.overwritten ?? []).map(({ where, name }) => ({
            message: `${name} is set anew behind the line that loads the hook, so the hook does not run`,
            fix: `move ${printable(hook?.loads[0] ?? '')} below this line`,
            where,
          })),
  },
  {
    code: 'hook-twice',
    severity: 'warning',
    meaning: 'start-up files load it more than once, which only takes time',
    find: ({ hook }) => {
      const [, ...others] = hook?.loads ?? [];
      return others.map((where) => ({
        message: 'the hook is loaded a second time here',
        fix: 'remove the line',
        where,
      }));
    },
  },
  {
    code: 'hook-gone',
    severity: 'error',
    meaning: 'a start-up file loads a file that does not exist',
    find: ({ hook }) =>
      (hook?.gone ?? []).map((each) => ({
        message: `there is no ${printable(each.file)}`,
        fix: write(each),
        where: each.where,
      })),
  },
  {
    code: 'hook-old',
    severity: 'warning',
    meaning: 'the hook in a file is of another version than `bedrockenv`',
    find: ({ hook }) =>
      (hook?.old ?? []).map((each) => ({
        message: 'this hook is not the one of this bedrockenv',
        fix: write(each),
        where: each.file,
      })),
  },
  {
    code: 'hook-cli-gone',
    severity: 'warning',
    meaning: 'the node or the bedrockenv that the hook runs does not exist any more',
    find: ({ hook }) =>
      (hook?.cliGone ?? []).map((each) => ({
        message: `this hook runs ${printable(each.program)}, which does not exist any more`,
        fix: write(each),
        where: each.file,
      })),
  },
  {
    code: 'disabled',
    severity: 'info',
    meaning: '`BEDROCKENV_DISABLE` is set: the hooks do nothing',
    find: ({ env }) =>
      env.BEDROCKENV_DISABLE
        ? [{ message: 'BEDROCKENV_DISABLE is set, so the hooks do nothing', fix: 'unset BEDROCKENV_DISABLE' }]
        : [],
  },
  {
    code: 'direnv-too',
    severity: 'info',
    meaning: 'an `.envrc` that uses bedrock has this directory: the hook does nothing in it',
    find: ({ env, hook }) =>
      env.BEDROCKENV_DIRENV && hook && hook.loads.length > 0
        ? [
            {
              message: `direnv sets the variables below ${printable(env.BEDROCKENV_DIRENV)}, and the hook does nothing there`,
              fix: 'if that is not meant, remove use bedrock from the .envrc',
            },
          ]
        : [],
  },
  {
    code: 'other-tool',
    severity: 'warning',
    meaning: 'another tool set the AWS variables of this shell: aws-vault, granted, awsume, aws-sso-cli, saml2aws',
    find: ({ env }) =>
      tools.flatMap(([tool, name, leave]) =>
        env[name] && (env.AWS_PROFILE || env.AWS_ACCESS_KEY_ID)
          ? [{ message: `${tool} set the AWS variables of this shell (${name})`, fix: leave }]
          : [],
      ),
  },
];

/** Tools by a variable that they leave in the shell, and how to leave what they set. */
const tools: readonly (readonly [tool: string, variable: string, leave: string])[] = [
  ['aws-vault', 'AWS_VAULT', 'exit, which leaves the shell of aws-vault'],
  ['granted', 'GRANTED_SSO', 'assume --unset'],
  ['awsume', 'AWSUME_PROFILE', 'awsume --unset'],
  ['aws-sso-cli', 'AWS_SSO_PROFILE', 'aws-sso-clear'],
  ['saml2aws', 'SAML2AWS_PROFILE', 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'],
];

/** Writes a hook's file anew, by one command that works as it is. */
function write({ shell, file, isOfSetup, missingFolder }: HookFacts['old'][number]): string {
  if (isOfSetup) return `bedrockenv setup --yes --shell ${shell}`;
  const first = missingFolder === null ? '' : `mkdir -p ${word(missingFolder)} && `;
  return `${first}bedrockenv hook ${shell} > ${word(file)}`;
}

function word(text: string): string {
  const path = printable(text);
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
