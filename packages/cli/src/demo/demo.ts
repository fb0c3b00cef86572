import { accessSync, chmodSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { startFakeAws } from '@bedrockenv/testkit/fake-aws';
import { drivers, type Shell, type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import { createSandbox, type Sandbox, sampleSessions } from '@bedrockenv/testkit/sandbox';
import { isShellName, type ShellName } from '../shells.ts';
import { ownVariables, projects, story } from './story.ts';

/** Where the demo's shell finds its hook, its CLI and its programs. */
export interface Installation {
  /** Absolute paths of node and of the CLI's entry. */
  node: string;
  cli: string;
  /** What `bedrockenv hook SHELL` prints. */
  hookText(shell: ShellName): Promise<string>;
  /** The caller's PATH. */
  path: string;
}

/** Receives the transcript bit by bit. */
export interface Audience {
  comment(text: string): void;
  typed(line: string): void;
  output(text: string): void;
}

/**
 * Plays the story in a real shell on a pseudo-terminal: a throw-away HOME, sample AWS files, an AWS on loopback, the
 * machine's own `aws`. Nothing is left of it afterwards, whatever happens.
 * @param wanted a shell's name; the first of zsh, bash and fish that this machine has unless given
 * @throws {BedrockenvError} `no-shell`, `demo-failed`
 */
export async function playDemo(installation: Installation, wanted: string | undefined, to: Audience): Promise<void> {
  const { driver, name } = chooseShell(wanted);
  const aws = onPath('aws', installation.path);
  const fake = await startFakeAws();
  const sandbox = createSandbox({ awsUrl: fake.url, node: installation.node, ...(aws ? { aws } : {}) });
  let shell: Shell | undefined;
  const stop = async () => {
    await shell?.close();
    await fake.stop();
    await sandbox.dispose();
  };
  const interrupted = () => void stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    furnish(sandbox, installation);
    if (aws) {
      sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
      sandbox.writeToken(sampleSessions.legacy, { seconds: -3600 });
    } else {
      to.comment('There is no `aws` on PATH, so nothing signs in: the sessions are fresh from the start.');
      sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600 });
      sandbox.writeToken(sampleSessions.legacy, { seconds: 8 * 3600 });
    }
    const rcText = driver.sourceFile(
      sandbox.write(`.config/bedrockenv/hook.${name}`, await installation.hookText(name)),
    );
    // The sandbox is the demo's own terminal, wherever it runs: a build machine's CI is not its user's.
    shell = await startShell(driver, { sandbox, rcText, env: { ...ownVariables, BEDROCKENV_LOGIN_FLOW: 'browser' } });
    for (const { title, line, timeout } of story) {
      if (title) to.comment(title);
      to.typed(line);
      const { output } = await shell.run(line, timeout);
      to.output(output);
    }
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await stop();
  }
}

function chooseShell(wanted: string | undefined): { driver: ShellDriver; name: ShellName } {
  for (const driver of drivers) {
    const { name } = driver;
    if (isShellName(name) && (wanted ?? name) === name && driver.program()) return { driver, name };
  }
  const what = wanted ?? drivers.map(({ name }) => name).join(', ');
  throw new BedrockenvError('no-shell', `this machine has no ${what}`, { fix: 'install it, or name another: --shell' });
}

/** The projects, and a `bedrockenv` on PATH. */
function furnish(sandbox: Sandbox, { node, cli }: Installation): void {
  for (const [path, text] of Object.entries(projects)) sandbox.write(path, text);
  const quoted = (path: string) => `'${path.replaceAll("'", `'\\''`)}'`;
  const command = sandbox.write(
    join(sandbox.bin, 'bedrockenv'),
    `#!/bin/sh\nexec ${quoted(node)} ${quoted(cli)} "$@"\n`,
  );
  chmodSync(command, 0o755);
}

function onPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return dirname(file) !== '.';
      } catch {
        return false;
      }
    });
}
