import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

describe('explain', () => {
  it('reads the real files: settings with their lines, ignored ones named, the shell, the AWS files, .bedrockrc', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\nregion: eu-west-1\n');
    box.ok(['allow', 'p']);
    box.write('p/.claude/settings.local.json', '{\n  "env": {\n    "AWS_REGION": "us-east-2"\n  }\n}\n');
    box.write('p/.claude/settings.json', '{"model": "opus",}');
    box.write('.claude/settings.json', '{"env": {"AWS_REGION": "us-west-1"}}');
    const options = { cwd: dir, env: { AWS_PROFILE: 'corp-dev' } };
    const { code, stdout, stderr } = box.run(['explain', 'AWS_REGION', '--json'], options);
    expect(code).toBe(0);
    expect(stderr).toContain(`${box.path('p/.claude/settings.json')}:1:18: Claude Code ignores this whole file`);
    expect(JSON.parse(stdout).variables).toEqual([
      {
        name: 'AWS_REGION',
        sources: [
          { source: `${box.path('p/.claude/settings.local.json')}:3`, value: 'us-east-2' },
          { source: `${box.path('.claude/settings.json')}:1`, value: 'us-west-1' },
          { source: `${box.path('.aws/config')}:10`, value: 'eu-central-1' },
          { source: 'default', value: 'us-east-1' },
          { source: `${dir}/.bedrockrc:2`, value: 'eu-west-1' },
        ],
        winner: {
          claude: `${box.path('p/.claude/settings.local.json')}:3`,
          aws: `${box.path('.aws/config')}:10`,
          sdk: `${box.path('.aws/config')}:10`,
        },
      },
    ]);
    const text = box.ok(['explain'], options);
    expect(text).toMatch(/^AWS_REGION\n {2}Claude Code +us-east-2 +\S+settings\.local\.json:3\n/m);
    expect(text).toContain('! Claude Code and the AWS CLI disagree');
  });

  it('reads the env of what Claude Code remembers, below every settings file, and nothing else of it', () => {
    const box = new Sandbox();
    const cwd = dirname(box.write('w/x', ''));
    const remembered = { model: 'opus', env: { AWS_REGION: 'eu-west-3', ANTHROPIC_MODEL: 'haiku' } };
    const write = (name: string) => box.write(name, JSON.stringify(remembered, null, 2));
    const winner = (name: string, env = {}) =>
      box.json(['explain', name, '--json'], { cwd, env: { AWS_REGION: 'us-east-1', ...env } }).variables[0].winner
        .claude;
    const path = write('.claude.json');
    expect([winner('AWS_REGION'), winner('ANTHROPIC_MODEL')]).toEqual([`${path}:4`, `${path}:5`]);
    const user = box.write('.claude/settings.json', '{"env": {"AWS_REGION": "eu-west-1", "ANTHROPIC_MODEL": ""}}');
    expect([winner('AWS_REGION'), winner('ANTHROPIC_MODEL')]).toEqual([`${user}:1`, null]);
    const other = write('other/.claude.json');
    expect(winner('AWS_REGION', { CLAUDE_CONFIG_DIR: box.path('other') })).toBe(`${other}:4`);
    const old = write('other/.config.json');
    expect(winner('AWS_REGION', { CLAUDE_CONFIG_DIR: box.path('other') })).toBe(`${old}:4`);
    box.write('.claude.json', '{"env": {},}');
    expect(box.run(['explain']).stderr).toContain(`${path}: is broken JSON, with which Claude Code does not start`);
    expect(box.run(['doctor']).stdout).toContain('is broken JSON');
  });

  it('reads files that are not UTF-8 as Claude Code does, and says so', () => {
    const box = new Sandbox();
    for (const bytes of [
      Buffer.from('\uFEFF{"env": {"AWS_REGION": "eu-west-3"}}', 'utf16le'),
      Buffer.from('{"env": {"AWS_REGION": "eu-west-3"}, "x": "\xe9"}', 'latin1'),
    ]) {
      const path = box.write('p/.claude/settings.local.json', bytes);
      const { stdout, stderr } = box.run(['explain', 'AWS_REGION', '--json'], { cwd: box.path('p') });
      expect(JSON.parse(stdout).variables[0].winner.claude).toBe(`${path}:1`);
      expect(stderr).toBe(`bedrockenv: ${path}: is not UTF-8 text; save it as UTF-8\n`);
    }
  });

  it('still explains where nothing is approved', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    const { code, stdout, stderr } = box.run(['explain', 'AWS_PROFILE'], { cwd: dir, env: { AWS_PROFILE: 'keys' } });
    expect([code, stderr]).toEqual([0, expect.stringContaining('is not approved')]);
    expect(stdout).toMatch(/Claude Code +keys +shell/);
  });

  it('what only the AWS CLI uses is not said to be set by nothing', () => {
    const box = new Sandbox();
    box.write('.aws/config', '[profile dev]\nregion = eu-west-1\n');
    const { stdout } = box.run(['explain', 'AWS_PROFILE'], { env: { AWS_DEFAULT_PROFILE: 'dev' } });
    expect(stdout).toMatch(
      /^AWS_PROFILE\n {2}AWS CLI +dev +shell\n(?: {2}!.*\n)* {2}! the AWS CLI takes AWS_DEFAULT_PROFILE, /,
    );
  });

  it('knows its variables', () => {
    const box = new Sandbox();
    expect(box.run(['explain', 'AWS_REGON'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean AWS_REGION?'),
    });
    expect(box.ok(['explain', 'MAX_THINKING_TOKENS'])).toBe('MAX_THINKING_TOKENS\n  nothing sets it\n');
  });
});
