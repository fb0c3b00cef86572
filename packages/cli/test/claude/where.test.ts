import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { loopbackOnly } from '@bedrockenv/testkit/claude-code';
import { startFakeBedrock } from '@bedrockenv/testkit/fake-bedrock';
import { withClient } from '@bedrockenv/testkit/with-client';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';

const pins = {
  ANTHROPIC_DEFAULT_OPUS_MODEL: 'us.anthropic.claude-opus-5',
  ANTHROPIC_DEFAULT_SONNET_MODEL: 'us.anthropic.claude-sonnet-5',
  ANTHROPIC_DEFAULT_HAIKU_MODEL: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
};
const shell = {
  CLAUDE_CODE_USE_BEDROCK: '1',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAUSER',
  AWS_SECRET_ACCESS_KEY: 'user',
  ANTHROPIC_MODEL: 'shell',
  ...pins,
};

interface Layout {
  /** The top of a repository, of which `tree` is another worktree; `.` is the home folder. */
  git?: string;
  /** What the repository is besides: without a checkout, its worktree `r`; or a worktree that was moved to `moved`. */
  more?: 'bare' | 'moved';
  /** Directories with a `settings.local.json`, or a `settings.json`; each names its directory as the model. */
  local?: string[];
  project?: string[];
  cwd: string;
  /** Whose settings count, in the new version and in one that is up to 2.1.197. */
  counts: string;
  counted?: string;
}

const layouts: Layout[] = [
  { local: ['r/p'], cwd: 'r/p', counts: 'r/p' },
  { local: ['r/p'], cwd: 'r/p/a', counts: 'shell' },
  { git: 'r', local: ['r'], cwd: 'r/p/a', counts: 'r', counted: 'shell' },
  { git: 'r', local: ['r', 'r/p'], cwd: 'r/p', counts: 'r', counted: 'r/p' },
  { git: 'r', local: ['r/p'], project: ['r', 'r/p/a'], cwd: 'r/p/a', counts: 'r/p/a' },
  { git: 'r', local: ['r', 'tree'], cwd: 'tree', counts: 'r', counted: 'tree' },
  { git: 'r', more: 'moved', local: ['r', 'moved'], cwd: 'moved/a', counts: 'moved', counted: 'shell' },
  { git: 'r', more: 'bare', local: ['r', 'tree', 'bare.git'], cwd: 'tree/a', counts: 'shell' },
  { git: 'r', more: 'bare', local: ['r', 'tree', 'bare.git'], cwd: 'tree', counts: 'tree' },
  { git: '.', local: ['.'], cwd: 'r/p', counts: 'shell' },
  { git: '.', local: ['.', 'r/p'], cwd: 'r/p', counts: 'r/p' },
  { git: '.', local: ['.'], cwd: '.', counts: 'home' },
];

for (const version of ['2.1.330', '2.1.197'] as const) {
  withClient(
    `where Claude Code ${version} looks for its settings`,
    ([program, ...words]) => {
      it.each(layouts)('$local of the $more repository $git, started in $cwd', async (layout) => {
        const { git, more, local = [], project = [], cwd, counts, counted = counts } = layout;
        const box = new Sandbox();
        mkdirSync(box.path('r/p/a'), { recursive: true });
        const inRepository = (...args: string[]) =>
          execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
            cwd: box.path(git ?? '.'),
            env: box.environment(),
            stdio: 'ignore',
          });
        if (git) {
          inRepository('init', '-q');
          inRepository('commit', '-q', '--allow-empty', '-m', 'first');
          if (more === 'bare') {
            inRepository('clone', '-q', '--bare', '.', box.path('bare.git'));
            inRepository('-C', box.path('bare.git'), 'worktree', 'add', '-q', '--detach', box.path('tree'));
          } else inRepository('worktree', 'add', '-q', box.path('tree'));
          if (more === 'moved') renameSync(box.path('tree'), box.path('moved'));
          mkdirSync(box.path(`${more === 'moved' ? 'moved' : 'tree'}/a`));
        }
        const settings = (dir: string) => JSON.stringify({ env: { ANTHROPIC_MODEL: dir === '.' ? 'home' : dir } });
        for (const dir of local) box.write(`${dir}/.claude/settings.local.json`, settings(dir));
        for (const dir of project) box.write(`${dir}/.claude/settings.json`, settings(dir));

        const bedrock = await startFakeBedrock();
        const fakes = loopbackOnly({ bedrockUrl: bedrock.url, awsUrl: 'http://127.0.0.1:9' });
        const env = { ...box.environment(), ...shell, ...fakes };
        const options = { cwd: box.path(cwd), env, extendEnv: false, stdin: 'ignore', timeout: 60_000 } as const;
        await execa(program, [...words, '-p', 'say hi', '--output-format', 'json'], options).finally(bedrock.stop);
        const models = new Set(bedrock.invocations.map(({ model }) => model));
        expect([...models]).toEqual([version === '2.1.330' ? counts : counted]);

        if (version !== '2.1.330') return;
        const { variables } = box.json(['explain', 'ANTHROPIC_MODEL', '--json'], { cwd: box.path(cwd), env: shell });
        const { winner, sources } = variables[0];
        expect(sources.find(({ source }: { source: string }) => source === winner.claude).value).toBe(counts);
      });
    },
    version,
  );
}
