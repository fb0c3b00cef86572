import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

const expected = {
  CLAUDE_CODE_USE_BEDROCK: '1',
  AWS_PROFILE: 'corp-dev',
  AWS_REGION: 'eu-central-1',
  ANTHROPIC_MODEL: expect.stringMatching(/^eu\.anthropic\.claude-sonnet-/),
  ANTHROPIC_DEFAULT_OPUS_MODEL: expect.stringMatching(/^eu\.anthropic\.claude-opus-/),
  ANTHROPIC_DEFAULT_SONNET_MODEL: expect.stringMatching(/^eu\.anthropic\.claude-sonnet-/),
  ANTHROPIC_DEFAULT_HAIKU_MODEL: expect.stringMatching(/^eu\.anthropic\.claude-haiku-/),
};

function approved(text = 'profile: corp-dev\nmodel: sonnet\n'): { box: Sandbox; dir: string } {
  const box = new Sandbox();
  const dir = box.project('my project', text);
  box.ok(['allow'], { cwd: dir });
  return { box, dir };
}

describe('export', () => {
  it('prints JSON: a value, or null for what is unset', () => {
    const { box, dir } = approved('profile: corp-dev\nmodel: sonnet\nprompt_caching: 1h\n');
    const variables = box.json(['export'], { cwd: dir });
    expect(variables).toMatchObject({
      ...expected,
      DISABLE_PROMPT_CACHING: null,
      ENABLE_PROMPT_CACHING_1H: '1',
      BEDROCKENV_DIR: dir,
    });
    expect(box.json(['export', '--format', 'json', '--dir', dir])).toEqual(variables);
    expect(box.json(['export', '--dir', 'my project'])).toEqual(variables);
  });

  for (const [shell, quiet] of [
    ['bash', ['--norc']],
    ['zsh', ['-f']],
    ['fish', ['--no-config']],
  ] as const) {
    it(`--format ${shell} is what ${shell} takes, whatever the values`, () => {
      const box = new Sandbox();
      const name = 'a\'b"$(touch pwned)`x`\\ \u2019;&|\n*é開発';
      const dir = box.project(name, 'profile: corp-dev\nprompt_caching: true\n');
      box.ok(['allow'], { cwd: dir });
      const text = box.ok(['export', '--format', shell], { cwd: dir });
      const print = 'printf "%s" "$BEDROCKENV_DIR|$AWS_PROFILE"; env | grep -c PROMPT_CACHING';
      const env = box.environment({ DISABLE_PROMPT_CACHING: '1' });
      const run = execFileSync(shell, [...quiet, '-c', `${text}\n${print}; true`], {
        encoding: 'utf8',
        env,
        cwd: box.home,
      });
      expect(run).toBe(`${dir}|corp-dev0\n`);
    });
  }

  it('--format powershell doubles every character that PowerShell takes for the single quote', () => {
    const box = new Sandbox();
    const dir = box.project("q'\u2018\u2019\u201a\u201b", 'prompt_caching: true\nregion: us-east-1\n');
    box.ok(['allow'], { cwd: dir });
    const text = box.ok(['export', '--format', 'powershell'], { cwd: dir });
    expect(text).toContain(`$env:BEDROCKENV_DIR = '${box.home}/q''\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'\n`);
    expect(text).toContain('Remove-Item -LiteralPath Env:DISABLE_PROMPT_CACHING -ErrorAction Ignore\n');
  });

  it('--format dotenv and github', () => {
    const { box, dir } = approved();
    const dotenv = box.ok(['export', '--format', 'dotenv'], { cwd: dir });
    expect(dotenv).toContain('AWS_PROFILE=corp-dev\n');
    expect(dotenv).toContain(`BEDROCKENV_DIR='${dir}'\n`);
    const github = box.ok(['export', '--format', 'github'], { cwd: dir });
    expect(github).toContain(`BEDROCKENV_DIR=${dir}\n`);
    const odd = box.project('two\nlines', 'region: us-east-1\n');
    box.ok(['allow'], { cwd: odd });
    expect(box.ok(['export', '--format', 'github'], { cwd: odd })).toContain(`BEDROCKENV_DIR<<EOF\n${odd}\nEOF\n`);
  });

  it('--format dotenv leaves a directory out that it cannot write, and refuses any other value', () => {
    const box = new Sandbox();
    const dir = box.project("o'brien $x", 'region: us-east-1\n');
    box.ok(['allow'], { cwd: dir });
    const { code, stdout, stderr } = box.run(['export', '--format', 'dotenv'], { cwd: dir });
    expect([code, stdout]).toEqual([0, expect.stringContaining('AWS_REGION=us-east-1\n')]);
    expect(stdout).not.toContain('BEDROCKENV_DIR');
    expect(stderr).toBe(
      'bedrockenv: BEDROCKENV_DIR cannot be written in a dotenv file and is left out; it is for prompts alone\n',
    );
    box.write('.config/bedrockenv/config.yaml', 'default: {api_key: {env: KEY}}\n');
    const odd = box.run(['export', '--format', 'dotenv'], { cwd: dir, env: { KEY: `a'b"c` } });
    expect(odd).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('AWS_BEARER_TOKEN_BEDROCK') });
    expect(odd.stderr).not.toContain('b"c');
  });

  it('exits 3 for a file that is not approved, with the command to type and nothing on stdout', () => {
    const box = new Sandbox();
    const dir = box.project('my project', 'model: sonnet\n');
    expect(box.run(['export'], { cwd: dir })).toEqual({
      code: 3,
      stdout: '',
      stderr: `bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow\n`,
    });
    mkdirSync(join(dir, 'sub'));
    expect(box.run(['export'], { cwd: join(dir, 'sub') }).stderr).toContain(`bedrockenv allow '${dir}'\n`);
    expect(box.run(['exec', 'true'], { cwd: dir })).toMatchObject({ code: 3, stdout: '' });
  });

  it('outside of projects is what default: says, else nothing', () => {
    const box = new Sandbox();
    expect(box.json(['export'])).toEqual({});
    box.write('.config/bedrockenv/config.yaml', 'default:\n  profile: corp-dev\n  model: sonnet\n');
    expect(box.json(['export'])).toMatchObject(expected);
    expect(box.json(['export'], { env: { BEDROCKENV_CONFIG: box.path('none') } })).toEqual({});
  });

  it('takes the plan only while its inputs are as they were', () => {
    const { box, dir } = approved('profile: corp-dev\n');
    const region = () => box.json(['export'], { cwd: dir }).AWS_REGION;
    expect(region()).toBe('eu-central-1');
    const config = box.path('.aws/config');
    const old = execFileSync('cat', [config], { encoding: 'utf8' });
    writeFileSync(config, old.replace('region = eu-central-1\n\n', 'region = eu-west-1\n\n'));
    expect(region()).toBe('eu-west-1');
    box.ok(['compile', '--dir', dir]);
    expect(region()).toBe('eu-west-1');
    rmSync(config);
    const gone = box.run(['export'], { cwd: dir });
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toContain('there is no AWS profile "corp-dev"');
  });

  it('resolves against the environment without what a hook has set', () => {
    const { box, dir } = approved('model: sonnet\n');
    const state = [
      '1',
      'g',
      '/elsewhere',
      'AWS_PROFILE',
      '=corp-dev',
      'x',
      'keys',
      'AWS_REGION',
      '=eu-central-1',
      'u',
      '',
    ];
    const env = { AWS_PROFILE: 'corp-dev', AWS_REGION: 'eu-central-1', BEDROCKENV_STATE: state.join('\x1f') };
    const variables = box.json(['export'], { cwd: dir, env });
    expect(variables).toMatchObject({ AWS_REGION: 'us-east-1' });
    expect(variables.AWS_PROFILE).toBeUndefined();
  });

  it('finds an API key where the user config says, and never puts it into the state', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'region: us-east-1\n');
    const key = 'bedrock-api-key-SECRET';
    const config = (source: string) => box.write('.config/bedrockenv/config.yaml', `default:\n  api_key: ${source}\n`);
    const found = (env = {}) => box.json(['export'], { cwd: dir, env }).AWS_BEARER_TOKEN_BEDROCK;
    box.write('key', `${key}\nmore\n`);
    config('{env: CORP_KEY}');
    const allowed = box.run(['allow'], { cwd: dir, env: { CORP_KEY: key } });
    expect(allowed.code).toBe(0);
    expect(allowed.stderr).not.toContain(key);
    expect(found({ CORP_KEY: key })).toBe(key);
    const missing = box.run(['export'], { cwd: dir });
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('the variable CORP_KEY is not set');
    config('{file: ~/key}');
    expect(found()).toBe(key);
    config(`{command: [sh, -c, 'cat ~/key']}`);
    expect(found()).toBe(key);
    expect(box.ok(['api-key', '--dir', dir])).toBe(`${key}\n`);
    box.ok(['compile', '--dir', dir]);
    expect(found()).toBe(key);
    expect(box.json(['status', '--json'], { cwd: dir }).variables.AWS_BEARER_TOKEN_BEDROCK).toBe('***');
    expect(execFileSync('sh', ['-c', `grep -rl SECRET ${box.state} || true`], { encoding: 'utf8' })).toBe('');
  });

  it('ends quietly when nobody reads on', () => {
    const { box, dir } = approved();
    const line = `node=${process.execPath}; "$0" "$1" export | true; echo "\${PIPESTATUS[0]}"`;
    const { program } = { program: join(import.meta.dirname, '../bin/bedrockenv.js') };
    const out = execFileSync('bash', ['-c', line, process.execPath, program], {
      cwd: dir,
      env: box.environment(),
      encoding: 'utf8',
    });
    expect(out).toBe('0\n');
  });
});

describe('exec', () => {
  it('runs a program with the variables, and passes on its output and exit code', () => {
    const { box, dir } = approved('profile: corp-dev\nmodel: sonnet\nprompt_caching: true\n');
    const run = box.run(
      ['exec', '--', 'sh', '-c', 'echo "$AWS_PROFILE"; printenv DISABLE_PROMPT_CACHING; cat; exit 7', '--dir'],
      {
        cwd: dir,
        env: { DISABLE_PROMPT_CACHING: '1', AWS_PROFILE: 'keys' },
        input: 'from stdin',
      },
    );
    expect(run).toEqual({ code: 7, stdout: 'corp-dev\nfrom stdin', stderr: '' });
  });

  it('takes its own flags before the program, and leaves the rest to the program', () => {
    const { box, dir } = approved();
    const words = [
      'exec',
      '--dir',
      dir,
      '--profile',
      'keys',
      '--model',
      'opus',
      'printenv',
      'AWS_PROFILE',
      'AWS_REGION',
      'ANTHROPIC_MODEL',
    ];
    expect(box.ok(words)).toMatch(/^keys\nus-east-1\nus\.anthropic\.claude-opus-/);
    expect(box.ok(['exec', 'sh', '-c', 'echo "$@"', 'sh', '--model', '-h'], { cwd: dir })).toBe('--model -h\n');
  });

  it('ends like a shell when there is no such program, it cannot be run, or a signal ends it', () => {
    const { box, dir } = approved();
    expect(box.run(['exec', 'no-such-program'], { cwd: dir })).toMatchObject({
      code: 127,
      stderr: 'bedrockenv: no-such-program: there is no such program\n',
    });
    box.write('plain', 'x', 0o644);
    expect(box.run(['exec', box.path('plain')], { cwd: dir }).code).toBe(126);
    symlinkSync('loop', box.path('loop'));
    const others = [
      ['', 127],
      [box.path('plain/x'), 127],
      [box.path('loop'), 126],
      ['x'.repeat(300), 126],
    ] as const;
    for (const [name, code] of others) {
      const stderr = expect.stringMatching(/^bedrockenv: .*: (there is no such program|cannot be run \(E[A-Z]+\))\n$/);
      expect(box.run(['exec', '--', name], { cwd: dir })).toMatchObject({ code, stdout: '', stderr });
    }
    expect(box.run(['exec', 'sh', '-c', 'kill -TERM $$'], { cwd: dir }).code).toBe(143);
  });

  it('passes signals on', async () => {
    const { box, dir } = approved();
    const child = box.start(
      ['exec', 'sh', '-c', 'trap "echo got; exit 5" TERM; echo ready; while :; do sleep 0.05; done'],
      { cwd: dir },
    );
    let out = '';
    child.stdout?.on('data', (data) => {
      if (out === '') child.kill('SIGTERM');
      out += data;
    });
    const code = await new Promise((done) => child.on('close', done));
    expect([out, code]).toEqual(['ready\ngot\n', 5]);
  });

  it('runs itself inside of itself', () => {
    const { box, dir } = approved();
    const program = join(import.meta.dirname, '../bin/bedrockenv.js');
    const inner = box.ok(['exec', process.execPath, program, 'export'], { cwd: dir });
    expect(JSON.parse(inner)).toEqual(box.json(['export'], { cwd: dir }));
  });
});
