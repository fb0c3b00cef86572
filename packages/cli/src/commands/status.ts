import { BedrockenvError, printable, readDirectoryFile, type WantedKey, type Warning } from '@bedrockenv/core';
import { scopedKeys } from '../claude/scope.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { printJson } from '../output/json.ts';
import { problemLine, problems } from '../output/messages.ts';
import { statusText } from '../output/status-text.ts';
import { stdout } from '../output/streams.ts';
import { type Resolved, resolveLocated } from '../resolution.ts';
import { type KnownSession, knownSession } from '../sign-in/sessions.ts';
import { findUpwards } from '../state/directory.ts';
import { type Located, locate } from '../state/located.ts';

export type Approval = 'approved' | 'unapproved' | 'denied' | 'invalid' | 'none';

/** What applies in a directory, for people and programs. */
export interface Status {
  dir: string;
  located: Located;
  /** Somebody else could have filled the state folder, so nothing is applied anywhere. */
  isStateUnsafe: boolean;
  approval: Approval;
  resolution: Resolved | null;
  /** What Claude Code alone gets, with `scope: claude`. */
  clientKeys: readonly WantedKey[];
  session: KnownSession | null;
  warnings: Warning[];
}

export const status: Command = {
  name: 'status',
  summary: 'Show what applies in this directory, and why.',
  args: [],
  flags: [{ name: 'json', summary: 'for programs' }],
  examples: [
    ['bedrockenv status', 'settings with their sources, variables, session, warnings'],
    ['bedrockenv status --json | jq -r .approval', 'approved, unapproved, denied, invalid or none'],
  ],
  async run({ flags }, context) {
    const found = await statusOf(context);
    if (flags.json) printJson(statusJson(found));
    else stdout(statusText(found, context));
    return 0;
  },
};

/** Never fails for what a file says: every problem is a warning. */
export async function statusOf(context: Context): Promise<Status> {
  const dir = context.cwd();
  const warnings: Warning[] = [];
  let last: BedrockenvError | null = null;
  const trying = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof BedrockenvError)) throw error;
      last = error;
      for (const problem of problems(error)) warnings.push(asWarning(problem));
      return null;
    }
  };
  const found = trying(() => locate(context.state, dir));
  const located = found ?? nothingApproved(dir);
  const { nearest, bytes, obstacle } = located;
  let approval: Approval = nearest === null ? 'none' : (verdictOf(obstacle) ?? 'approved');
  if (nearest && bytes && approval !== 'denied') {
    const valid = trying(() => readDirectoryFile(bytes, nearest.path));
    if (valid === null) approval = 'invalid';
  }
  if (obstacle?.kind === 'broken' && nearest) {
    warnings.push({ code: 'broken', message: `${nearest.path} is broken (${obstacle.reason})`, fix: '' });
  }
  const resolution = found && trying(() => resolveLocated(context, located));
  if (resolution === null && last !== null) {
    const problem = last;
    const { forbiddenSettings } = await import('../claude/forbidden.ts');
    warnings.push(...(trying(() => forbiddenSettings(context, located.applies?.root ?? dir, problem)) ?? []));
  }
  for (const { path, reason } of resolution?.leftOut ?? []) {
    warnings.push({ code: 'left-out', message: `${path} ${reason}`, fix: '' });
  }
  warnings.push(...(resolution?.warnings ?? []), ...(resolution?.conflicts ?? []));
  if (resolution?.settings.scope.value === 'claude') {
    const { reachWarnings } = await import('../claude/reach.ts');
    warnings.push(...(trying(() => reachWarnings(context, resolution, located.applies?.root ?? null, dir)) ?? []));
  }
  const session = resolution?.session ? knownSession(resolution.session, Date.now()) : null;
  const clientKeys = resolution ? await scopedKeys(context, resolution) : [];
  return { dir, located, isStateUnsafe: found === null, approval, resolution, clientKeys, session, warnings };
}

/** Where the state folder cannot be trusted to say what is approved. */
function nothingApproved(dir: string): Located {
  const [nearest = null] = findUpwards(dir);
  const obstacle = nearest && ({ kind: 'unapproved' } as const);
  return { nearest, bytes: null, obstacle, blocked: null, applies: null };
}

function verdictOf(obstacle: Located['obstacle']): Approval | null {
  if (obstacle === null) return null;
  return obstacle.kind === 'broken' ? 'invalid' : obstacle.kind;
}

function asWarning(problem: BedrockenvError): Warning {
  return { code: problem.code, message: problemLine({ ...pick(problem), fix: undefined }), fix: problem.fix ?? '' };
}

const pick = ({ message, where }: BedrockenvError) => ({ message, where });

function statusJson({ dir, located, approval, resolution, session, warnings }: Status): object {
  const settings = Object.entries(resolution?.settings ?? {}).map(([key, { value, source }]) => [
    key,
    { value, source },
  ]);
  const variables = (resolution?.variables ?? []).map(({ op, name, value }) => [
    name,
    op === 'set' ? value : op === 'unset' ? null : '***',
  ]);
  return {
    dir,
    file: located.nearest?.path ?? null,
    approval,
    settings: Object.fromEntries(settings),
    variables: Object.fromEntries(variables),
    session: session
      ? { name: session.source.name, kind: session.source.kind, state: session.state, expiresAt: session.expiresAt }
      : { name: null, kind: null, state: 'none', expiresAt: null },
    warnings: warnings.map(({ code, message, fix }) => ({ code, message: printable(message), fix })),
  };
}
