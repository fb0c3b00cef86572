import { BedrockenvError, environmentFindings, type Finding, printable, readAws } from '@bedrockenv/core';
import { settingsFindings } from '../claude/findings.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { colours } from '../output/colours.ts';
import { printJson } from '../output/json.ts';
import { problems } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';
import { resolveLocated } from '../resolution.ts';
import { awsCliFindings, profilesFindings, sessionStateFindings, sourceOrNull } from '../sign-in/findings.ts';
import { readAwsFiles } from '../state/gather.ts';
import { locate } from '../state/located.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Look for what is wrong with the AWS configuration and the session, or not as it looks. It changes nothing.',
  args: [],
  flags: [{ name: 'json', summary: 'for programs' }],
  examples: [
    ['bedrockenv doctor', 'errors first, each with its fix'],
    ['bedrockenv doctor --json | jq -r \'.findings[] | select(.severity == "error").fix\'', 'what to do'],
  ],
  async run({ flags }, context) {
    const found = await findings(context);
    found.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
    if (flags.json) printJson({ findings: found.map(shownToPrograms) });
    else stdout(text(found, context));
    return found.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

const order: readonly Finding['severity'][] = ['error', 'warning', 'info'];

async function findings(context: Context): Promise<Finding[]> {
  const { base, home, state } = context;
  const at = { home, env: base };
  try {
    const files = readAwsFiles(at);
    const aws = readAws(files);
    const { used, problem } = usedProfile(context);
    const source = used === null ? null : sourceOrNull(aws, used, at);
    return [
      ...problem,
      ...environmentFindings(base, aws, files),
      ...profilesFindings(aws, used, at),
      ...(source === null || used === null ? [] : sessionStateFindings(state, source, used, Date.now())),
      ...(await awsCliFindings(base, source?.kind ?? null)),
      ...(problem.length > 0 ? [] : settingsFindings(context)),
    ];
  } catch (error) {
    return asFindings(error);
  }
}

/** The directory's profile, as far as it resolves; what keeps it from resolving, otherwise. */
function usedProfile(context: Context): { used: string | null; problem: Finding[] } {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE } = context.base;
  const ambient = AWS_PROFILE || AWS_DEFAULT_PROFILE || 'default';
  try {
    const { profile } = resolveLocated(context, locate(context.state, context.cwd()));
    return { used: profile ?? ambient, problem: [] };
  } catch (error) {
    return { used: ambient, problem: asFindings(error) };
  }
}

/** Every problem of a file; anything else that is thrown is a bug. */
function asFindings(error: unknown): Finding[] {
  if (!(error instanceof BedrockenvError)) throw error;
  return problems(error).map(({ code, message, where = null, fix = '' }) => ({
    ...{ code, severity: 'error', message, where, fix },
  }));
}

function shownToPrograms({ code, severity, message, where, fix }: Finding): object {
  const evidence = printable(where === null ? message : `${where}: ${message}`);
  return { code, severity, evidence, fix: printable(fix), docs: `docs/doctor.md#${code}` };
}

function text(found: readonly Finding[], { env }: Context): string {
  const { red, yellow, dim, green } = colours(1, env);
  if (found.length === 0) return `${green('nothing found')}\n`;
  const paint = { error: red, warning: yellow, info: dim };
  return found
    .map(({ severity, code, message, where, fix }) => {
      const first = `${paint[severity](severity)} ${code}: ${printable(message)}\n`;
      const place = where === null ? '' : `  at ${printable(where)}\n`;
      return `${first}${place}${fix === '' ? '' : `  fix: ${printable(fix)}\n`}`;
    })
    .join('');
}
