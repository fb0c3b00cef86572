import {
  type Aws,
  BedrockenvError,
  diagnose,
  doctorEntry,
  environmentFindings,
  type Facts,
  type Finding,
  keyPlace,
  readAws,
  readDirectoryFile,
  resolutionFindings,
} from '@bedrockenv/core';
import { driftFindings, reachFindings } from '../claude/findings.ts';
import { forbiddenSettings } from '../claude/forbidden.ts';
import type { Context } from '../context.ts';
import { problems } from '../output/messages.ts';
import { waiting } from '../output/progress.ts';
import { identityLocated, type Resolved, resolveLocated } from '../resolution.ts';
import { awsCliFindings, profilesFindings, sessionStateFindings, sourceOrNull } from '../sign-in/findings.ts';
import { quoted } from '../state/folder.ts';
import { type AwsFiles, readAwsFiles } from '../state/gather.ts';
import { type Located, locate } from '../state/located.ts';
import { gatherFacts } from './facts.ts';

interface Doctoring {
  isLive: boolean;
  isInvoking: boolean;
  /** Whether a person's shell runs this, and not a script. */
  isTerminal: boolean;
}

/** Everything that is wrong in a directory, the errors first. */
export async function findings(context: Context, options: Doctoring): Promise<Finding[]> {
  const found = new Map<string, Finding>();
  for (const finding of await all(context, options)) {
    const key = `${finding.code} ${finding.message}`;
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

const order: readonly Finding['severity'][] = ['error', 'warning', 'info'];

async function all(context: Context, options: Doctoring): Promise<Finding[]> {
  const { base, home, state } = context;
  const { isTerminal } = options;
  const at = { home, env: base };
  const { aws, awsFiles, broken } = readFiles(context);
  const { located, found } = directoryFindings(context);
  const { resolution, problem } = resolved(context, located);
  const used = resolution?.profile ?? (base.AWS_PROFILE || base.AWS_DEFAULT_PROFILE || 'default');
  const isIdle = resolution?.settings.api_key !== undefined;
  const source = isIdle ? null : sourceOrNull(aws, used, at);
  const { facts, ignored } = await gatherFacts(context, { aws, awsFiles, used, resolution, located, isTerminal });
  const ofAws =
    broken.length > 0
      ? []
      : [
          ...environmentFindings(base, aws, awsFiles),
          ...profilesFindings(aws, used, at),
          ...(source === null ? [] : sessionStateFindings(state, source, used, Date.now())),
        ];
  const offline = [
    ...broken,
    ...found,
    ...problem,
    ...ofAws,
    ...(await apiKeyFindings(context, resolution, options)),
    ...(await awsCliFindings(base, source?.kind ?? null)),
    ...ignored,
    ...(resolution ? driftFindings(context, resolution, located?.applies?.root ?? null, ignored) : []),
    // A file that the client ignores is said already, and why the keys in it do not count with it.
    ...(resolution && ignored.length === 0 ? reachFindings(context, resolution, located?.applies?.root ?? null) : []),
    ...resolutionFindings(facts),
    // Who cannot read the AWS files cannot say that nothing in them gives a region.
    ...diagnose(facts).filter(({ code }) => broken.length === 0 || code !== 'no-region'),
  ];
  if (!options.isLive || broken.length > 0) return offline;
  return [...offline, ...(await live(context, facts, located, options))];
}

/** The AWS files; where they cannot be read or are refused, none, and why. */
function readFiles({ home, base }: Context): { aws: Aws; awsFiles: AwsFiles; broken: Finding[] } {
  try {
    const awsFiles = readAwsFiles({ home, env: base });
    return { awsFiles, aws: readAws(awsFiles), broken: [] };
  } catch (error) {
    const none = { path: '', bytes: null };
    const awsFiles = { config: none, credentials: none };
    return { awsFiles, aws: readAws(awsFiles), broken: asFindings(error) };
  }
}

/** The directory file that should apply, and what keeps it from that. */
function directoryFindings(context: Context): { located: Located | null; found: Finding[] } {
  let located: Located;
  try {
    located = locate(context.state, context.cwd());
  } catch (error) {
    return { located: null, found: asFindings(error) };
  }
  const { nearest, bytes, obstacle } = located;
  if (nearest === null || obstacle === null) return { located, found: [] };
  const say = (code: string, message: string, fix: string): Finding[] => [
    { code, severity: doctorEntry(code)?.severity ?? 'error', message, fix, where: nearest.path },
  ];
  if (obstacle.kind === 'broken') {
    return { located, found: say('broken', `it is broken (${obstacle.reason})`, 'correct it, or remove it') };
  }
  if (obstacle.kind === 'denied') {
    const fix = `to have it asked for again: bedrockenv revoke ${quoted(nearest.root)}`;
    return { located, found: say('denied', 'it was denied, so nothing of it applies', fix) };
  }
  const fix = `to use it: bedrockenv allow ${quoted(nearest.root)}`;
  const found = say('unapproved', 'it is not approved, so nothing of it applies', fix);
  try {
    if (bytes) readDirectoryFile(bytes, nearest.path);
  } catch (error) {
    return { located, found: asFindings(error) };
  }
  return { located, found };
}

/** What the directory comes to; what keeps it from that, otherwise. */
function resolved(context: Context, located: Located | null): { resolution: Resolved | null; problem: Finding[] } {
  if (located === null) return { resolution: null, problem: [] };
  try {
    const resolution = resolveLocated(context, located);
    const problem = resolution.leftOut.map(
      ({ path, reason }): Finding => ({
        ...{ code: 'left-out', severity: 'warning', message: `it ${reason.replace(/; .*/, '')}`, where: path },
        fix: /not approved/.test(reason) ? reason.replace(/^.*; /, '') : 'correct it',
      }),
    );
    return { resolution, problem };
  } catch (error) {
    return { resolution: null, problem: [...asFindings(error), ...forbiddenFindings(context, located, error)] };
  }
}

/** A file that the client ignores, or that cannot be read, is another finding. */
function forbiddenFindings(context: Context, { applies }: Located, error: unknown): Finding[] {
  if (!(error instanceof BedrockenvError)) return [];
  try {
    const found = forbiddenSettings(context, applies?.root ?? context.cwd(), error);
    return found.map((warning) => ({ ...warning, severity: 'error', where: null }));
  } catch {
    return [];
  }
}

/** A command is not run but with --live: it may ask for a password, or cost something. */
async function apiKeyFindings(
  { base, home }: Context,
  resolution: Resolved | null,
  { isLive }: Doctoring,
): Promise<Finding[]> {
  const setting = resolution?.settings.api_key;
  if (!setting || ('command' in setting.value && !isLive)) return [];
  try {
    const { secretOf } = await import('../secrets.ts');
    await secretOf(keyPlace(setting.value, home), setting.value, base);
    return [];
  } catch (error) {
    return asFindings(error).map((finding) => ({ ...finding, where: setting.source }));
  }
}

async function live(
  context: Context,
  facts: Facts,
  located: Located | null,
  { isInvoking }: Doctoring,
): Promise<Finding[]> {
  const { liveFindings } = await import('./live.ts');
  const { liveQuestion } = await import('./question.ts');
  if (located === null) return [];
  try {
    const identity = identityLocated(context, located);
    const { question, invoked } = await liveQuestion(context, facts, identity);
    return await liveFindings(facts, {
      question,
      invoked,
      isInvoking,
      waitingFor: (what, work) => waiting(`waiting for ${what}`, context.env, work),
    });
  } catch (error) {
    return asFindings(error);
  }
}

/** Every problem of a file; anything else that is thrown is a bug. */
function asFindings(error: unknown): Finding[] {
  if (!(error instanceof BedrockenvError)) throw error;
  return problems(error).map(({ code, message, where = null, fix }) => ({
    ...{ code, severity: 'error', message, where, fix: fix || 'see: bedrockenv status' },
  }));
}
