import { execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach } from 'vitest';

const packageFolder = resolve(import.meta.dirname, '..');

export const program = join(packageFolder, 'bin/bedrockenv.js');

await buildOnce();

/** Builds the CLI unless what lies in dist is newer than every source; test files that start together wait for one. */
async function buildOnce(): Promise<void> {
  const sources = ['cli', 'core', 'zsh', 'bash', 'fish'].map((name) => resolve(packageFolder, '..', name, 'src'));
  const newest = Math.max(...[...sources, join(packageFolder, 'build.mjs')].map(newestIn));
  const built = () => (statSync(join(packageFolder, 'dist/main.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0) > newest;
  const lock = join(packageFolder, 'dist/.building');
  mkdirSync(dirname(lock), { recursive: true });
  while (!built()) {
    try {
      mkdirSync(lock);
    } catch {
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 60_000)
        rmSync(lock, { recursive: true, force: true });
      await sleep(100);
      continue;
    }
    try {
      execFileSync(process.execPath, [join(packageFolder, 'build.mjs')], { stdio: 'inherit' });
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

function newestIn(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Options {
  /** A program and its arguments to run the CLI under. */
  under?: readonly string[];
  cwd?: string;
  env?: Record<string, string | undefined>;
  input?: string;
}

const sandboxes: string[] = [];

afterEach(() => {
  for (const folder of sandboxes.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A throw-away home folder with AWS files, and the CLI run in it. */
export class Sandbox {
  /** Without symbolic links. */
  readonly home: string;

  constructor() {
    this.home = realpathSync(mkdtempSync(join(tmpdir(), 'bedrockenv-cli-')));
    sandboxes.push(this.home);
    this.write('.aws/config', awsConfig);
  }

  get state(): string {
    return join(this.home, '.local/state/bedrockenv');
  }

  path(name: string): string {
    return join(this.home, name);
  }

  /** Writes a file below the home folder, and returns its path. */
  write(name: string, text: string | Uint8Array, mode?: number): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (mode !== undefined) chmodSync(path, mode);
    return path;
  }

  /** The text of a file below the home folder. */
  text(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** A project with a directory file; returns its directory. */
  project(name: string, text: string): string {
    return dirname(this.write(join(name, '.bedrockrc'), text));
  }

  environment(env: Options['env'] = {}): Record<string, string> {
    // Nothing asks the real AWS.
    const aws = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_EC2_METADATA_DISABLED: 'true' };
    const base = { HOME: this.home, PATH: process.env.PATH, LANG: 'C.UTF-8', ...aws, ...env };
    return Object.fromEntries(Object.entries(base).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >;
  }

  run(words: readonly string[], { cwd = this.home, env, input = '', under = [] }: Options = {}): Result {
    const options = {
      cwd,
      env: this.environment({ PWD: cwd, ...env }),
      input,
      encoding: 'utf8',
      timeout: 15_000,
    } as const;
    const [file, ...args] = [...under, process.execPath, program, ...words] as [string, ...string[]];
    const { status, stdout, stderr } = spawnSync(file, args, options);
    return { code: status, stdout, stderr };
  }

  /** Runs a command that must succeed, and returns its stdout. */
  ok(words: readonly string[], options?: Options): string {
    const { code, stdout, stderr } = this.run(words, options);
    if (code !== 0) throw new Error(`bedrockenv ${words.join(' ')}: exit code ${code}\n${stderr}`);
    return stdout;
  }

  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks for
  json(words: readonly string[], options?: Options): any {
    return JSON.parse(this.ok(words, options));
  }

  start(words: readonly string[], { cwd = this.home, env }: Options = {}, more: SpawnOptions = {}) {
    return spawn(process.execPath, [program, ...words], { cwd, env: this.environment({ PWD: cwd, ...env }), ...more });
  }

  readonly awsConfig = awsConfig;

  /** A token file of the session corp that expires in `left` ms, with more fields on request. */
  signIn(left: number, more: object = {}): string {
    const name = createHash('sha1').update('corp').digest('hex');
    const expiresAt = new Date(Date.now() + left).toISOString();
    return this.write(
      `.aws/sso/cache/${name}.json`,
      JSON.stringify({ accessToken: 'SECRETTOKEN', expiresAt, ...more }),
    );
  }

  /** Every file of the state folder, by its path there; not the list of folders above it, which says nothing of any command. */
  stateFiles(): string[] {
    const list = (folder: string): string[] =>
      readdirSync(join(this.state, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)],
      );
    const files = statSync(this.state, { throwIfNoEntry: false }) ? list('') : [];
    return files.filter((file) => file !== 'made-folders');
  }
}

export const awsConfig = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access

[profile corp-dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer
region = eu-central-1

[profile corp-role]
role_arn = arn:aws:iam::210987654321:role/Deploy
source_profile = corp-dev
region = us-east-1

[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111111111111
sso_role_name = Reader
region = us-west-2

[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMIsecretEXAMPLEKEY
region = us-east-1
`;
