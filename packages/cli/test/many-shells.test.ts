import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bash, fish, zsh } from '../../testkit/src/drivers/index.ts';
import { type Shell, type ShellDriver, startShell } from '../../testkit/src/pty/index.ts';
import { sampleSessions } from '../../testkit/src/sandbox/index.ts';
import { openStage, type Stage } from '../../testkit/src/stage/index.ts';
import './cli.ts';

// As many as a person has windows, tabs and panes at most. Each runs a shell and, when the session is stale, a Node.
const count = Number(process.env.BEDROCKENV_SHELLS ?? 50);
const drivers = [zsh, bash, fish].filter((driver) => driver.program());
const supported = process.platform === 'linux' && process.arch === 'x64' && drivers.length > 0;

describe.runIf(supported)(`${count} shells that enter a stale project at once`, { timeout: 600_000 }, () => {
  let stage: Stage;
  let close: () => Promise<void>;
  let shells: Shell[];
  let dir: string;

  beforeEach(async () => {
    shells = [];
    ({ stage, close } = await openStage(drivers[0] as ShellDriver));
    dir = await stage.project('app', 'profile: corp-dev\nmodel: claude-sonnet-5\n');
    stage.sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
    shells.push(await stage.start());
    for (let at = 1; at < count; at += 10) {
      const some = Array.from({ length: Math.min(10, count - at) }, (_, next) => drivers[(at + next) % drivers.length]);
      shells.push(...(await Promise.all(some.map((driver) => startAnother(driver as ShellDriver)))));
    }
  }, 300_000);
  afterEach(async () => {
    for (const shell of shells) await shell.close();
    await close();
  }, 300_000);

  const startAnother = (driver: ShellDriver) => startShell(driver, { sandbox: stage.sandbox, timeoutMs: 300_000 });
  const enterAll = () => Promise.all(shells.map((shell) => shell.run(`cd ${dir}`, 300_000)));

  /** Every shell has its prompt, and the variables. */
  async function expectEntered(): Promise<void> {
    for (const shell of shells) {
      const ran = await shell.run('echo profile=$AWS_PROFILE', 60_000);
      expect(ran.output, shell.driver.name).toContain('profile=corp-dev');
    }
  }

  it('sign in once', async () => {
    stage.fake.knobs.approveAfterMs = 1000;
    const entered = await enterAll();
    expect(stage.fake.counters.logins).toBe(1);
    for (const { output, status } of entered) {
      expect(status).toBe(0);
      expect(output).toMatch(/ · session (7h 59m|8h 0m)$/m);
    }
    await expectEntered();
  });

  it('try once when the sign-in is denied', async () => {
    stage.fake.knobs.denySignIn = true;
    stage.fake.knobs.approveAfterMs = 1000;
    const entered = await enterAll();
    expect(stage.fake.counters.logins).toBe(1);
    for (const { output } of entered) expect(output).toMatch(/ · session expired$/m);
    await expectEntered();
    expect(stage.fake.counters.logins).toBe(1);
  });

  it('take over when the one that signs in is killed', async () => {
    stage.fake.knobs.approveAfterMs = Number.POSITIVE_INFINITY;
    const entering = enterAll();
    await expect.poll(() => stage.fake.counters.logins, { timeout: 120_000 }).toBe(1);
    const lock = stage.state('locks');
    const pid = readdirSync(lock).find((name) => name.endsWith('.pid'));
    stage.fake.knobs.approveAfterMs = 500;
    process.kill(Number.parseInt(readFileSync(stage.state('locks', pid ?? ''), 'utf8'), 10), 'SIGKILL');
    const entered = await entering;
    expect(stage.fake.counters.logins).toBe(2);
    // The shell of the one that was killed knows only that its sign-in has failed.
    const fresh = entered.filter(({ output }) => / · session (7h 59m|8h 0m)$/m.test(output));
    expect(fresh.length).toBeGreaterThanOrEqual(count - 1);
    await expectEntered();
  });
});
