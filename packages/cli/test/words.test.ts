import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decodePlan, type Plan } from '@bedrockenv/core';
import { describe, expect, it } from 'vitest';
import { policyPaths } from '../src/state/places.ts';
import { Sandbox } from './cli.ts';

function planAt(path: string): Plan {
  const plan = decodePlan(readFileSync(path));
  if (plan === null) throw new Error(`no plan at ${path}`);
  return plan;
}

function setUp(name = 'p'): { box: Sandbox; dir: string; slot: (n?: number) => string } {
  const box = new Sandbox();
  const dir = join(box.write(join(name, '.envrc'), 'use bedrock …\n'), '..');
  return { box, dir, slot: (n = 0) => join(box.state, 'direnv', dir, `.envrc${n ? `.${n}` : ''}`) };
}

const compiled = (dir: string, ...words: string[]) => ['compile', '--words', dir, '--', ...words];

describe('compile --words', () => {
  it('writes the plan of the words, above default: of the user config', () => {
    const { box, dir, slot } = setUp();
    box.project('p', 'profile: keys\n');
    box.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n  region: us-west-2\n');
    box.ok(compiled(dir, 'region=eu-central-1', 'profile=corp-dev', 'model=sonnet'));
    const plan = planAt(slot());
    expect(plan).toMatchObject({
      root: dir,
      text: 'region=eu-central-1\nprofile=corp-dev\nmodel=sonnet\n',
      notes: [],
      session: { kind: 'sso', name: 'corp', profile: 'corp-dev' },
    });
    expect(plan.inputs.map(({ path }) => path)).toEqual([
      ...policyPaths(process.env).slice(0, 1),
      box.path('.config/bedrockenv/config.yaml'),
      box.path('.aws/config'),
      box.path('.aws/credentials'),
      box.path('.cache/bedrockenv/models/123456789012/eu-central-1.json'),
    ]);
    for (const [name, value] of [
      ['AWS_PROFILE', 'corp-dev'],
      ['AWS_REGION', 'eu-central-1'],
      ['CLAUDE_CODE_EFFORT_LEVEL', 'high'],
      ['BEDROCKENV_DIR', dir],
    ]) {
      expect(plan.variables).toContainEqual({ op: 'set', name, value });
    }
    expect(readdirSync(join(box.state, 'stamps'))).toHaveLength(1);
  });

  it('lays an environment of the user config under the words', () => {
    const { box, dir, slot } = setUp();
    box.write('.config/bedrockenv/config.yaml', 'environments:\n  work:\n    profile: keys\n    region: eu-west-1\n');
    box.ok(compiled(dir, 'region=us-east-1', 'use=work'));
    const { variables } = planAt(slot());
    expect(variables).toContainEqual({ op: 'set', name: 'AWS_PROFILE', value: 'keys' });
    expect(variables).toContainEqual({ op: 'set', name: 'AWS_REGION', value: 'us-east-1' });
  });

  it('makes a note of what keeps the words from resolving, with the .envrc as its place', () => {
    const { box, dir, slot } = setUp();
    box.ok(compiled(dir, 'profile=corp-dve'));
    expect(planAt(slot())).toMatchObject({
      variables: [],
      notes: [expect.stringMatching(/\/\.envrc: there is no AWS profile "corp-dve".*corp-dev/)],
    });
    expect(planAt(slot()).notes[0]?.startsWith(`${dir}/.envrc: `)).toBe(true);
    box.ok(compiled(dir, 'use=work'));
    expect(planAt(slot(1)).notes).toEqual([
      expect.stringContaining(`${dir}/.envrc: use: there is no environment "work"`),
    ]);
    box.write('.aws/config', 'nonsense\n');
    box.ok(compiled(dir, 'profile=corp-dev'));
    const notes = [0, 1, 2, 3].filter((n) => existsSync(slot(n))).flatMap((n) => planAt(slot(n)).notes);
    expect(notes).toContainEqual(expect.stringContaining(`${box.path('.aws/config')}:1: `));
  });

  it('keeps plans for other words and other environments, and replaces the one for the same', () => {
    const { box, dir, slot } = setUp();
    const all = () =>
      [0, 1, 2, 3]
        .filter((n) => existsSync(slot(n)))
        .map((n) => planAt(slot(n)))
        .map(({ text, env }) => `${text.trim()} ${env.find(({ name }) => name === 'AWS_REGION')?.value ?? ''}`.trim());
    box.ok(compiled(dir, 'model=sonnet'), { env: { AWS_REGION: 'us-east-1' } });
    box.ok(compiled(dir, 'model=opus'), { env: { AWS_REGION: 'us-east-1' } });
    box.ok(compiled(dir, 'model=sonnet'), { env: { AWS_REGION: 'eu-west-1' } });
    box.ok(compiled(dir, 'model=sonnet'), { env: { AWS_REGION: 'us-east-1' } });
    expect(all().sort()).toEqual(['model=opus us-east-1', 'model=sonnet eu-west-1', 'model=sonnet us-east-1']);
    expect(readdirSync(join(box.state, 'stamps'))).toHaveLength(3);
    for (const region of ['us-west-2', 'eu-north-1']) {
      box.ok(compiled(dir, 'model=sonnet'), { env: { AWS_REGION: region } });
    }
    expect(all()).toHaveLength(4);
    expect(readdirSync(join(box.state, 'stamps'))).toHaveLength(4);
  });

  it.each(["it's", 'a b', '$(touch hacked)`id`', '"', '開発', 'a[$(touch hacked)]', '-n', 'new\nline'])(
    'works in a directory named %j',
    (name) => {
      const { box, dir, slot } = setUp(name);
      box.ok(compiled(dir, 'region=us-east-1'), { cwd: dir });
      expect(planAt(slot()).root).toBe(dir);
      expect(existsSync(join(dir, 'hacked'))).toBe(false);
    },
  );

  it('goes by the real directory', () => {
    const { box, dir, slot } = setUp();
    symlinkSync(dir, box.path('link'));
    box.ok(compiled(box.path('link'), 'region=us-east-1'));
    expect(planAt(slot()).root).toBe(dir);
  });

  it.each<[words: string[], line: RegExp]>([
    [['regoin=eu-central-1'], /^bedrockenv: use bedrock: 'regoin=eu-central-1': .*; did you mean region=…\?$/],
    [['model=sonnet', 'effort=hihg'], /'effort=hihg': .*; did you mean high\?$/],
    [['root=true'], /'root=true'/],
    [['models=opus'], /'models=opus'/],
    [['api_key=x'], /'api_key=x': api_key may not stand/],
    [['--help'], /'--help'/],
    [['-h'], /'-h'/],
    [['profile'], /'profile'.*did you mean profile=…\?$/],
    [['model=a\nb'], /'model=a\\x0ab': it has a control character$/],
    [['x[$(touch hacked)]=1'], /no such key/],
    [[''], /not KEY=VALUE/],
    [[], /which words\?/],
  ])('refuses %j in one line, with exit code 2, and stores nothing', (words, line) => {
    const { box, dir } = setUp();
    const { code, stdout, stderr } = box.run(compiled(dir, ...words), { cwd: dir });
    expect([code, stdout, stderr.split('\n').length]).toEqual([2, '', 2]);
    expect(stderr.trimEnd()).toMatch(line);
    expect(box.stateFiles()).toEqual([]);
    expect(existsSync(join(dir, 'hacked'))).toBe(false);
  });

  it.each([
    [['compile', '--words', 'p', '--dir', 'p', '--', 'model=opus'], 2],
    [['compile', '--dir', 'p', '--', 'model=opus'], 2],
    [['compile'], 2],
    [['compile', '--words', 'nowhere', '--', 'model=opus'], 1],
    [['compile', '--words', 'p/.envrc', '--', 'model=opus'], 1],
  ])('%j ends with %i and one line', (words, expected) => {
    const { code, stderr } = setUp().box.run(words);
    expect([code, stderr.split('\n').length]).toEqual([expected, 2]);
  });

  it('stores nothing in a state folder that others can write to', () => {
    const { box, dir } = setUp();
    mkdirSync(box.state, { recursive: true });
    chmodSync(box.state, 0o775);
    const { code, stderr } = box.run(compiled(dir, 'model=opus'));
    expect([code, stderr.split('\n').length]).toEqual([1, 2]);
    expect(stderr).toContain(`run: chmod 700 ${box.state}`);
    expect(box.stateFiles()).toEqual([]);
  });
});

describe('api-key --words', () => {
  const key = (box: Sandbox, dir: string, ...words: string[]) => box.run(['api-key', '--words', dir, '--', ...words]);

  it('prints what the command of the user config prints', () => {
    const { box, dir } = setUp();
    box.write('.config/bedrockenv/config.yaml', 'default:\n  api_key: {command: [echo, SECRET]}\n');
    expect(key(box, dir, 'region=us-east-1')).toEqual({ code: 0, stdout: 'SECRET\n', stderr: '' });
    expect(box.stateFiles()).toEqual([]);
  });

  it('takes the key of the environment that the words name', () => {
    const { box, dir } = setUp();
    const config = 'environments:\n  work:\n    region: us-east-1\n    api_key: {command: [echo, OF-WORK]}\n';
    box.write('.config/bedrockenv/config.yaml', config);
    expect(key(box, dir, 'use=work').stdout).toBe('OF-WORK\n');
    expect(key(box, dir, 'region=us-east-1')).toMatchObject({ code: 1, stdout: '' });
  });

  it('refuses a wrong word as compile does', () => {
    const { box, dir } = setUp();
    expect(key(box, dir, 'regoin=x')).toMatchObject({ code: 2, stdout: '' });
    expect(box.run(['api-key', '--dir', dir, '--', 'model=opus']).code).toBe(2);
  });
});

describe('prune', () => {
  it('drops the plans of words with their stamps when the .envrc is gone', () => {
    const { box, dir, slot } = setUp();
    const kept = join(box.write('kept/.envrc', ''), '..');
    for (const at of [dir, kept]) {
      for (const region of ['us-east-1', 'eu-west-1']) {
        box.ok(compiled(at, 'model=sonnet'), { env: { AWS_REGION: region } });
      }
    }
    box.ok(['prune']);
    expect([existsSync(slot()), existsSync(slot(1))]).toEqual([true, true]);
    expect(readdirSync(join(box.state, 'stamps'))).toHaveLength(4);
    rmSync(join(dir, '.envrc'));
    box.ok(['prune']);
    expect([existsSync(slot()), existsSync(slot(1))]).toEqual([false, false]);
    const left = box.stateFiles().filter((file) => !file.startsWith('stamps'));
    expect(left.sort()).toEqual([`direnv${kept}/.envrc`, `direnv${kept}/.envrc.1`]);
    expect(readdirSync(join(box.state, 'stamps'))).toHaveLength(2);
  });
});
