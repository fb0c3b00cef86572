import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { claudeCodeVersion, clientVersions } from '../claude-code/index.ts';
import { findProgram } from '../drivers/find-program.ts';
import { sampleSessions } from '../sandbox/index.ts';
import type { Scenario } from '../scenario.ts';
import { unless as unlessAwsCli } from '../scenarios/stale-session.ts';
import type { Stage } from '../stage/index.ts';
import { saysHi, unlessInstalled, withDesk } from './desk.ts';
import { identities } from './identities.ts';
import { traits } from './traits.ts';

const atlas = 'profile: corp-dev\nmodel: claude-sonnet-5\nmax_output_tokens: 5000\n';
const model = 'eu.anthropic.claude-sonnet-5';
const role = 'AWSReservedSSO_BedrockDeveloper_0123456789abcdef';

/** The user's own: another profile, which Claude Code would use without a project. */
const own = {
  AWS_PROFILE: 'keys',
  AWS_REGION: 'us-west-2',
  CLAUDE_CODE_USE_BEDROCK: '1',
  ANTHROPIC_MODEL: 'us.anthropic.claude-opus-5',
};
const ownKey = 'AKIAFAKEFAKEFAKEFAKE';

async function project(t: Stage, more = ''): Promise<{ dir: string; settings: string }> {
  t.sandbox.write('.config/bedrockenv/config.yaml', `default:\n  scope: claude\n${more}`);
  const dir = await t.project('atlas', atlas);
  return { dir, settings: join(dir, '.claude/settings.local.json') };
}

/** What a program in the shell sees of AWS and of Claude Code's variables, in lines. */
async function environment(t: Stage): Promise<string[]> {
  const { output } = await t.run('env');
  // PowerShell hands variables on in any order.
  return output
    .split('\n')
    .sort()
    .filter((line) => /^(AWS|CLAUDE|ANTHROPIC|MAX_THINKING|DISABLE_PROMPT|ENABLE_PROMPT)/.test(line));
}

const newest = (run: Scenario['run'], unless?: Scenario['unless']) => ({
  unless: () => unlessInstalled(claudeCodeVersion)() ?? unless?.(),
  run,
});

/** `scope: claude`: the project's identity is Claude Code's alone. */
export const scopeClaude: Scenario[] = [
  ...clientVersions.map(
    (version): Scenario => ({
      name: `scope: claude: Claude Code ${version} signs with the project's role, the shell keeps its own`,
      unless: unlessInstalled(version),
      run: (t) =>
        withDesk(t, version, async (desk) => {
          const { dir } = await project(t);
          const { exportsBesideIdentity } = traits[version];
          for (const identity of exportsBesideIdentity ? ['keys'] : ['keys', null]) {
            await desk.start({ env: identity === null ? {} : own });
            const before = await environment(t);
            await t.cd(dir);
            expect(await environment(t)).toEqual(before);
            await t.expectVars({ AWS_PROFILE: identity, BEDROCKENV_PROFILE: 'corp-dev' });
            const asked = await desk.ask();
            expect(new Set(asked.map((one) => one.region))).toEqual(new Set(['eu-central-1']));
            expect(asked.find((one) => one.model === model)?.body.max_tokens).toBe(5000);
            expect(identities(t, asked)).toEqual([exportsBesideIdentity || identity === null ? role : ownKey]);
          }
        }),
    }),
  ),
  {
    name: 'scope: claude: the session is stale, and three clients at once sign in once',
    ...newest(
      (t) =>
        withDesk(t, claudeCodeVersion, async (desk) => {
          const { dir } = await project(t, '  login: off\n');
          t.sandbox.writeToken(sampleSessions.corp, { seconds: -3600 });
          t.fake.knobs.approveAfterMs = 500;
          const shells = [];
          for (let count = 0; count < 3; count += 1) {
            shells.push(await desk.start());
            await t.cd(dir);
          }
          expect(t.fake.counters.logins).toBe(0);
          for (const ran of await Promise.all(shells.map((shell) => shell.run(saysHi.line, 90_000)))) saysHi.check(ran);
          expect(t.fake.counters.logins).toBe(1);
          expect(identities(t, desk.bedrock.invocations)).toEqual([role]);
        }),
      unlessAwsCli,
    ),
  },
  {
    name: 'scope: claude: revoked, left below the project, and back to scope: shell, nothing of it is left',
    ...newest((t) =>
      withDesk(t, claudeCodeVersion, async (desk) => {
        const { dir, settings } = await project(t);
        mkdirSync(join(dir, 'below'));
        await desk.start({ env: own });
        const asOwn = async () => {
          const asked = await desk.ask();
          expect(identities(t, asked)).toEqual([ownKey]);
          expect(asked.map((one) => one.model)).toContain(own.ANTHROPIC_MODEL);
        };
        const before = { ...own, ANTHROPIC_BEDROCK_BASE_URL: desk.bedrock.url };
        await t.cd(join(dir, 'below'));
        await asOwn();
        await t.cd(dir);
        await t.run('bedrockenv revoke');
        expect(existsSync(join(dir, '.claude'))).toBe(false);
        await t.expectOnly(before);
        await asOwn();

        await t.run('bedrockenv allow');
        expect(existsSync(settings)).toBe(true);
        t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  scope: shell\n');
        await t.prompt();
        expect(existsSync(join(dir, '.claude'))).toBe(false);
        await t.expectVars({ AWS_PROFILE: 'corp-dev', AWS_REGION: 'eu-central-1', ANTHROPIC_MODEL: model });
        expect(identities(t, await desk.ask())).toEqual([role]);
        await t.cd('/');
        await t.expectOnly(before);
      }),
    ),
  },
  {
    name: 'scope: claude: git does not see what is written, and nothing of it is left in git',
    unless: () => (findProgram('git') ? undefined : 'git is not installed'),
    async run(t) {
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  scope: claude\n');
      const dir = await t.project('atlas', atlas, { allow: false });
      const git = (...words: string[]) =>
        execFileSync('git', ['-C', dir, ...words], { env: t.sandbox.env, encoding: 'utf8' });
      git('init', '-q');
      await t.start();
      await t.cd(dir);
      await t.run('bedrockenv allow');
      expect(existsSync(join(dir, '.claude/settings.local.json'))).toBe(true);
      expect(git('status', '--porcelain', '-uall')).toBe('?? .bedrockrc\n');
      await t.run('bedrockenv revoke');
      t.sandbox.write(join(dir, '.claude/settings.local.json'), '{}');
      expect(git('status', '--porcelain', '-uall')).toBe('?? .bedrockrc\n?? .claude/settings.local.json\n');
    },
  },
];
