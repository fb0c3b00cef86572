import { expect } from 'vitest';
import { sampleSessions } from '../sandbox/index.ts';
import type { Scenario } from '../scenario.ts';
import { fresh, label, stale, unless } from './stale-session.ts';

export const signIn: Scenario[] = [
  ...([-3600, 200, null] as const).map(
    (seconds): Scenario => ({
      name: `entering with ${seconds ?? 'no token, no'} seconds left signs in once and shows the time left`,
      unless,
      async run(t) {
        const dir = await stale(t, seconds);
        await t.start();
        const { output, status } = await t.cd(dir);
        expect(status).toBe(0);
        expect(output.split('\n').at(-1)).toMatch(fresh);
        expect(t.fake.counters.logins).toBe(1);
        await t.expectVars({ AWS_PROFILE: 'corp-dev' });
        t.expectLines(await t.prompt(), []);
        await t.cd('/');
        t.expectLines(await t.cd(dir), [fresh]);
        expect(t.fake.counters.logins).toBe(1);
      },
    }),
  ),
  {
    name: 'a fresh session and one that renews itself: no process asks anything',
    async run(t) {
      const dir = await stale(t, 3 * 3600 + 90);
      await t.start();
      t.expectLines(await t.cd(dir), [`${label} · session 3h 1m`]);
      await t.cd('/');
      t.sandbox.writeToken(sampleSessions.corp, { seconds: 45 * 60 + 30 });
      await t.start();
      t.expectLines(await t.cd(dir), [`${label} · session 45m`]);
      await t.cd('/');
      t.sandbox.writeToken(sampleSessions.corp, { seconds: -60, refreshable: true });
      await t.start();
      expect((await t.cd(dir)).output).toMatch(/^bedrockenv: corp-dev · eu-central-1 · Sonnet 5[^\n]*$/);
      expect(t.fake.log).toEqual([]);
    },
  },
  {
    name: 'a session that ends while the shell stands in the project',
    unless,
    async run(t) {
      const dir = await stale(t, 304);
      await t.start();
      t.expectLines(await t.cd(dir), [/ · session 5m$/]);
      expect(t.fake.counters.logins).toBe(0);
      await expect.poll(async () => (await t.prompt()).output, { timeout: 20_000, interval: 500 }).toMatch(fresh);
      expect(t.fake.counters.logins).toBe(1);
    },
  },
  {
    name: 'a sign-in that is refused: a plain line, the prompt, and no second one for ten minutes',
    unless,
    async run(t) {
      const dir = await stale(t, -3600);
      t.fake.knobs.denySignIn = true;
      await t.start();
      const { output } = await t.cd(dir);
      expect(output.split('\n').at(-1)).toBe(`${label} · session expired`);
      expect(t.fake.counters.logins).toBe(1);
      t.expectLines(await t.prompt(), []);
      await t.cd('/');
      await t.cd(dir);
      expect(t.fake.counters.logins).toBe(1);
      await t.start();
      t.expectLines(await t.cd(dir), [`${label} · session expired`]);
      expect(t.fake.counters.logins).toBe(1);
    },
  },
  {
    name: 'Ctrl-C ends a sign-in, the prompt comes back, and no second one for ten minutes',
    unless,
    async run(t) {
      const dir = await stale(t, null);
      t.fake.knobs.approveAfterMs = Number.POSITIVE_INFINITY;
      const shell = await t.start();
      shell.type(`cd ${dir}`);
      await expect.poll(() => t.fake.log.some(({ path }) => path === '/authorize'), { timeout: 20_000 }).toBe(true);
      shell.key('ctrl-c');
      expect((await shell.prompt()).output).toContain(`${label} · not signed in`);
      t.expectLines(await t.run('echo alive'), ['alive']);
      await t.cd('/');
      t.expectLines(await t.cd(dir), [`${label} · not signed in`]);
      expect(t.fake.counters.logins).toBe(1);
    },
  },
  {
    name: 'a sign-in by hand after a refused one: the project shows it',
    unless,
    async run(t) {
      const dir = await stale(t, null);
      t.fake.knobs.denySignIn = true;
      await t.start();
      await t.cd(dir);
      t.fake.knobs.denySignIn = false;
      expect((await t.run('bedrockenv login')).output).toMatch(/^bedrockenv: signed in to corp/m);
      await t.cd('/');
      t.expectLines(await t.cd(dir), [fresh]);
      expect(t.fake.counters.logins).toBe(2);
    },
  },
  {
    name: 'two shells enter at once: one sign-in, both show it',
    unless,
    async run(t) {
      const dir = await stale(t, -3600);
      t.fake.knobs.approveAfterMs = 500;
      const one = await t.start();
      const two = await t.start();
      const ran = await Promise.all([one.run(`cd ${dir}`), two.run(`cd ${dir}`)]);
      for (const { output } of ran) expect(output).toMatch(fresh);
      expect(t.fake.counters.logins).toBe(1);
    },
  },
];
