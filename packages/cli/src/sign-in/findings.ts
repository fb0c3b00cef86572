import type { Aws, Env, Finding, TokenSource } from '@bedrockenv/core';
import { ignoredFindings, sessionFindings, tokenSource, viewFindings } from '@bedrockenv/core';
import { quoted } from '../state/folder.ts';
import { readFile } from '../state/read.ts';
import { awsVersion, installHint, isOlder, tooOld } from './aws.ts';
import { isCoolingDown } from './cool-down.ts';
import { findAws } from './find-aws.ts';
import { printedVersion } from './run.ts';
import { readSession } from './token.ts';

/**
 * What is to say about the profiles. Of those that are not used here nothing is worse than a warning: they may be for
 * other tools.
 * @param used the profile of the directory
 */
export function profilesFindings(aws: Aws, used: string | null, at: { home: string; env: Env }): Finding[] {
  const names = new Set([...(used === null ? [] : [used]), ...aws.profileNames(), ...aws.sdkProfileNames()]);
  const end = used === null ? null : (sourceOrNull(aws, used, at)?.profile ?? null);
  const found = new Map<string, Finding>();
  for (const name of names) {
    if (!aws.profile(name) && !aws.sdkProfile(name)) continue;
    for (const finding of [...viewFindings(aws, name), ...sessionFindings(aws, name, at)]) {
      const isUsed = name === used || name === end;
      const severity = finding.severity === 'error' && !isUsed ? 'warning' : finding.severity;
      const key = `${finding.code} ${finding.message}`;
      if (!found.has(key)) found.set(key, { ...finding, severity });
    }
  }
  return [...found.values(), ...ignoredFindings(aws)];
}

/** The session behind a profile; null where there is none, or where the profile leads nowhere, which is told by itself. */
export function sourceOrNull(aws: Aws, profile: string, at: { home: string; env: Env }): TokenSource | null {
  try {
    return tokenSource(aws, profile, at);
  } catch {
    return null;
  }
}

/** What is to say about the session that is used here. @param now epoch in ms */
export function sessionStateFindings(state: string, source: TokenSource, profile: string, now: number): Finding[] {
  const { name, kind, tokenFile } = source;
  const found: Finding[] = [];
  const say = (
    severity: Finding['severity'],
    code: string,
    message: string,
    fix: string,
    where: string | null = null,
  ) => found.push({ code, severity, message, fix, where });
  const read = readFile(tokenFile, 1 << 20);
  const session = readSession(source, now);
  const login = `bedrockenv login --profile ${quoted(profile)}`;
  if (read.kind === 'broken') {
    say(
      'error',
      'session-unreadable',
      `the token of session ${name} is ${read.reason}`,
      `look at ${tokenFile}`,
      tokenFile,
    );
  } else if (session.state === 'missing') {
    const what = read.kind === 'file' ? 'is not one that the AWS clients can use' : 'is not there';
    say('warning', 'session-missing', `the token of session ${name} ${what}`, login, tokenFile);
  } else if (session.state === 'expired') {
    say('warning', 'session-expired', `session ${name} has expired`, login, tokenFile);
  }
  if (kind === 'sso-legacy') {
    const fix = 'aws configure sso-session, and sso_session in the profile';
    say('info', 'session-legacy', `session ${name} cannot renew itself: its start URL stands in the profile`, fix);
  } else if (session.state === 'fresh' && !session.refreshable) {
    const fix = `add sso_registration_scopes = sso:account:access to [sso-session ${name}], and sign in again`;
    say('info', 'session-not-renewing', `session ${name} cannot renew itself: its token has nothing for that`, fix);
  }
  if (isCoolingDown(state, tokenFile, now)) {
    say('info', 'cool-down', `no shell signs in to ${name} now, as a sign-in has just failed`, login);
  }
  return found;
}

/** What is to say about the AWS CLI, which signs in. @param kind of the session that is used here */
export async function awsCliFindings(env: Env, kind: TokenSource['kind'] | null): Promise<Finding[]> {
  const { platform } = process;
  const severity = kind === null ? 'warning' : 'error';
  let aws: string;
  try {
    aws = findAws(env, platform);
  } catch {
    const message = 'there is no aws on PATH, which signs in';
    return [{ code: 'no-aws', severity, message, where: null, fix: `install it: ${installHint(platform)}` }];
  }
  const version = awsVersion(await printedVersion(aws, env));
  const fix = `install the present one: ${installHint(platform)}`;
  const old = tooOld(version, kind ?? 'sso', platform);
  if (old !== null) return [{ code: 'aws-old', severity, message: old, where: aws, fix }];
  if (version && isOlder(version, 22)) {
    const message = `aws is version ${version.major}.${version.minor}: its sign-in always prints a code`;
    return [{ code: 'aws-before-2-22', severity: 'info', message, where: aws, fix }];
  }
  return [];
}
