import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at, local, projectBox, read } from './project.ts';

describe('claude-settings', () => {
  it('says so where .claude is a file, and leaves it', () => {
    const box = projectBox();
    writeFileSync(box.path('p/.claude'), 'mine');
    expect(box.run(['claude-settings', '--diff'], at(box)).code).toBe(1);
    const { code, stderr } = box.run(['claude-settings', '--write'], at(box));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bedrockenv: .*\/p\/\.claude\S*: a part of the path is not a folder\n$/);
    expect(readFileSync(box.path('p/.claude'), 'utf8')).toBe('mine');
    expect(box.run(['doctor'], at(box)).stderr).not.toContain('unexpected');
  });

  it('prints what would be written, and writes nothing', () => {
    const box = projectBox();
    const { code, stdout, stderr } = box.run(['claude-settings'], at(box));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      env: {
        CLAUDE_CODE_USE_BEDROCK: '1',
        AWS_PROFILE: 'corp-dev',
        AWS_REGION: 'eu-central-1',
        ANTHROPIC_MODEL: expect.stringMatching(/^eu\.anthropic\.claude-sonnet-/),
        ANTHROPIC_DEFAULT_OPUS_MODEL: expect.stringMatching(/^eu\./),
        ANTHROPIC_DEFAULT_SONNET_MODEL: expect.stringMatching(/^eu\./),
        ANTHROPIC_DEFAULT_HAIKU_MODEL: expect.stringMatching(/^eu\./),
      },
      awsAuthRefresh: expect.stringMatching(/bedrockenv(\.js)? login --no-tty --profile corp-dev$/),
      model: expect.stringMatching(/^eu\.anthropic\.claude-sonnet-/),
    });
    expect(stderr).toMatch(/settings\.local\.json differs .*--scope local --write\n$/);
    expect(existsSync(box.path('p/.claude'))).toBe(false);
  });

  it('writes, finds nothing more to do, notices drift, and takes it back', () => {
    const box = projectBox();
    const before = '\uFEFF{\r\n\t"permissions": {"allow": [ "Bash(ls:*)" ]},\r\n\t"env": {"MINE": "1"}\r\n}';
    box.write(local, before);
    expect(box.run(['claude-settings', '--diff'], at(box)).code).toBe(1);
    box.ok(['claude-settings', '--write'], at(box));
    const written = read(box);
    expect(
      written.startsWith('\uFEFF{\r\n\t"permissions": {"allow": [ "Bash(ls:*)" ]},\r\n\t"env": {"MINE": "1",'),
    ).toBe(true);
    box.ok(['claude-settings', '--write'], at(box));
    expect(read(box)).toBe(written);
    expect(box.run(['claude-settings', '--diff'], at(box))).toMatchObject({ code: 0, stdout: '' });

    writeFileSync(box.path(local), written.replace('eu-central-1', 'us-west-2'));
    const { code, stdout, stderr } = box.run(['claude-settings', '--diff'], at(box));
    expect([code, stderr]).toEqual([1, expect.stringContaining('was changed by hand (AWS_REGION)')]);
    expect(stdout).toContain('-env.AWS_REGION: "us-west-2"\n+env.AWS_REGION: "eu-central-1"\n');
    const json = JSON.parse(box.run(['claude-settings', '--diff', '--json'], at(box)).stdout);
    expect(json).toMatchObject({ scope: 'local', file: box.path(local), written: false });
    expect(json.changes).toEqual([{ key: 'env.AWS_REGION', found: 'us-west-2', wanted: 'eu-central-1', drift: true }]);

    writeFileSync(box.path(local), written);
    box.ok(['claude-settings', '--undo'], at(box));
    expect(read(box)).toBe(before);
    expect(box.ok(['claude-settings', '--undo'], at(box))).toBe('');
    expect(read(box)).toBe(before);
  });

  it('shows no secret of a command that somebody else wrote there', () => {
    const box = projectBox(undefined, 'default: {scope: claude}\n');
    box.write(local, '{"awsCredentialExport": "get --token hunter2"}');
    for (const words of [['claude-settings', '--diff'], ['claude-settings', '--json'], ['explain']]) {
      const { stdout, stderr } = box.run(words, at(box));
      expect(stdout).toContain('get --token ***');
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  it('follows the directory file, and leaves nothing of an earlier write', () => {
    const box = projectBox('profile: corp-dev\nmax_output_tokens: 5000\n');
    box.ok(['claude-settings', '--write'], at(box));
    box.write('p/.bedrockrc', 'profile: keys\nmodel: opus\n');
    box.ok(['allow', 'p']);
    box.ok(['claude-settings', '--write'], at(box));
    const settings = JSON.parse(read(box));
    expect(settings.env).toMatchObject({ AWS_PROFILE: 'keys', AWS_REGION: 'us-east-1' });
    expect(settings.env).not.toHaveProperty('CLAUDE_CODE_MAX_OUTPUT_TOKENS');
    expect(settings).not.toHaveProperty('awsAuthRefresh');
    box.ok(['claude-settings', '--undo'], at(box));
    expect(existsSync(box.path('p/.claude'))).toBe(false);
    expect(readdirSync(box.state)).not.toContain('settings.local.json');
  });

  it('keeps every scope in its own file', () => {
    const box = projectBox(undefined, 'default: {profile: keys}\n');
    box.ok(['claude-settings', '--scope', 'project', '--write'], at(box));
    expect(JSON.parse(read(box, 'p/.claude/settings.json')).awsAuthRefresh).toBe(
      'bedrockenv login --no-tty --profile corp-dev',
    );
    box.ok(['claude-settings', '--write']);
    expect(JSON.parse(read(box, '.claude/settings.json')).env.AWS_PROFILE).toBe('keys');
    expect(statSync(box.path('.claude/settings.json')).mode & 0o777).toBe(0o600);
    const env = { CLAUDE_CONFIG_DIR: box.path('other') };
    box.ok(['claude-settings', '--write'], { env });
    expect(JSON.parse(read(box, 'other/settings.json')).env.AWS_PROFILE).toBe('keys');
    expect(box.run(['claude-settings', '--scope', 'locl'])).toMatchObject({ code: 2 });
    expect(box.run(['claude-settings', '--diff', '--write'])).toMatchObject({ code: 2 });
  });

  it('refuses a file that Claude Code would ignore, untouched, with place and reason', () => {
    const box = projectBox();
    const cases: [text: string, where: string, reason: string][] = [
      ['{\n  // mine\n  "a": 1\n}\n', ':2:3', 'comments are not allowed'],
      ['{"a": 1,}', ':1:9', 'comma before the closing bracket'],
      ['', '', 'it is empty'],
      ['{"a": ', ':1:7', 'broken JSON'],
      ['{"permissions": {"allow": "Bash"}}', ':1:18', 'permissions.allow must be a list'],
    ];
    for (const [text, where, reason] of cases) {
      box.write(local, text);
      for (const action of ['--write', '--diff']) {
        const { code, stdout, stderr } = box.run(['claude-settings', action], at(box));
        expect([code, stdout]).toEqual([1, '']);
        expect(stderr).toMatch(`bedrockenv: ${box.path(local)}${where}: Claude Code ignores this whole file`);
        expect(stderr).toContain(reason);
      }
      expect(read(box)).toBe(text);
    }
    box.write(local, Uint8Array.of(0x7b, 0xff, 0x7d));
    expect(box.run(['claude-settings', '--write'], at(box))).toMatchObject({ code: 1 });
  });

  it('corrects a value of a key that it writes, and takes back what is ours whatever else is wrong by then', () => {
    const box = projectBox();
    box.write(local, '{"model": 5}');
    box.ok(['claude-settings', '--write'], at(box));
    box.write(local, read(box).replace(/}\n?$/, ', "permissions": 5}'));
    box.ok(['claude-settings', '--undo'], at(box));
    expect(JSON.parse(read(box))).toEqual({ model: 5, permissions: 5 });
  });

  it('writes through symbolic links, of the file and of its folder', () => {
    const box = projectBox();
    box.write('dotfiles/real.json', '{"a": 1}');
    mkdirSync(box.path('p/.claude'));
    symlinkSync('../../dotfiles/real.json', box.path(local));
    box.ok(['claude-settings', '--write'], at(box));
    expect(readlinkSync(box.path(local))).toBe('../../dotfiles/real.json');
    expect(JSON.parse(read(box, 'dotfiles/real.json'))).toMatchObject({ a: 1, env: { AWS_PROFILE: 'corp-dev' } });
    box.ok(['claude-settings', '--undo'], at(box));
    expect(lstatSync(box.path(local)).isSymbolicLink()).toBe(true);
    expect(read(box, 'dotfiles/real.json')).toBe('{"a": 1}');

    rmSync(box.path('dotfiles/real.json'));
    const { code, stderr } = box.run(['claude-settings', '--write'], at(box));
    expect([code, stderr]).toEqual([1, expect.stringContaining('is a link to nowhere')]);
    rmSync(box.path('p/.claude'), { recursive: true });
    mkdirSync(box.path('elsewhere'));
    symlinkSync('../elsewhere', box.path('p/.claude'));
    box.ok(['claude-settings', '--write'], at(box));
    expect(JSON.parse(read(box, 'elsewhere/settings.local.json')).env.AWS_PROFILE).toBe('corp-dev');
  });

  it('is refused where the directory file is not approved, or says nothing', () => {
    const box = projectBox();
    box.write('p/.bedrockrc', 'model: opus\n');
    expect(box.run(['claude-settings', '--write'], at(box))).toMatchObject({ code: 3, stdout: '' });
    expect(existsSync(box.path(local))).toBe(false);
    const { code, stderr } = box.run(['claude-settings']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('bedrockenv use')]);
  });

  it('of a project that is not approved any more can still be taken back', () => {
    const box = projectBox(undefined, 'default: {profile: keys}\n');
    box.ok(['claude-settings', '--write'], at(box));
    box.ok(['revoke', 'p']);
    expect(box.run(['claude-settings', '--diff'], at(box)).code).toBe(3);
    box.ok(['claude-settings', '--undo'], at(box));
    expect(existsSync(box.path('p/.claude'))).toBe(false);
    box.ok(['deny', 'p']);
    expect(box.json(['claude-settings', '--json'], at(box)).file).toBe(box.path('.claude/settings.json'));
  });

  it('writes no API key, and stores nothing of the file but our own keys', () => {
    const box = projectBox(undefined, 'default: {api_key: {env: CORP_KEY}}\n');
    box.write(local, '{"env": {"ANTHROPIC_API_KEY": "SECRET-OF-MINE"}}');
    const env = { CORP_KEY: 'SECRET-BEDROCK-KEY' };
    const outputs = [['--write'], ['--diff'], ['--json'], []].map((words) => {
      const { stdout, stderr } = box.run(['claude-settings', ...words], { ...at(box), env });
      return stdout + stderr;
    });
    expect(outputs.join('')).toContain('API key');
    expect(outputs.join('')).not.toContain('SECRET');
    expect(read(box)).not.toContain('SECRET-BEDROCK-KEY');
    const stored = box.stateFiles().map((name) => readFileSync(join(box.state, name), 'utf8'));
    expect(stored.join('')).not.toContain('SECRET');
  });
});
