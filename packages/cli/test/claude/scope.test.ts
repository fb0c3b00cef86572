import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';
import { at, local, projectBox, read } from './project.ts';

describe('scope: claude', () => {
  const config = 'default: {scope: claude}\n';
  /** What the shell gets besides our own: nothing. What it has may still have to go. */
  const given = (variables: Record<string, string | null>) =>
    Object.entries(variables).filter(([name, value]) => value !== null && !name.startsWith('BEDROCKENV_'));

  it('gives the shell no AWS variable, and Claude Code its own credentials', () => {
    const box = projectBox(undefined, config);
    const exported = box.json(['export'], at(box));
    expect(given(exported)).toEqual([]);
    const settings = JSON.parse(read(box));
    expect(settings.env).toMatchObject({ CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'eu-central-1' });
    expect(settings.env).not.toHaveProperty('AWS_PROFILE');
    expect(settings.awsCredentialExport).toMatch(/ credentials --no-fallback --profile corp-dev$/);
    expect(settings.awsAuthRefresh).toMatch(/ login --no-tty --profile corp-dev$/);
  });

  it('is shown before it is approved, and in status', () => {
    const box = new Sandbox();
    box.write('.config/bedrockenv/config.yaml', config);
    box.project('p', 'profile: corp-dev\nprompt_caching: true\n');
    const lines = [
      '  AWS_REGION=eu-central-1\n',
      '  DISABLE_PROMPT_CACHING is unset\n',
      '  awsAuthRefresh: ',
      ' credentials --no-fallback --profile corp-dev\n',
    ];
    const { stderr } = box.run(['allow', 'p']);
    const [, allowed = ''] = stderr.split('sets for Claude Code alone:\n');
    const [, status = ''] = box.ok(['status'], at(box)).split('for Claude Code alone\n');
    for (const line of lines)
      expect([allowed, status]).toEqual([line, line].map((text) => expect.stringContaining(text)));
    box.write('.config/bedrockenv/config.yaml', 'default: {scope: shell}\n');
    expect(box.ok(['status'], at(box))).not.toContain('for Claude Code alone');
  });

  it.each(['revoke', 'deny'])('is taken back on %s', (command) => {
    const box = projectBox(undefined, config);
    expect(existsSync(box.path(local))).toBe(true);
    box.ok([command, 'p']);
    expect(existsSync(box.path('p/.claude'))).toBe(false);
  });

  it('follows the files: use, and what a hook compiles after a change', () => {
    const box = projectBox(undefined, config);
    box.ok(['use', 'keys'], at(box));
    expect(JSON.parse(read(box)).env.AWS_REGION).toBe('us-east-1');
    box.write('.aws/config', box.awsConfig.replace(/us-east-1\n$/, 'us-west-2\n'));
    box.ok(['compile', '--dir', box.path('p')]);
    expect(JSON.parse(read(box)).env.AWS_REGION).toBe('us-west-2');
    box.write('.config/bedrockenv/config.yaml', 'default: {scope: shell}\n');
    box.ok(['compile', '--dir', box.path('p')]);
    expect(existsSync(box.path(local))).toBe(false);
  });

  it('leaves what was written by command', () => {
    const box = projectBox();
    box.ok(['claude-settings', '--write'], at(box));
    box.ok(['allow', 'p']);
    box.ok(['revoke', 'p']);
    expect(existsSync(box.path(local))).toBe(true);
  });

  it('writes nothing where an API key would be missing in it, says so, and takes back what was written', () => {
    const box = projectBox('model: sonnet\nregion: us-east-1\n', config);
    expect(existsSync(box.path(local))).toBe(true);
    box.write('.config/bedrockenv/config.yaml', 'default: {scope: claude, api_key: {env: CORP_KEY}}\n');
    const { stderr } = box.run(['allow', 'p'], { env: { CORP_KEY: 'SECRET' } });
    expect(stderr).toContain('scope: claude');
    expect(stderr).toContain('use scope: shell with it');
    expect(existsSync(box.path('p/.claude'))).toBe(false);
    const { warnings, variables } = box.json(['status', '--json'], { ...at(box), env: { CORP_KEY: 'SECRET' } });
    expect(warnings.map(({ code }: { code: string }) => code)).toEqual(['api-key-needs-shell']);
    expect(given(variables)).toEqual([]);
  });

  it('exec: says that another model or profile is none for Claude Code', () => {
    const box = projectBox(undefined, config);
    const print = ['exec', '--model', 'opus', '--profile', 'keys', '--', 'env'];
    const { code, stdout, stderr } = box.run(print, { ...at(box), env: { AWS_PROFILE: 'own' } });
    expect([code, stderr]).toEqual([0, expect.stringContaining('--profile, --model has no effect')]);
    expect(stdout).toMatch(/^AWS_PROFILE=own$/m);
    expect(box.run(['exec', '--', 'true'], at(box))).toMatchObject({ code: 0, stderr: '' });
    box.write('.config/bedrockenv/config.yaml', 'default: {scope: shell}\n');
    expect(box.run(print, at(box))).toMatchObject({ code: 0, stderr: '' });
  });

  it('approves nothing while a settings file is in the way', () => {
    const box = new Sandbox();
    box.write('.config/bedrockenv/config.yaml', config);
    box.project('p', 'profile: corp-dev\n');
    for (const text of ['{"a": 1,}', '{"permissions": {"allow": "Bash"}}']) {
      box.write(local, text);
      expect(box.run(['allow', 'p'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('ignores this whole file'),
      });
      expect(box.json(['status', '--json'], at(box)).approval).toBe('unapproved');
      expect(box.text(local)).toBe(text);
    }
  });

  it("without it, a settings file that leads nowhere is in nobody's way", () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    mkdirSync(join(dir, '.claude'));
    symlinkSync('/nowhere', box.path(local));
    for (const words of [
      ['allow', 'p'],
      ['compile', '--dir', dir],
      ['revoke', 'p'],
      ['deny', 'p'],
    ]) {
      const { code, stderr } = box.run(words);
      expect([words[0], code, stderr]).toEqual([words[0], 0, expect.not.stringContaining('nowhere')]);
    }
  });

  describe('says where Claude Code does not find or use what is written', () => {
    const warnings = (box: Sandbox, cwd: string): string[] =>
      box.json(['status', '--json'], { cwd: box.path(cwd) }).warnings.map(({ code }: { code: string }) => code);
    const git = (box: Sandbox, dir: string, ...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
        cwd: box.path(dir),
        env: box.environment(),
        stdio: 'ignore',
      });
    const out = ['settings-out-of-reach'];

    it('below a project that is in no repository, or below the top of one', () => {
      const box = projectBox(undefined, config);
      mkdirSync(box.path('p/a/b'), { recursive: true });
      expect([warnings(box, 'p'), warnings(box, 'p/a'), warnings(box, 'p/a/b')]).toEqual([[], out, out]);
      git(box, 'p', 'init', '-q');
      expect([warnings(box, 'p'), warnings(box, 'p/a'), warnings(box, 'p/a/b')]).toEqual([[], [], []]);
      git(box, 'p/a', 'init', '-q');
      expect([warnings(box, 'p/a'), warnings(box, 'p/a/b')]).toEqual([out, out]);
      const { stdout } = box.run(['doctor', '--json'], { cwd: box.path('p/a') });
      expect(stdout).toContain(`does not read ${box.path(local)}`);
    });

    it('in another worktree, where that of the main checkout counts', () => {
      const box = projectBox(undefined, config);
      git(box, 'p', 'init', '-q');
      git(box, 'p', 'commit', '-q', '--allow-empty', '-m', 'first');
      git(box, 'p', 'worktree', 'add', '-q', '../tree');
      box.project('tree', 'profile: keys\n');
      const { stderr } = box.run(['allow', 'tree']);
      expect(stderr).toContain(`AWS_REGION, ANTHROPIC_DEFAULT_OPUS_MODEL`);
      expect(stderr).toContain(`from ${box.path(local)} instead`);
      expect(warnings(box, 'tree')).toEqual(['settings-beaten']);
      mkdirSync(box.path('tree/sub'));
      expect(warnings(box, 'tree/sub')).toEqual(out);
    });

    it('outside of projects, until it is written by command', () => {
      const box = new Sandbox();
      box.write('.config/bedrockenv/config.yaml', 'default: {scope: claude, profile: keys}\n');
      expect(box.json(['export'])).toMatchObject({ BEDROCKENV_PROFILE: 'keys' });
      expect(warnings(box, '.')).toEqual(['settings-not-written']);
      box.ok(['claude-settings', '--scope', 'user', '--write']);
      expect(warnings(box, '.')).toEqual([]);
    });

    it("of nothing where the repository's top says the same, or nothing of it, or is the home folder", () => {
      const box = new Sandbox();
      box.write('.config/bedrockenv/config.yaml', config);
      box.project('r/p', 'profile: corp-dev\nmodel: sonnet\n');
      box.ok(['allow', 'r/p']);
      git(box, 'r', 'init', '-q');
      const same = '{"permissions": {}, "env": {"MINE": "1", "AWS_REGION": "eu-central-1"}}';
      box.write('r/.claude/settings.local.json', same);
      expect(warnings(box, 'r/p')).toEqual([]);
      box.write('r/.claude/settings.local.json', '{"awsCredentialExport": "mine"}');
      expect(warnings(box, 'r/p')).toEqual(['settings-beaten']);
      rmSync(box.path('r/.git'), { recursive: true });
      git(box, '.', 'init', '-q');
      box.write('.claude/settings.local.json', '{"awsCredentialExport": "mine"}');
      expect(warnings(box, 'r/p')).toEqual([]);
    });
  });

  it('is kept out of git, and git is as it was afterwards', () => {
    const box = new Sandbox();
    box.write('.config/bedrockenv/config.yaml', config);
    const dir = box.project('repo/a [b]', 'profile: corp-dev\n');
    const git = (...words: string[]) =>
      execFileSync('git', words, { cwd: box.path('repo'), env: box.environment(), encoding: 'utf8' });
    git('init', '-q');
    const exclude = readFileSync(box.path('repo/.git/info/exclude'), 'utf8');
    box.ok(['allow', dir]);
    expect(git('status', '--porcelain', '-uall')).toBe('?? "a [b]/.bedrockrc"\n');
    box.ok(['allow', dir]);
    expect(readFileSync(box.path('repo/.git/info/exclude'), 'utf8')).toBe(
      `${exclude}/a\\ \\[b\\]/.claude/settings.local.json\n`,
    );
    box.ok(['revoke', dir]);
    expect(readFileSync(box.path('repo/.git/info/exclude'), 'utf8')).toBe(exclude);
  });

  it('leaves every other byte of the list of what git ignores, whatever its encoding', () => {
    const box = new Sandbox();
    box.write('.config/bedrockenv/config.yaml', config);
    const dir = box.project('repo', 'profile: corp-dev\n');
    execFileSync('git', ['init', '-q'], { cwd: dir, env: box.environment() });
    const list = 'repo/.git/info/exclude';
    const exclude = Buffer.from('# caf\xe9\r\n/\xff', 'latin1');
    box.write(list, exclude);
    box.ok(['allow', dir]);
    expect(readFileSync(box.path(list), 'latin1')).toBe('# caf\xe9\r\n/\xff\n/.claude/settings.local.json\n');
    box.ok(['revoke', dir]);
    expect(readFileSync(box.path(list), 'latin1')).toBe('# caf\xe9\r\n/\xff\n');
  });
});
