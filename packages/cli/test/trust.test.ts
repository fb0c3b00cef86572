import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { printable } from '@bedrockenv/core';
import { describe, expect, it } from 'vitest';
import { findUpwards, readDirectory } from '../src/state/directory.ts';
import { Sandbox } from './cli.ts';

const text = 'profile: corp-dev\nmodel: sonnet\n';

describe('allow', () => {
  it('allow says what leaves the geography', () => {
    const box = new Sandbox();
    box.project('p', 'region: eu-central-1\nmodel: opus\nrouting: global\n');
    const { stderr } = box.run(['allow', 'p']);
    expect(stderr).toContain('note: routing global: requests may be processed in any commercial region');
    const plain = box.project('q', 'region: eu-central-1\nmodel: opus\n');
    expect(box.run(['allow', plain]).stderr).not.toMatch(/^(note|warning): /m);
  });

  it('shows the file and what it sets, stores the bytes and compiles the plan', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    const { code, stdout, stderr } = box.run(['allow'], { cwd: dir });
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('  profile: corp-dev\n  model: sonnet\n');
    expect(stderr).toContain('AWS_PROFILE=corp-dev');
    expect(stderr).toContain('is approved');
    expect(readFileSync(join(box.state, 'approvals', dir, '.bedrockrc'), 'utf8')).toBe(text);
    expect(statSync(box.state).mode & 0o777).toBe(0o700);
    for (const file of box.stateFiles())
      expect([file, statSync(join(box.state, file)).mode & 0o777]).toEqual([file, 0o600]);
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('approved');
  });

  it('takes the directory as an argument, and the nearest file upwards without one', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    mkdirSync(join(dir, 'deep/er'), { recursive: true });
    box.ok(['allow'], { cwd: join(dir, 'deep/er') });
    box.ok(['revoke'], { cwd: join(dir, 'deep/er') });
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('unapproved');
    box.ok(['allow', 'p']);
    box.ok(['allow', 'p/.bedrockrc']);
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('approved');
  });

  it('a variable that is not set is no directory', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    for (const words of [
      ['allow', ''],
      ['export', '--dir', ''],
      ['exec', '--dir', '', '--', 'true'],
    ]) {
      expect(box.run(words, { cwd: dir })).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/ is empty; /),
      });
    }
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('unapproved');
    expect(box.ok(['exec', '--', 'printf', '%s|', '', 'x'])).toBe('|x|');
  });

  it('approves these bytes at this place only', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    const other = box.project('q', text);
    box.ok(['allow', 'p']);
    expect(box.run(['export'], { cwd: other }).code).toBe(3);
    box.project('p', `${text}#`);
    expect(box.run(['export'], { cwd: dir }).code).toBe(3);
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('unapproved');
    box.project('p', text);
    expect(box.run(['export'], { cwd: dir }).code).toBe(0);
  });

  it('finds the approval of the real directory behind a symbolic link', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    symlinkSync(dir, box.path('link'));
    box.ok(['allow', 'link']);
    expect(existsSync(join(box.state, 'approvals', dir, '.bedrockrc'))).toBe(true);
    expect(box.json(['export'], { cwd: box.path('link') }).BEDROCKENV_DIR).toBe(dir);
  });

  it('refuses a file with errors, all of them named with their places, and stores nothing', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'modle: sonnet\nregion: 5\nbase_url: http://x\n');
    const { code, stderr } = box.run(['allow'], { cwd: dir });
    expect(code).toBe(1);
    expect(stderr).toContain(`${dir}/.bedrockrc:1:1: `);
    expect(stderr).toContain('did you mean model?');
    expect(stderr).toContain(`${dir}/.bedrockrc:2:`);
    expect(stderr).toContain(`${dir}/.bedrockrc:3:1: `);
    expect(box.stateFiles()).toEqual([]);
  });

  it('refuses a file that does not resolve on this machine', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dve\n');
    const { code, stderr } = box.run(['allow'], { cwd: dir });
    expect(code).toBe(1);
    expect(stderr).toContain(`${dir}/.bedrockrc:1: `);
    expect(stderr).toContain('did you mean "corp-dev"?');
    expect(box.stateFiles()).toEqual([]);
  });

  it('says where there is no file', () => {
    const box = new Sandbox();
    mkdirSync(box.path('none'));
    expect(box.run(['allow'], { cwd: box.path('none') })).toMatchObject({ code: 1, stdout: '' });
    expect(box.run(['allow', 'nowhere']).stderr).toContain('nowhere: does not exist');
  });

  it('shows control characters as text', () => {
    const box = new Sandbox();
    const dir = box.project('p\x1b]0;x\x07', 'model: sonnet # \x1b[31m\u202e\n');
    box.write('p\x1b]0;x\x07/sub/.bedrockrc', 'model: opus\n');
    const commands =
      'allow;;status;status --json;explain;doctor;doctor --json;export;claude-settings --diff;edit;revoke';
    for (const cwd of [dir, join(dir, 'sub'), join(dir, 'sub/none')]) {
      mkdirSync(cwd, { recursive: true });
      for (const words of commands.split(';')) {
        const { stdout, stderr } = box.run(words.split(' ').filter(Boolean), { cwd, env: { EDITOR: 'true' } });
        expect(stdout + stderr, words).not.toBe('');
        for (const line of (stdout + stderr).split('\n')) expect(line, words).toBe(printable(line));
      }
    }
  });
});

describe('what is refused as broken', () => {
  const broken: Record<string, (path: string) => void> = {
    'a FIFO': (path) => execFileSync('mkfifo', [path]),
    'a folder': (path) => mkdirSync(path),
    'a link to a device': (path) => symlinkSync('/dev/zero', path),
    'a loop of links': (path) => symlinkSync('.bedrockrc', path),
    'a link to nowhere': (path) => symlinkSync('nowhere', path),
    '30 MB': (path) => writeFileSync(path, Buffer.alloc(30 << 20, '#')),
    '64 KiB and one byte': (path) => writeFileSync(path, '#'.repeat(65_537)),
    'a NUL byte': (path) => writeFileSync(path, 'model: sonnet\n\0'),
  };
  for (const [what, make] of Object.entries(broken)) {
    it(what, () => {
      const box = new Sandbox();
      mkdirSync(box.path('p'));
      const dir = box.path('p');
      make(join(dir, '.bedrockrc'));
      const allowed = box.run(['allow'], { cwd: dir });
      expect(allowed).toMatchObject({ code: 1, stdout: '' });
      expect(allowed.stderr).toMatch(/^bedrockenv: .*\.bedrockrc: is broken \(.*\)\n$/);
      for (const words of [['export'], ['exec', 'true']]) {
        expect(box.run(words, { cwd: dir })).toMatchObject({ code: 1, stdout: '' });
      }
      const status = box.json(['status', '--json'], { cwd: dir });
      expect(status).toMatchObject({ approval: 'invalid', variables: {} });
      expect(box.run(['status'], { cwd: dir }).code).toBe(0);
    });
  }
});

describe('a directory that cannot be looked into', () => {
  it('is named as the user does, and reading its file says why', () => {
    const box = new Sandbox();
    // As a folder of somebody else, which root may look into.
    symlinkSync('loop', box.path('loop'));
    const [nearest] = findUpwards(box.path('loop/in'));
    expect(nearest).toEqual({ root: box.path('loop/in'), path: box.path('loop/in/.bedrockrc') });
    expect(readDirectory(nearest?.path ?? '')).toEqual({
      kind: 'broken',
      reason: 'not readable: too many levels of symbolic links',
    });
  });
});

describe('what YAML may hold', () => {
  const files: Record<string, string | Uint8Array> = {
    'a bomb': 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nmodel: *c\n',
    'a tag': 'model: !!js/function "function(){}"\n',
    'two documents': 'model: sonnet\n---\nmodel: opus\n',
    'invalid UTF-8': new Uint8Array([0x6d, 0x6f, 0xff, 0xfe, 0x0a]),
    'deep nesting': `model: ${'['.repeat(20_000)}\n`,
    'a prototype': '__proto__: {x: 1}\n',
    'a list': '- model\n',
  };
  for (const [what, content] of Object.entries(files)) {
    it(`refuses ${what} in one or more lines, without a stack trace`, () => {
      const box = new Sandbox();
      box.write('p/.bedrockrc', content);
      const { code, stderr } = box.run(['allow', 'p']);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^(bedrockenv: .*\n)+$/);
      expect(stderr).not.toContain('unexpected');
      expect(box.json(['status', '--json'], { cwd: box.path('p') }).approval).toBe('invalid');
    });
  }
});

describe('deny, revoke, prune', () => {
  it('deny silences whatever the file comes to say; allow takes it back', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    box.ok(['allow', 'p']);
    box.ok(['deny', 'p']);
    expect(box.stateFiles().filter((file) => /^(approvals|plans|stamps)/.test(file))).toEqual([]);
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('denied');
    expect(box.json(['export'], { cwd: dir })).toEqual({});
    box.project('p', 'model: opus\n');
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('denied');
    box.ok(['allow', 'p']);
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('approved');
  });

  it('revoke forgets approval, denial and plans, also of a file that is gone', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    box.ok(['allow', 'p']);
    box.ok(['revoke', 'p']);
    expect(box.stateFiles()).toEqual([]);
    box.ok(['deny', 'p']);
    rmSync(dir, { recursive: true });
    box.ok(['revoke', 'p']);
    expect(box.stateFiles()).toEqual([]);
  });

  it('what is said about a directory makes the plans below it stale', () => {
    const box = new Sandbox();
    const outer = box.project('p', 'profile: corp-dev\n');
    const inner = box.project('p/sub', 'model: opus\n');
    box.ok(['allow', 'p/sub'], { env: { AWS_REGION: 'us-east-1' } });
    expect(box.json(['export'], { cwd: inner, env: { AWS_REGION: 'us-east-1' } })).toMatchObject({
      AWS_REGION: 'us-east-1',
    });
    box.ok(['allow', 'p']);
    expect(existsSync(join(box.state, 'plans', inner, '.bedrockrc'))).toBe(false);
    expect(box.json(['export'], { cwd: inner }).AWS_PROFILE).toBe('corp-dev');
    box.ok(['revoke'], { cwd: outer });
    expect(box.json(['export'], { cwd: inner }).AWS_PROFILE).toBeUndefined();
  });

  it('prune forgets files that are gone, and stamps and cool-downs that nobody needs', () => {
    const box = new Sandbox();
    const kept = box.project('kept', text);
    box.project('gone', text);
    box.project('denied', text);
    box.ok(['allow', 'kept']);
    box.ok(['allow', 'gone']);
    box.ok(['deny', 'denied']);
    renameSync(box.path('gone'), box.path('moved'));
    rmSync(box.path('denied'), { recursive: true });
    box.write('.local/state/bedrockenv/stamps/0123456789abcdef/0', '');
    execFileSync('touch', ['-d', '2 hours ago', box.path('.local/state/bedrockenv/stamps/0123456789abcdef')]);
    box.write('.local/state/bedrockenv/cooldown/abc', '5\n');
    expect(box.run(['prune']).stderr).toBe('bedrockenv: forgot 2 files that no longer exist\n');
    const places = new Set(box.stateFiles().map((file) => file.split('/')[0]));
    expect(places).toEqual(new Set(['approvals', 'plans', 'stamps']));
    expect(box.stateFiles().filter((file) => !file.startsWith('stamps'))).toEqual([
      `approvals${kept}/.bedrockrc`,
      `plans${kept}/.bedrockrc`,
    ]);
    expect(box.run(['export'], { cwd: kept }).code).toBe(0);
  });
});

describe('prune and the records of what we did to settings files', () => {
  const record = '.claude/settings.local.json';
  const recorded = (box: Sandbox, dir: string) => existsSync(`${box.state}/settings${dir}/${record}`);

  function projects(...names: string[]) {
    const box = new Sandbox();
    const dirs = names.map((name) => box.project(name, 'profile: corp-dev\n'));
    for (const dir of dirs) {
      box.ok(['allow', dir]);
      box.ok(['claude-settings', '--write'], { cwd: dir });
      expect(recorded(box, dir)).toBe(true);
    }
    return { box, dirs };
  }

  it('keeps one that can still be undone, and one whose file may come back', () => {
    const { box, dirs } = projects('there', 'without');
    rmSync(`${dirs[1]}/.claude`, { recursive: true });
    box.write(`.local/state/bedrockenv/settings${dirs[0]}/${record}.1234`, '');
    execFileSync('touch', ['-d', '2 hours ago', `${box.state}/settings${dirs[0]}/${record}.1234`]);
    expect(box.run(['prune']).stderr).toBe('bedrockenv: forgot 0 files that no longer exist\n');
    expect(dirs.map((dir) => recorded(box, dir))).toEqual([true, true]);
    expect(existsSync(`${box.state}/settings${dirs[0]}/${record}.1234`)).toBe(false);
    box.ok(['claude-settings', '--undo'], { cwd: dirs[0] as string });
    expect(existsSync(`${dirs[0]}/${record}`)).toBe(false);
  });

  it('drops one whose directory was deleted, with all above it too', () => {
    const { box, dirs } = projects('gone', 'src/deep/gone');
    rmSync(dirs[0] as string, { recursive: true });
    rmSync(box.path('src'), { recursive: true });
    expect(box.run(['prune']).stderr).toBe('bedrockenv: forgot 4 files that no longer exist\n');
    expect(existsSync(`${box.state}/settings`)).toBe(false);
  });

  it('keeps one on a drive that is not there now', () => {
    const { box, dirs } = projects('drive/project');
    // What lies under a mount is as old as it was before.
    renameSync(box.path('drive'), box.path('elsewhere'));
    mkdirSync(box.path('drive'));
    execFileSync('touch', ['-d', '2 hours ago', box.path('drive')]);
    box.ok(['prune']);
    expect(recorded(box, dirs[0] as string)).toBe(true);
    rmSync(box.path('drive'), { recursive: true });
    renameSync(box.path('elsewhere'), box.path('drive'));
    box.ok(['claude-settings', '--undo'], { cwd: dirs[0] as string });
    expect(existsSync(`${dirs[0]}/${record}`)).toBe(false);
  });
});

describe('the state folder', () => {
  it('is refused when others can write to it', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    box.ok(['allow', 'p']);
    execFileSync('chmod', ['775', box.state]);
    for (const words of [['export'], ['allow'], ['compile', '--dir', '.'], ['deny'], ['revoke'], ['prune']]) {
      const { code, stdout, stderr } = box.run(words, { cwd: dir });
      expect([words, code, stdout]).toEqual([words, 1, '']);
      expect(stderr).toContain(`run: chmod 700 ${box.state}`);
    }
    const status = box.json(['status', '--json'], { cwd: dir });
    expect(status.warnings).toContainEqual(expect.objectContaining({ code: 'state-folder' }));
    expect(status.variables).toEqual({});
  });

  it('with a default: too, status names the file and nothing that would apply', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    box.write('.config/bedrockenv/config.yaml', 'default: {region: eu-west-1}\n');
    box.ok(['allow', 'p']);
    execFileSync('chmod', ['775', box.state]);
    const status = box.json(['status', '--json'], { cwd: dir });
    expect(status).toMatchObject({ file: `${dir}/.bedrockrc`, approval: 'unapproved', settings: {}, variables: {} });
    expect(status.warnings.map(({ code }: { code: string }) => code)).toEqual(['state-folder']);
    expect(box.ok(['status'], { cwd: dir })).not.toMatch(/none here|CLAUDE_CODE|next/);
    const alone = box.ok([], { cwd: dir });
    expect(alone).toContain('nothing is chosen here');
    expect(alone).toContain('bedrockenv doctor');
    expect(alone).not.toMatch(/bedrockenv (use|allow|setup)/);
    execFileSync('chmod', ['700', box.state]);
    expect(box.json(['status', '--json'], { cwd: dir })).toMatchObject({ approval: 'approved' });
  });

  it.runIf(process.getuid?.() === 0)("is refused when it is another user's", () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    box.ok(['allow', 'p']);
    execFileSync('chown', ['-R', '12345', box.state]);
    const { code, stderr } = box.run(['export'], { cwd: dir });
    expect(code).toBe(1);
    expect(stderr).toContain('belongs to another user; nothing is applied');
  });

  it.each([[''], ['.'], ['mine']])('is never one that a project brought along, for a HOME of %j', (HOME) => {
    const box = new Sandbox();
    const text = 'region: us-east-1\n';
    const dir = box.project('p', text);
    box.write(join('p', HOME, '.local/state/bedrockenv/approvals', dir, '.bedrockrc'), text, 0o600);
    chmodSync(join(dir, HOME, '.local/state/bedrockenv'), 0o700);
    expect(box.run(['export'], { cwd: dir, env: { HOME } })).toMatchObject({ code: 3, stdout: '' });
  });

  it('that cannot be made is one line with its path', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    box.write('file', '');
    const { code, stderr } = box.run(['allow'], { cwd: dir, env: { XDG_STATE_HOME: box.path('file') } });
    expect(code).toBe(1);
    expect(stderr.split('\n').at(-2)).toContain(box.path('file'));
  });

  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'that is read-only is one line with its path',
    () => {
      const box = new Sandbox();
      const dir = box.project('p', text);
      mkdirSync(box.state, { recursive: true, mode: 0o700 });
      const { code, stderr } = box.run(['allow'], { cwd: dir, env: { XDG_STATE_HOME: '/proc' } });
      expect(code).toBe(1);
      expect(stderr).toMatch(/\nbedrockenv: \/proc.*\n$/);
    },
  );

  it.runIf(process.platform === 'linux')('that may not be made names another place for it', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    const { code, stderr } = box.run(['allow'], { cwd: dir, env: { XDG_STATE_HOME: '/sys' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\nbedrockenv: \/sys\/bedrockenv: .*; set XDG_STATE_HOME to a folder that you may write to\n$/,
    );
  });
});
