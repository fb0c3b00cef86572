import { BedrockenvError, type Env, type TokenSource, timeLeft } from '@bedrockenv/core';
import { problemLine, say } from '../output/messages.ts';
import { quoted } from '../state/folder.ts';
import { awsVersion, isUnknownUsage, signInArguments, type Target, tooOld } from './aws.ts';
import { endCoolDown, isCoolingDown, sessionKey, startCoolDown } from './cool-down.ts';
import type { Flow } from './environment.ts';
import { findAws } from './find-aws.ts';
import { Interruption } from './interruption.ts';
import { lock } from './lock.ts';
import type { Renewal } from './renew.ts';
import { type Ending, printedVersion, runAws } from './run.ts';
import { isGood, readSessionTwice } from './token.ts';

export interface SignIn {
  state: string;
  source: TokenSource;
  target: Target;
  flow: Flow;
  /** The environment without bedrockenv: what `aws` runs in. */
  base: Env;
  /** A shell's hook asked: it says by itself how things stand, and pauses after a failure. */
  byHook: boolean;
  /** The session looks as if it renewed itself, but the server has refused. */
  refused?: boolean;
  /** Without a terminal `aws` ends by itself after this long, in ms. */
  timeout?: number;
}

/**
 * Signs in, once across all shells of this user, and waits for a sign-in that another shell has started.
 * @returns the exit code: 0 signed in, 1 failed, 4 not tried because it just failed elsewhere, 130 interrupted
 * @throws {BedrockenvError} `no-aws`, `state-folder`, `io`
 */
export async function signIn(request: SignIn): Promise<number> {
  const { state, source, base, byHook } = request;
  const aws = findAws(base, process.platform);
  using interruption = new Interruption();
  let release: () => Promise<void>;
  try {
    release = await lock(state, sessionKey(source.tokenFile), waiting, interruption.signal);
  } catch (error) {
    if (interruption.happened) return 130;
    throw error instanceof BedrockenvError && error.code === 'io' ? unkept(error) : error;
  }
  try {
    const session = await readSessionTwice(source);
    if (request.refused ? session.state === 'fresh' : isGood(session)) return done(request);
    if (byHook && isCoolingDown(state, source.tokenFile, Date.now())) return 4;
    const ending = await attempt(aws, request, interruption);
    if (ending.kind === 'done') {
      endCoolDown(state, source.tokenFile);
      return done(request);
    }
    pauseAfter(request);
    if (ending.kind === 'interrupted') return 130;
    // A hook's is that of the directory, which needs no name.
    const again = byHook ? 'bedrockenv login' : `bedrockenv login ${whom(request.target)}`;
    say(`the sign-in to ${source.name} failed: ${ending.reason}; to try again: ${again}`);
    return 1;
  } finally {
    await release();
  }
}

/** A pause that cannot be noted (the disk is full) is said, and changes nothing of how the sign-in ended. */
function pauseAfter({ state, source }: SignIn): void {
  try {
    startCoolDown(state, source.tokenFile, Date.now());
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    say(problemLine(error));
  }
}

/**
 * Has a session renew itself, once across all shells: who comes later finds it fresh.
 * @param ask the server
 * @throws {BedrockenvError} `state-folder`, `io`
 */
export async function renewOnce(
  { state, source }: Pick<SignIn, 'state' | 'source'>,
  ask: (signal: AbortSignal) => Promise<Renewal>,
): Promise<Renewal | { kind: 'interrupted' }> {
  using interruption = new Interruption();
  try {
    const release = await lock(state, sessionKey(source.tokenFile), waiting, interruption.signal);
    try {
      if ((await readSessionTwice(source)).state === 'fresh') return { kind: 'renewed' };
      return await ask(interruption.signal);
    } finally {
      await release();
    }
  } catch (error) {
    if (interruption.happened) return { kind: 'interrupted' };
    throw error;
  }
}

async function attempt(aws: string, request: SignIn, interruption: Interruption): Promise<Ending> {
  const { target, flow, base, source, timeout } = request;
  const env = { ...base };
  // A profile that is missing here fails even a sign-in that names its session.
  if (target.ssoSession !== null) {
    delete env.AWS_PROFILE;
    delete env.AWS_DEFAULT_PROFILE;
  }
  const asked = flow === 'device' && target.kind !== 'login';
  const version = asked ? awsVersion(await printedVersion(aws, env)) : null;
  if (interruption.happened) return { kind: 'interrupted' };
  const ending = await runAws(aws, signInArguments(target, flow, version), env, {
    interruption,
    inheritStdout: timeout !== undefined,
    ...(timeout === undefined ? {} : { timeout }),
  });
  if (ending.kind === 'failed' && isUnknownUsage(ending.code ?? 0)) {
    const used = version ?? awsVersion(await printedVersion(aws, env));
    return { ...ending, reason: tooOld(used, target.kind, process.platform) ?? ending.reason };
  }
  if (ending.kind !== 'done' || isGood(await readSessionTwice(source))) return ending;
  return { kind: 'failed', reason: `aws reported success, but there is no usable token in ${source.tokenFile}` };
}

async function done({ source, byHook }: SignIn): Promise<number> {
  if (byHook) return 0;
  const { expiresAt } = await readSessionTwice(source);
  const left = expiresAt === null ? '' : `, ${timeLeft(expiresAt - Date.now())} left`;
  say(`signed in to ${source.name}${left}`);
  return 0;
}

/** A disk that is full, or a folder that cannot be written: nothing keeps two shells from signing in at once then. */
function unkept({ code, message, where }: BedrockenvError): BedrockenvError {
  const fix = 'mend that and run: bedrockenv login, or sign in with: aws sso login';
  return new BedrockenvError(code, message, { fix, ...(where === undefined ? {} : { where }) });
}

function waiting(holder: number | null): void {
  say(`waiting for the sign-in of ${holder === null ? 'another shell' : `pid ${holder}`}`);
}

/** The line for a stale session where none is signed in to. @param why as a clause: `there is no terminal for it` */
export function loginNeeded({ name }: TokenSource, target: Target, why: string): BedrockenvError {
  return new BedrockenvError('login-needed', `session ${name} needs a sign-in, and ${why}`, {
    exitCode: 4,
    fix: `in a terminal: bedrockenv login ${whom(target)}`,
  });
}

function whom({ profile, ssoSession }: Target): string {
  return profile === null ? `--session ${quoted(ssoSession ?? '')}` : `--profile ${quoted(profile)}`;
}
