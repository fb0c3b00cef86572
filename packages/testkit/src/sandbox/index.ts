import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { writeBrowser } from '../browser/index.ts';
import { sampleAwsConfig, sampleAwsCredentials } from './aws-config.ts';
import { openUp } from './open-up.ts';
import { type TokenLook, tokenFileName, tokenText } from './token.ts';

export { sampleAwsConfig, sampleAwsCredentials, sampleSessions } from './aws-config.ts';
export { type TokenLook, tokenFileName, tokenText } from './token.ts';

export interface SandboxOptions {
  /** Where AWS is (`FakeAws.url`). Without it AWS_ENDPOINT_URL points at a closed port: no test calls the real one. */
  awsUrl?: string;
  /** The `aws` to put on PATH. */
  aws?: string;
  /** The rest of PATH; /usr/bin and /bin unless given. */
  path?: readonly string[];
  /** The node that the fake browser runs on. */
  node?: string;
  /** Instead of the sample files; null for none. */
  awsConfig?: string | null;
  awsCredentials?: string | null;
  /** What its folder is called, before six random characters. */
  name?: string;
  /** The folder for it; the temporary folder unless given. */
  within?: string;
}

/** A HOME to throw away, and the environment of a person who lives in it. */
export interface Sandbox {
  /** Absolute, free of symbolic links. */
  readonly home: string;
  /** First on PATH: a place for a test's own programs. */
  readonly bin: string;
  /** Complete: nothing of this process's environment is in it. A test may change it before it starts a shell. */
  readonly env: Record<string, string>;
  /** A path below HOME. */
  at(...parts: string[]): string;
  /** Writes a file (a relative path is below HOME), makes its folders, returns its path. */
  write(path: string, content: string | Uint8Array): string;
  /** The token file of a session: `sampleSessions.corp`, or a start URL. */
  tokenFile(key: string): string;
  /** Writes that file as the AWS CLI would after a sign-in, or as an old one. */
  writeToken(key: string, look: TokenLook): string;
  removeToken(key: string): void;
  /** Removes all of it. */
  dispose(): Promise<void>;
}

/** The same sandbox, in which each file is a second younger than the one that was written before it. */
export function withTimesApart(sandbox: Sandbox): Sandbox {
  let time = Math.floor(Date.now() / 1000);
  return {
    ...sandbox,
    write(path, content) {
      const file = sandbox.write(path, content);
      time += 1;
      utimesSync(file, time, time);
      return file;
    },
  };
}

/** Creates a sandbox, with the sample AWS files and a fake browser. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const home = realpathSync(mkdtempSync(join(options.within ?? tmpdir(), options.name ?? 'bedrockenv-home-')));
  const bin = join(home, '.bin');
  const at = (...parts: string[]) => join(home, ...parts);

  function write(path: string, content: string | Uint8Array): string {
    const file = resolve(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  mkdirSync(bin);
  mkdirSync(at('.tmp'));
  const { awsConfig = sampleAwsConfig, awsCredentials = sampleAwsCredentials } = options;
  if (awsConfig !== null) write('.aws/config', awsConfig);
  if (awsCredentials !== null) write('.aws/credentials', awsCredentials);

  const path = [bin, ...(options.aws ? [dirname(options.aws)] : []), ...(options.path ?? ['/usr/bin', '/bin'])];
  const tokenFile = (key: string) => at('.aws/sso/cache', tokenFileName(key));
  return {
    home,
    bin,
    env: {
      HOME: home,
      USER: 'tester',
      LOGNAME: 'tester',
      PATH: path.join(delimiter),
      TMPDIR: at('.tmp'),
      LANG: 'C.UTF-8',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      AWS_ENDPOINT_URL: options.awsUrl ?? 'http://127.0.0.1:9',
      BROWSER: writeBrowser(join(bin, 'browser'), options.node),
    },
    at,
    write,
    tokenFile,
    writeToken(key, look) {
      const legacy = key.includes('://') ? { startUrl: key, region: 'eu-west-1' } : {};
      return write(tokenFile(key), tokenText({ ...legacy, ...look }));
    },
    removeToken: (key) => rmSync(tokenFile(key), { force: true }),
    async dispose() {
      await rm(home, { recursive: true, force: true, maxRetries: 5 }).catch(async () => {
        openUp(home);
        await rm(home, { recursive: true, force: true, maxRetries: 5 });
      });
    },
  };
}
