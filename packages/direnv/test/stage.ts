import { variableNames } from '@bedrockenv/core';
import { type Shell, type ShellDriver, snapshot, startShell } from '@bedrockenv/testkit/pty';
import { expect } from 'vitest';
import { Place } from './place.ts';

/** A shell with direnv's hook, direnv with our library, and no hook of ours. */
export class Stage {
  readonly place = new Place();
  readonly driver: ShellDriver;
  private started: Shell | undefined;

  constructor(driver: ShellDriver) {
    this.driver = driver;
  }

  get shell(): Shell {
    if (!this.started) throw new Error('the scenario has started no shell');
    return this.started;
  }

  async start(cwd = this.place.home): Promise<void> {
    const rcText = this.driver.evalOutput(`direnv hook ${this.driver.name}`);
    this.started = await startShell(this.driver, { sandbox: this.place.sandbox, rcText, cwd });
  }

  /** Types `cd DIR`; gives what we said, or direnv for us. */
  cd(dir: string): Promise<string[]> {
    return this.said(`cd ${this.driver.quote(dir.startsWith('-') ? `./${dir}` : dir)}`);
  }

  /** Gives direnv its turn at a prompt. */
  prompt(): Promise<string[]> {
    return this.said('true');
  }

  private async said(line: string): Promise<string[]> {
    const { output } = await this.shell.run(line);
    return output.split('\n').filter((text) => /^(direnv: )?bedrockenv: /.test(text));
  }

  /** null: not set. */
  async expectVars(expected: Record<string, string | null>): Promise<void> {
    const found = await snapshot(this.shell, Object.keys(expected));
    const values = Object.entries(found).map(([name, { state, value }]) => [name, state === 'u' ? null : value]);
    expect(Object.fromEntries(values)).toEqual(expected);
  }

  /** No other variable of the closed list is set. */
  async expectOnly(expected: Record<string, string>): Promise<void> {
    const none = Object.fromEntries(variableNames.map((name) => [name, null]));
    await this.expectVars({ ...none, ...expected });
  }

  async close(): Promise<void> {
    await this.started?.close();
  }
}
