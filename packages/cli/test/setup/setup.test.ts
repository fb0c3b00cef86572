import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';
import { tree } from './tree.ts';

const bash = ['setup', '--yes', '--shell', 'bash'];
const ours = / # bedrockenv setup$/m;

/** bash is on every machine; no direnv and no claude, so that a setup is the rc file and the hook. */
function sandbox(): Sandbox {
  const box = new Sandbox();
  mkdirSync(box.path('bin'));
  symlinkSync('/bin/bash', box.path('bin/bash'));
  return box;
}

const only = (box: Sandbox, more: Record<string, string> = {}) => ({
  env: { PATH: `${box.path('bin')}:/usr/bin:/bin`, SHELL: '/bin/bash', ...more },
});

describe('rc files', () => {
  const files: Record<string, string | null> = {
    missing: null,
    empty: '',
    usual: '# mine\nexport A=1\n',
    'without a final newline': 'export A=1',
    'with CRLF': 'export A=1\r\nexport B=2\r\n',
    'with an open backslash': 'export A=1 \\\n',
    'of another encoding': 'export A=caf\xe9\n',
  };
  for (const [name, text] of Object.entries(files)) {
    it(`${name}: set up, set up again, taken back to the byte`, () => {
      const box = sandbox();
      if (text !== null) box.write('.bashrc', Buffer.from(text, 'latin1'), 0o640);
      const before = tree(box.home);
      const first = box.run(bash, only(box));
      expect(first.stderr).toContain('a new bash has the hook');
      expect(first).toMatchObject({ code: 0, stdout: '' });
      const between = tree(box.home);
      const second = box.run(bash, only(box));
      expect(second).toMatchObject({ code: 0 });
      expect(second.stderr).toContain('everything is set up already');
      expect(tree(box.home)).toEqual(between);
      expect(box.run(['uninstall', '--yes'], only(box))).toMatchObject({ code: 0, stdout: '' });
      expect(tree(box.home)).toEqual(before);
    });
  }

  it('a link into a repository of dotfiles is left alone, and its line is printed', () => {
    const box = sandbox();
    box.write('dotfiles/bashrc', 'export A=1\n');
    symlinkSync('dotfiles/bashrc', box.path('.bashrc'));
    const before = tree(box.home);
    const { code, stderr } = box.run(bash, only(box));
    expect(code).toBe(0);
    expect(stderr).toContain(`~/.bashrc is a link to ${box.path('dotfiles/bashrc')}; this is for you to put there:`);
    expect(stderr).toMatch(/^ {2}\[ .*bedrockenv\.bash # bedrockenv setup$/m);
    expect(box.text('dotfiles/bashrc')).toBe('export A=1\n');
    box.ok(['uninstall', '--yes'], only(box));
    expect(tree(box.home)).toEqual(before);
  });

  it('so is a folder that is a link, and a file that is read-only', () => {
    const box = sandbox();
    mkdirSync(box.path('dotfiles/bedrockenv'), { recursive: true });
    symlinkSync('dotfiles', box.path('.config'));
    box.write('.bashrc', 'export A=1\n', 0o444);
    const { stderr } = box.run([...bash, '--model', 'opus', '--region', 'us-east-1'], only(box));
    expect(stderr).toContain('~/.bashrc is read-only; this is for you');
    expect(stderr).toContain(`lies in ${box.path('.config')}, which is a link to ${box.path('dotfiles')}`);
    expect(existsSync(box.path('dotfiles/bedrockenv/config.yaml'))).toBe(false);
    expect(box.text('.bashrc')).toBe('export A=1\n');
  });

  it('one that loads the hook by hand stays as it is, and uninstall names the line', () => {
    const box = sandbox();
    box.write('.bashrc', '# mine\neval "$(bedrockenv hook bash)"\n');
    const { stderr } = box.run(bash, only(box));
    expect(stderr).toContain('~/.bashrc loads the hook already, in line 2');
    expect(box.text('.bashrc')).not.toMatch(ours);
    const gone = box.run(['uninstall', '--yes'], only(box));
    expect(gone.stderr).toContain('~/.bashrc:2 was put there by hand');
  });

  it("an older version's line is replaced where it stands, and its hook file renewed", () => {
    const box = sandbox();
    box.ok(bash, only(box));
    const now = box.text('.bashrc');
    const hook = box.text('.local/state/bedrockenv/hooks/bedrockenv.bash');
    box.write('.bashrc', `. ~/old-place/hook.bash # bedrockenv setup\nexport AFTER=1\n`);
    box.write('.local/state/bedrockenv/hooks/bedrockenv.bash', '# old\n');
    box.ok(bash, only(box));
    expect(box.text('.bashrc')).toBe(`${now}export AFTER=1\n`);
    expect(box.text('.local/state/bedrockenv/hooks/bedrockenv.bash')).toBe(hook);
  });

  it('edits by hand in between stay, and are named', () => {
    const box = sandbox();
    box.write('.bashrc', 'export A=1');
    box.ok([...bash, '--profile', 'corp-dev'], only(box));
    writeFileSync(box.path('.bashrc'), 'export B=2\n', { flag: 'a' });
    writeFileSync(box.path('.config/bedrockenv/config.yaml'), '# mine\n', { flag: 'a' });
    const { stderr } = box.run(['uninstall', '--yes'], only(box));
    expect(box.text('.bashrc')).toBe('export A=1\nexport B=2\n');
    expect(box.text('.config/bedrockenv/config.yaml')).toContain('corp-dev');
    expect(stderr).toContain('~/.bashrc was edited by hand since: only what is ours is taken out');
    expect(stderr).toContain('~/.config/bedrockenv/config.yaml was edited by hand since, and stays');
    expect(existsSync(box.state)).toBe(false);
  });

  it('of a shell that ends before its last line: said, and exit code 1', () => {
    const box = sandbox();
    box.write('.bashrc', 'return 0\n');
    const { code, stderr } = box.run(bash, only(box));
    expect(code).toBe(1);
    expect(stderr).toContain(
      'a new bash does not have the hook: if ~/.bashrc ends early (return, exit, exec), move its line above that',
    );
    // Not yet.
    expect(stderr).not.toContain('open a new shell');
  });

  it("what a fish that has run before writes while it is checked is its user's, and stays", () => {
    const box = sandbox();
    const moved = '.config/fish/conf.d/fish_frozen_theme.fish';
    // As 4.3 does at its first start, with what it takes out of the universal variables.
    box.write('bin/fish', `#!/bin/sh\necho x >"$HOME/${moved}"\necho bedrockenv-check:yes\n`, 0o755);
    const fish = ['setup', '--yes', '--shell', 'fish'];
    expect(box.ok(fish, only(box))).toBe('');
    expect(existsSync(box.path(moved))).toBe(false);
    box.write('.config/fish/fish_variables', 'SETUVAR __fish_initialized:3800\n');
    expect(box.ok(fish, only(box))).toBe('');
    expect(existsSync(box.path(moved))).toBe(true);
  });

  it('--no-rc prints the line and writes none', () => {
    const box = sandbox();
    const { stderr } = box.run([...bash, '--no-rc'], only(box));
    expect(stderr).toMatch(/^ {2}\[ .* # bedrockenv setup$/m);
    expect(existsSync(box.path('.bashrc'))).toBe(false);
    expect(existsSync(join(box.state, 'hooks/bedrockenv.bash'))).toBe(true);
  });

  it('lie in ZDOTDIR where that is set, in ~/.zshenv alone too', { skip: !existsSync('/usr/bin/zsh') }, () => {
    const box = sandbox();
    symlinkSync('/usr/bin/zsh', box.path('bin/zsh'));
    box.write('.zshenv', 'ZDOTDIR=~/.config/"my zsh"\n');
    mkdirSync(box.path('.config/my zsh'), { recursive: true });
    const before = tree(box.home);
    const { stderr } = box.run(['setup', '--yes', '--shell', 'zsh'], only(box));
    expect(stderr).toContain('a new zsh has the hook');
    expect(box.text('.config/my zsh/.zshrc')).toMatch(ours);
    expect(existsSync(box.path('.zshrc'))).toBe(false);
    box.ok(['uninstall', '--yes'], only(box));
    expect(tree(box.home)).toEqual(before);
  });
});

describe('the state folder', () => {
  it('elsewhere, with odd names: the line finds the hook all the same', () => {
    const box = sandbox();
    const state = box.path(`st 'a"te 開発`);
    const before = tree(box.home);
    const { stderr, code } = box.run(bash, only(box, { XDG_STATE_HOME: state }));
    expect([code, stderr]).toEqual([0, expect.stringContaining('a new bash has the hook')]);
    box.ok(['uninstall', '--yes'], only(box, { XDG_STATE_HOME: state }));
    expect(tree(box.home)).toEqual(before);
  });

  it('that is a link of the user stays one', () => {
    const box = sandbox();
    mkdirSync(box.path('.local/state'), { recursive: true });
    mkdirSync(box.path('elsewhere'), 0o700);
    symlinkSync('../../elsewhere', box.state);
    const before = tree(box.home);
    expect(box.run(bash, only(box)).stderr).toContain('a new bash has the hook');
    box.ok(['uninstall', '--yes'], only(box));
    expect(tree(box.home)).toEqual(before);
  });

  it('has hooks that renew themselves after an update, at the next compile', () => {
    const box = sandbox();
    box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', 'p'], only(box));
    box.ok(bash, only(box));
    const hook = box.text('.local/state/bedrockenv/hooks/bedrockenv.bash');
    box.write('.local/state/bedrockenv/hooks/bedrockenv.bash', '# of an older version\n');
    box.ok(['compile', '--dir', 'p'], only(box));
    expect(box.text('.local/state/bedrockenv/hooks/bedrockenv.bash')).toBe('# of an older version\n');
    box.write('.local/state/bedrockenv/hooks/version', '0.0.0-older\n');
    box.ok(['compile', '--dir', 'p'], only(box));
    expect(box.text('.local/state/bedrockenv/hooks/bedrockenv.bash')).toBe(hook);
    expect(existsSync(join(box.state, 'hooks/bedrockenv.zsh'))).toBe(false);
    expect(box.run(bash, only(box)).stderr).toContain('everything is set up already');
  });

  it('goes with everything in it: plans, approvals, the cache of models', () => {
    const box = sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    const before = tree(box.home);
    box.ok(['allow', 'p'], only(box));
    box.ok(['use', 'opus', '--global'], only(box));
    box.ok(bash, only(box));
    box.ok(['use', 'haiku', '--global'], only(box));
    box.ok(['export'], { ...only(box), cwd: dir });
    const { stderr } = box.run(['uninstall', '--yes'], only(box));
    expect(tree(box.home)).toEqual(before);
    expect(stderr).toContain('.bedrockrc files stay where they are (1)');
  });
});

describe('settings', () => {
  it('go under default: of the user config, and comments stay', () => {
    const box = sandbox();
    const config = '# mine\ndefault:\n  model: sonnet # cheap\nenvironments:\n  work: {profile: corp-dev}\n';
    box.write('.config/bedrockenv/config.yaml', config, 0o644);
    const before = tree(box.home);
    const flags = ['--profile', 'corp-dev', '--model', 'opus', '--scope', 'claude', '--login', 'ask'];
    const { code, stderr } = box.run([...bash, ...flags], only(box));
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/-\s+model: sonnet # cheap\n\+\s+model: opus # cheap/);
    const text = box.text('.config/bedrockenv/config.yaml');
    for (const part of ['# mine', 'model: opus # cheap', 'scope: claude', 'login: ask']) expect(text).toContain(part);
    expect(box.run([...bash, ...flags], only(box)).stderr).toContain('everything is set up already');
    box.ok(['uninstall', '--yes'], only(box));
    expect(tree(box.home)).toEqual(before);
  });

  it('--keep-config leaves them', () => {
    const box = sandbox();
    box.ok([...bash, '--profile', 'corp-dev'], only(box));
    box.ok(['uninstall', '--yes', '--keep-config'], only(box));
    expect(box.text('.config/bedrockenv/config.yaml')).toContain('profile: corp-dev');
    expect(existsSync(box.state)).toBe(false);
  });

  it("--claude-settings writes Claude Code's user settings, and uninstall takes the keys back", () => {
    const box = sandbox();
    box.write('.claude/settings.json', '{\n  "permissions": {"allow": ["Bash(ls)"]}\n}\n', 0o600);
    const before = tree(box.home);
    const { stderr } = box.run([...bash, '--profile', 'corp-dev', '--claude-settings'], only(box));
    expect(stderr).toContain('+ env.AWS_PROFILE: "corp-dev"');
    expect(JSON.parse(box.text('.claude/settings.json'))).toMatchObject({
      permissions: { allow: ['Bash(ls)'] },
      env: { AWS_PROFILE: 'corp-dev' },
    });
    box.ok(['uninstall', '--yes'], only(box));
    expect(tree(box.home)).toEqual(before);
  });

  it('scope: claude of a project goes too, with its line in the list of what git ignores', () => {
    const box = sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    expect(spawnSync('git', ['init', '-q', dir]).status).toBe(0);
    const before = tree(box.home);
    box.ok(['use', '--global', '--profile', 'corp-dev'], only(box));
    box.ok([...bash, '--scope', 'claude'], only(box));
    box.ok(['allow', 'p'], only(box));
    expect(existsSync(join(dir, '.claude/settings.local.json'))).toBe(true);
    const { code, stderr } = box.run(['uninstall', '--yes'], only(box));
    expect(code).toBe(0);
    expect(stderr).toContain('~/p/.claude/settings.local.json is removed');
    expect(tree(box.home)).toEqual(before);
  });

  it('a file of settings that Claude Code would ignore is refused before anything is written', () => {
    const box = sandbox();
    box.write('.claude/settings.json', '{} // mine\n');
    const before = tree(box.home);
    const { code, stderr } = box.run([...bash, '--profile', 'corp-dev', '--claude-settings'], only(box));
    expect([code, stderr]).toEqual([1, expect.stringContaining('.claude/settings.json:1')]);
    expect(tree(box.home)).toEqual(before);
  });
});

describe('wrong use', () => {
  const cases: [words: string[], code: number, says: string | RegExp][] = [
    [['setup'], 2, 'to ask nothing: bedrockenv setup --yes'],
    [['uninstall'], 0, 'there is nothing to take back'],
    [['setup', '--yes', '--profile', 'corp-dve'], 2, 'did you mean corp-dev?'],
    [['setup', '--yes', '--region', 'eu-centrl-1'], 2, 'did you mean eu-central-1?'],
    [['setup', '--yes', '--model', 'sonet'], 2, 'did you mean sonnet?'],
    [['setup', '--yes', '--shell', 'zhs'], 2, 'zsh'],
    [['setup', '--yes', '--login', 'atuo'], 2, 'auto'],
    [['setup', '--yes', '--shell', 'bash', '--region', 'sa-east-1', '--model', 'opus'], 1, 'sa-east-1'],
  ];
  for (const [words, code, says] of cases) {
    it(`${words.join(' ')}: exit code ${code}, nothing written`, () => {
      const box = sandbox();
      const before = tree(box.home);
      const found = box.run(words, only(box));
      expect(found.code, found.stderr).toBe(code);
      expect(found.stderr).toMatch(says);
      expect(tree(box.home)).toEqual(before);
    });
  }

  it('--dry-run shows everything on stdout and writes nothing', () => {
    const box = sandbox();
    const before = tree(box.home);
    const { code, stdout } = box.run([...bash, '--dry-run', '--profile', 'corp-dev'], only(box));
    expect(code).toBe(0);
    expect(stdout).toMatch(/~\/\.bashrc \(new\)\n\+ \[ .* # bedrockenv setup\n/);
    expect(stdout).toContain('+   profile: corp-dev');
    expect(tree(box.home)).toEqual(before);
    box.ok(bash, only(box));
    expect(box.ok(['uninstall', '--dry-run'], only(box))).toMatch(
      /^~\/\.bashrc\n(.*\n)?~\/\.local\/state\/bedrockenv\n$/,
    );
    expect(existsSync(box.path('.bashrc'))).toBe(true);
  });

  it('a record that cannot be read stops both, and says where', () => {
    const box = sandbox();
    box.ok(bash, only(box));
    const record = join(box.state, 'setup.json');
    writeFileSync(record, readFileSync(record).subarray(0, 20));
    for (const words of [bash, ['uninstall', '--yes']]) {
      const { code, stderr } = box.run(words, only(box));
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${record}: cannot be read`)]);
    }
    expect(box.text('.bashrc')).toMatch(ours);
  });

  it('modes and folders of others stay', () => {
    const box = sandbox();
    box.write('.bashrc', 'a=1\n');
    chmodSync(box.path('.bashrc'), 0o604);
    mkdirSync(box.path('.local'), 0o755);
    box.ok(bash, only(box));
    expect(statSync(box.path('.bashrc')).mode & 0o777).toBe(0o604);
    box.ok(['uninstall', '--yes'], only(box));
    expect(existsSync(box.path('.local'))).toBe(true);
    expect(existsSync(dirname(box.state))).toBe(false);
  });
});
