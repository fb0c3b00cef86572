import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { sampleSessions } from '../sandbox/index.ts';
import type { Scenario } from '../scenario.ts';
import { fresh, label, stale, unless } from './stale-session.ts';

export const signInPolicy: Scenario[] = [
  {
    name: 'login: notify says it once, off says nothing',
    async run(t) {
      const dir = await stale(t, -3600, 'login: notify');
      await t.start();
      const { output } = await t.cd(dir);
      expect(output.split('\n').sort()).toEqual([
        `${label} · session expired`,
        'bedrockenv: session corp is expired; sign in with: bedrockenv login',
      ]);
      t.expectLines(await t.prompt(), []);
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  login: off\n');
      await t.start();
      t.expectLines(await t.cd(dir), [`${label} · session expired`]);
      expect(t.fake.log).toEqual([]);
    },
  },
  {
    name: 'a pause after one session is none for another',
    async run(t) {
      const dir = await stale(t, -3600, 'login: notify');
      const other = await t.project('legacy', 'profile: legacy\nmodel: claude-sonnet-5\n');
      t.sandbox.writeToken(sampleSessions.legacy, { seconds: -3600 });
      await t.start();
      const asked = async (there: string) => {
        const { output } = await t.cd(there);
        await t.cd('/');
        return output.match(/sign in with/g)?.length ?? 0;
      };
      expect([await asked(dir), await asked(other), await asked(dir), await asked(other)]).toEqual([1, 1, 0, 0]);
    },
  },
  ...(['n', 'y'] as const).map(
    (answer): Scenario => ({
      name: `login: ask asks; the answer is ${answer}`,
      unless,
      async run(t) {
        const dir = await stale(t, -3600, 'login: ask');
        const shell = await t.start();
        shell.type(`cd ${dir}`);
        await shell.waitFor(/^bedrockenv: session corp has expired[^\n]*\?[^\n]*$/m);
        shell.type(answer);
        const { output } = await shell.prompt();
        expect(output).toMatch(answer === 'y' ? fresh : / · session expired$/);
        expect(t.fake.counters.logins).toBe(answer === 'y' ? 1 : 0);
        t.expectLines(await t.prompt(), []);
      },
    }),
  ),
  {
    name: 'BEDROCKENV_NO_LOGIN=1 and CI: no sign-in',
    async run(t) {
      const dir = await stale(t, -3600);
      for (const name of ['BEDROCKENV_NO_LOGIN', 'CI']) {
        await t.start({ env: { [name]: '1' } });
        t.expectLines(await t.cd(dir), [`${label} · session expired`]);
        t.expectLines(await t.prompt(), []);
      }
      expect(t.fake.log).toEqual([]);
    },
  },
  {
    name: 'over SSH: with a device code, without the browser',
    unless,
    async run(t) {
      const dir = await stale(t, -3600);
      t.fake.knobs.approveAfterMs = 200;
      await t.start({
        env: { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', SSH_TTY: '/dev/pts/9', BEDROCKENV_LOGIN_FLOW: undefined },
      });
      const { output } = await t.cd(dir);
      expect(output).toMatch(fresh);
      const paths = t.fake.log.map(({ path }) => path);
      expect(paths).toContain('/device_authorization');
      expect(paths).not.toContain('/authorize');
    },
  },
  {
    name: 'a role profile signs in for the session of its source',
    unless,
    async run(t) {
      t.sandbox.removeToken(sampleSessions.corp);
      const dir = await t.project('role', 'profile: corp-role\nmodel: claude-sonnet-5\n');
      await t.start();
      const { output } = await t.cd(dir);
      expect(output.split('\n').at(-1)).toMatch(
        /^bedrockenv: corp-role · us-west-2 · Sonnet 5 · session (7h 59m|8h 0m)$/,
      );
      expect(t.fake.counters.logins).toBe(1);
    },
  },
  {
    name: 'a legacy profile counts as fresh to its end',
    async run(t) {
      t.sandbox.writeToken(sampleSessions.legacy, { seconds: 150 });
      const dir = await t.project('legacy', 'profile: legacy\nmodel: claude-sonnet-5\n');
      await t.start();
      expect((await t.cd(dir)).output).toMatch(/^bedrockenv: legacy · eu-west-1 · Sonnet 5 · session 2m$/m);
      expect(t.fake.log).toEqual([]);
    },
  },
  {
    name: 'signed out, signed in, renewed by someone else: what is said on coming back is so now',
    async run(t) {
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  login: off\n');
      t.sandbox.writeToken(sampleSessions.corp, { seconds: 7230, refreshable: true });
      const dirs = await Promise.all(
        ['a', 'b', 'c'].map((name) => t.project(name, 'profile: corp-dev\nmodel: claude-sonnet-5\n')),
      );
      await t.start();
      const looks = async (state: string) => {
        for (const dir of dirs) {
          expect((await t.cd(dir)).output).toBe(`${label} · ${state}`);
          await t.cd('/');
        }
      };
      await looks('session 2h 0m');
      await looks('session 2h 0m');
      t.sandbox.removeToken(sampleSessions.corp);
      await looks('not signed in');
      t.sandbox.writeToken(sampleSessions.corp, { seconds: 3 * 3600 + 30, refreshable: true });
      await looks('session 3h 0m');
      t.sandbox.writeToken(sampleSessions.corp, { seconds: -60, refreshable: false });
      await looks('session expired');
    },
  },
  {
    name: 'a file of aws login without what the AWS clients ask of it is no session',
    async run(t) {
      const session = 'arn:aws:iam::111122223333:user/me';
      t.sandbox.write('.aws/config', `[profile me]\nlogin_session = ${session}\nregion = eu-central-1\n`);
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  login: off\n');
      const dir = await t.project('app', 'profile: me\nmodel: claude-sonnet-5\n');
      await t.start();
      const file = `.aws/login/cache/${createHash('sha256').update(session).digest('hex')}.json`;
      for (const [token, state] of looks()) {
        if (token === null) rmSync(t.sandbox.at(file), { force: true });
        else t.sandbox.write(file, JSON.stringify(token));
        const line = new RegExp(`^bedrockenv: me · eu-central-1 · Sonnet 5 · ${state}$`);
        const { output } = await t.cd(dir);
        expect([token, output]).toEqual([token, expect.stringMatching(line)]);
        await t.cd('..');
      }
    },
  },
];

/** Files of `aws login`, each with what is said of the session. After the fresh one: what was known does not count. */
function looks(): [token: object | null, state: string][] {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const keys = { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', accountId: '111122223333' };
  const held = { ...keys, expiresAt: at(7230) };
  const whole = { accessToken: held, tokenType: 'aws_sigv4', clientId: 'id', refreshToken: 'r', dpopKey: 'k' };
  const none = 'not signed in';
  return [
    [null, none],
    ...['clientId', 'refreshToken', 'dpopKey'].flatMap((name): [object, string][] => [
      [{ ...whole, [name]: undefined }, none],
      [{ ...whole, [name]: '' }, none],
    ]),
    ...Object.keys(keys).map((name): [object, string] => [
      { ...whole, accessToken: { ...held, [name]: undefined } },
      none,
    ]),
    // As a file of an SSO session has it.
    [{ ...whole, accessToken: 'x', expiresAt: at(7230) }, none],
    [{ ...whole, accessToken: { ...held, expiresAt: at(-60) } }, 'session renews itself'],
    [whole, 'session 2h 0m'],
    [{ ...whole, dpopKey: '' }, none],
    [whole, 'session 2h 0m'],
    [{ ...whole, accessToken: { ...held, accountId: '' } }, none],
  ];
}
