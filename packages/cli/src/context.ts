import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { BedrockenvError, baseEnvironment, type Env } from '@bedrockenv/core';
import { stateFolder } from './state/places.ts';

/** Where a command runs: everything of the process that decisions may depend on. */
export interface Context {
  /** The environment as given. */
  readonly env: Env;
  /** The environment as it would be without bedrockenv: what directories are resolved against. */
  readonly base: Env;
  readonly home: string;
  /** The state folder, absolute; it need not exist. */
  readonly state: string;
  /** The current directory as the user named it. @throws {BedrockenvError} `directory-gone` */
  cwd(): string;
}

/** The context of this process. */
export async function processContext(env: Env): Promise<Context> {
  // On Windows a HOME is a Unix program's; the AWS CLI goes by USERPROFILE too.
  const home = process.platform !== 'win32' && isAbsolute(env.HOME ?? '') ? (env.HOME as string) : await systemHome();
  let base: Env | undefined;
  return {
    env,
    get base() {
      base ??= baseEnvironment(env);
      return base;
    },
    home,
    state: stateFolder(env, home),
    cwd: () => logicalDirectory(env.PWD),
  };
}

/**
 * The home folder that the system has for this user. An empty or relative HOME is none: below it, approvals would be looked
 * for in the current directory, where a repository could bring its own.
 * @throws {BedrockenvError} `no-home` for a user of whom the system has none, as in containers with `--user`
 */
async function systemHome(): Promise<string> {
  // The module takes a millisecond to load.
  const { homedir, userInfo } = await import('node:os');
  try {
    const home = process.platform === 'win32' ? homedir() : userInfo().homedir;
    if (isAbsolute(home)) return home;
  } catch {
    // The system does not know this user.
  }
  throw new BedrockenvError('no-home', 'there is no home folder for this user', {
    fix: 'set HOME to a folder of yours',
  });
}

/** `$PWD`, which keeps the names of symbolic links, when it names the directory that the process is in. */
function logicalDirectory(named: string | undefined): string {
  let real: string;
  try {
    real = process.cwd();
  } catch (cause) {
    throw new BedrockenvError('directory-gone', 'the current directory no longer exists', { fix: 'cd', cause });
  }
  if (named === undefined || named === real || !isAbsolute(named)) return real;
  try {
    const [a, b] = [statSync(named), statSync(real)];
    return a.ino === b.ino && a.dev === b.dev ? named : real;
  } catch {
    return real;
  }
}
