import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Shell, snapshot, startShell, zsh } from '@bedrockenv/testkit/pty';
import { createSandbox, type Sandbox, sampleSessions } from '@bedrockenv/testkit/sandbox';

export const hook = resolve(import.meta.dirname, '../bedrockenv.plugin.zsh');
const cli = resolve(import.meta.dirname, '../../cli/bin/bedrockenv.js');

/** Whether this machine has a zsh to test in. */
export const hasZsh = zsh.program() !== undefined;

/** A HOME with a fresh session, approved projects, and shells that read the plugin file itself, as plugin managers do. */
export class Place {
  readonly sandbox: Sandbox = createSandbox();
  private readonly shells: Shell[] = [];

  constructor(options: { command?: boolean } = {}) {
    this.sandbox.writeToken(sampleSessions.corp, { seconds: 8 * 3600, refreshable: true });
    if (options.command === false) return;
    const script = `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`;
    chmodSync(this.sandbox.write(join(this.sandbox.bin, 'bedrockenv'), script), 0o755);
  }

  /** Writes `.bedrockrc` into a directory below HOME and approves it; returns the directory. */
  project(path: string, text = 'profile: keys\nregion: eu-central-1\nmodel: claude-sonnet-5\n'): string {
    const dir = this.sandbox.at(path);
    this.sandbox.write(join(dir, '.bedrockrc'), text);
    const options = { env: this.sandbox.env, cwd: this.sandbox.home, stdio: 'pipe' } as const;
    execFileSync(process.execPath, [cli, 'allow', dir], options);
    return dir;
  }

  async start(rc: { before?: string; after?: string } = {}): Promise<Shell> {
    const rcText = [rc.before ?? '', zsh.sourceFile(hook), rc.after ?? ''].join('\n');
    const shell = await startShell(zsh, { sandbox: this.sandbox, rcText, cwd: this.sandbox.home });
    this.shells.push(shell);
    return shell;
  }

  async close(): Promise<void> {
    for (const shell of this.shells) await shell.close();
    await this.sandbox.dispose();
  }
}

/** The exported values of some of the variables that the samples set; '' where one is not set. */
export async function applied(shell: Shell, ...names: string[]): Promise<string[]> {
  const found = await snapshot(shell, names);
  return names.map((name) => (found[name]?.state === 'x' ? found[name].value : ''));
}
