import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePlan } from '@bedrockenv/core';
import { type Machine, machineIn, machineMissing } from '@bedrockenv/testkit/machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyPaths } from '../src/state/places.ts';
import { type Options, Sandbox } from './cli.ts';

const path = '/etc/bedrockenv/policy.yaml';
const missing = machineMissing();
let machine: Machine;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bedrockenv-machine-'));
  if (!missing) machine = machineIn(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A machine with a policy, and a project there that was approved before it. */
function setUp(policy: string | null, file = 'profile: corp-dev\nmodel: claude-sonnet-5\n') {
  const box = new Sandbox();
  const cwd = box.project('p', file);
  box.ok(['allow', 'p']);
  machine.setPolicy(policy);
  const run = (words: readonly string[], options: Options = {}) =>
    box.run(words, { cwd, under: machine.under, ...options });
  return { box, cwd, run };
}

if (missing) it.skip(`not here: ${missing}`, () => {});

describe.skipIf(missing)('what the policy forbids', { timeout: 60_000 }, () => {
  const rule = `bedrockenv: ${path}:2: `;
  const policy = '---\nregions: [eu-west-1]\n';

  it.each([
    [['export']],
    [['export', '--format', 'json']],
    [['exec', '--', 'true']],
    [['allow']],
    [['use', 'opus']],
    [['claude-settings']],
    [['claude-settings', '--write']],
    [['iam-policy', '--least']],
    [['iam-policy', '--least', '--model', 'opus']],
    [['models', '--refresh']],
  ])('%j: exit code 1, the rule and its place, nothing on stdout', (words) => {
    const { box, run } = setUp(policy);
    const { code, stdout, stderr } = run(words);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(rule)]);
    expect(stderr).toContain('allows only the regions eu-west-1');
    expect(box.text('p/.bedrockrc')).toBe('profile: corp-dev\nmodel: claude-sonnet-5\n');
    expect(() => readFileSync(box.path('p/.claude/settings.local.json'))).toThrow();
  });

  it('status and explain say it', () => {
    const { run } = setUp(policy);
    const { code, stdout } = run(['status', '--json']);
    const status = JSON.parse(stdout);
    expect([code, status.variables, status.approval]).toEqual([0, {}, 'approved']);
    expect(status.warnings).toEqual([
      expect.objectContaining({
        code: 'policy-regions',
        message: expect.stringContaining(`${path}:2: region is eu-central-1`),
      }),
    ]);
    expect(run(['explain', 'AWS_REGION']).stderr).toContain(rule);
  });

  it('doctor finds it, and names the page', () => {
    const { run } = setUp(policy);
    const { code, stdout } = run(['doctor', '--json']);
    const finding = JSON.parse(stdout).findings.find(({ code }: { code: string }) => code === 'policy-regions');
    expect([code, finding]).toEqual([
      1,
      expect.objectContaining({ severity: 'error', docs: 'docs/policy.md#policy-regions' }),
    ]);
    expect(finding.evidence).toContain(`${path}:2`);
    const allowed = setUp('regions: [eu-central-1]\n').run(['doctor', '--json']);
    expect(allowed.stdout).not.toContain('policy-');
  });

  it('no word, variable or file of the user is above it', () => {
    const { box, run } = setUp('accounts: ["123456789012"]\nregions: [eu-central-1]\nmodels: [sonnet]\n');
    expect(run(['export']).code).toBe(0);
    const elsewhere = box.write('mine.yaml', 'default: {region: us-east-1}\n');
    for (const [words, env] of [
      [['exec', '--profile', 'corp-role', '--', 'true'], {}],
      [['exec', '--profile', 'keys', '--', 'true'], {}],
      [['exec', '--model', 'opus', '--', 'true'], {}],
      [['exec', '--model', 'us.anthropic.claude-sonnet-5', '--', 'true'], {}],
      [['credentials', '--profile', 'corp-role'], {}],
      [['login', '--profile', 'old'], {}],
    ] as const) {
      const { code, stdout } = run(words, { env });
      expect([words, code, stdout]).toEqual([words, 1, '']);
    }
    const variables = { XDG_CONFIG_HOME: box.path('x'), ProgramData: box.home, BEDROCKENV_POLICY: elsewhere };
    for (const env of [variables, { BEDROCKENV_CONFIG: elsewhere }]) {
      expect(run(['exec', '--model', 'opus', '--', 'true'], { env }).code).toBe(1);
    }
    expect(run(['export'], { cwd: box.home, env: { BEDROCKENV_CONFIG: elsewhere } }).code).toBe(1);
  });

  it('a rule on accounts keeps an API key of the shell from deciding, and from every file', () => {
    const { box, run } = setUp('accounts: ["123456789012"]\n');
    const env = { AWS_BEARER_TOKEN_BEDROCK: 'shells-own-key' };
    expect(JSON.parse(run(['export'], { env }).stdout)).toMatchObject({ AWS_BEARER_TOKEN_BEDROCK: null });
    const shown = run(['exec', '--', 'sh', '-c', 'echo "${AWS_BEARER_TOKEN_BEDROCK-unset}"'], { env });
    expect(shown.stdout).toBe('unset\n');
    const { variables, warnings } = JSON.parse(run(['status', '--json'], { env }).stdout);
    expect([variables.AWS_BEARER_TOKEN_BEDROCK, warnings]).toEqual([null, []]);
    expect(run(['explain', 'AWS_BEARER_TOKEN_BEDROCK'], { env }).stdout).toContain(`${path}:1`);
    expect(run(['doctor', '--json'], { env }).stdout).not.toContain('bearer-token-first');
    // One that a settings file holds is the user's to take out, and no record of ours will ever hold it.
    const settings = box.write(
      'p/.claude/settings.local.json',
      '{"env": {"AWS_BEARER_TOKEN_BEDROCK": "settings-key"}}',
    );
    expect(run(['claude-settings', '--write'], { env }).code).toBe(0);
    expect(readFileSync(settings, 'utf8')).toContain('settings-key');
    expect(run(['doctor', '--json'], { env }).stdout).toContain('bearer-token-first');
    for (const file of box.stateFiles()) expect(readFileSync(join(box.state, file), 'utf8')).not.toContain('-key');

    machine.setPolicy(null);
    expect(JSON.parse(run(['export'], { env }).stdout)).not.toHaveProperty('AWS_BEARER_TOKEN_BEDROCK');
    expect(run(['doctor', '--json'], { env }).stdout).toContain('bearer-token-first');
  });

  it('names the settings that were written before it forbade them, with the command that takes them back', () => {
    const { box, cwd, run } = setUp(null);
    box.write('.claude/settings.json', '{"mine": 1}');
    const codes = () => JSON.parse(run(['doctor', '--json']).stdout).findings.map(({ code }: { code: string }) => code);
    const warnings = () =>
      JSON.parse(run(['status', '--json']).stdout).warnings.filter(
        ({ code }: { code: string }) => code === 'policy-settings',
      );
    for (const scope of ['user', 'local']) expect(run(['claude-settings', '--scope', scope, '--write']).code).toBe(0);
    expect([codes().includes('policy-settings'), warnings()]).toEqual([false, []]);

    for (const forbidding of [policy, 'regions: [eu-central-1\n']) {
      machine.setPolicy(forbidding);
      expect(codes()).toContain('policy-settings');
      expect(
        warnings()
          .map(({ fix }: { fix: string }) => fix)
          .sort(),
      ).toEqual(['bedrockenv claude-settings --scope local --undo', 'bedrockenv claude-settings --scope user --undo']);
    }
    machine.setPolicy(policy);
    for (const { fix, message } of warnings()) {
      expect(message).toContain(
        /--scope user/.test(fix) ? box.path('.claude/settings.json') : `${cwd}/.claude/settings.local.json`,
      );
      expect(run(fix.split(' ').slice(1)).code).toBe(0);
    }
    expect([codes().includes('policy-settings'), warnings()]).toEqual([false, []]);
    expect([box.text('.claude/settings.json'), existsSync(`${cwd}/.claude`)]).toEqual(['{"mine": 1}', false]);
    // What is wrong for another reason is no matter of the policy.
    machine.setPolicy(null);
    expect(run(['claude-settings', '--write']).code).toBe(0);
    box.write('p/.bedrockrc', 'profile: gone\n');
    box.run(['allow', 'p']);
    expect(codes()).not.toContain('policy-settings');
  });

  it('a broken policy, or one that is no file: nothing is set', () => {
    const { run } = setUp('regions: [eu-central-1\n');
    expect(run(['export'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`${path}:2:1: not valid YAML`),
    });
    machine.setPolicy('nonsense: 1\n');
    expect(run(['exec', '--', 'true'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('unknown rule "nonsense"'),
    });
    for (const words of [['login'], ['credentials', '--profile', 'corp-dev'], ['models'], ['iam-policy']]) {
      expect([words, run(words).code]).toEqual([words, 1]);
    }
    machine.setPolicy(null);
    const place = join(folder, 'etc/bedrockenv/policy.yaml');
    mkdirSync(place, { recursive: true });
    expect(run(['export'])).toMatchObject({ code: 1, stderr: expect.stringContaining(`${path}: not a regular file`) });
    rmSync(place, { recursive: true });
    machine.setPolicy(null);
    expect(run(['export']).code).toBe(0);
  });

  it('is an input of the plan, also while there is none', () => {
    const { box, run, cwd } = setUp(null);
    expect(run(['compile', '--dir', cwd]).code).toBe(0);
    const plan = () => decodePlan(readFileSync(join(box.state, 'plans', cwd, '.bedrockrc')));
    expect(plan()?.inputs).toContainEqual({ path, seen: null });
    machine.setPolicy(policy);
    expect(run(['export'])).toMatchObject({ code: 1, stdout: '' });
    run(['compile', '--dir', cwd]);
    expect(plan()?.variables).toEqual([]);
    expect(plan()?.notes).toEqual([expect.stringContaining('allows only the regions eu-west-1')]);
    machine.setPolicy('regions: [eu-central-1]\nlogin: notify\n');
    run(['compile', '--dir', cwd]);
    expect(plan()?.login).toBe('notify');
    expect(plan()?.variables).toContainEqual({ op: 'set', name: 'AWS_REGION', value: 'eu-central-1' });
  });

  it.each(['regions: [eu-west-1]\n', 'regions: nowhere\n'])(
    'takes back what scope: claude wrote before: %j',
    (later) => {
      const { box, run, cwd } = setUp(null);
      box.write('.config/bedrockenv/config.yaml', 'default: {scope: claude}\n');
      const settings = () => existsSync(box.path('p/.claude/settings.local.json'));
      expect(run(['compile', '--dir', cwd]).code).toBe(0);
      expect(settings()).toBe(true);
      machine.setPolicy(later);
      expect(run(['compile', '--dir', cwd]).code).toBe(0);
      expect(settings()).toBe(false);
      const refused = run(['credentials', '--no-fallback', '--profile', 'corp-dev']);
      expect(JSON.parse(refused.stdout).Credentials.AccessKeyId).toBe('BEDROCKENVSIGNINNEEDED');
      for (const words of [['deny'], ['revoke']]) expect([words, run(words).code]).toEqual([words, 0]);
    },
  );

  it('models shows what it allows, and the rule for the rest', () => {
    const { run } = setUp('routing: [geo]\nmodels: [claude-sonnet-5, haiku]\n');
    const rows: { id: string; alias: string | null; usable: boolean; reason: string | null }[] = JSON.parse(
      run(['models', '--json']).stdout,
    ).models;
    const row = (id: string) => rows.find((each) => each.id === id);
    expect(rows.filter(({ usable }) => usable).map(({ id, alias }) => `${alias} ${id}`)).toEqual([
      'sonnet eu.anthropic.claude-sonnet-5',
      'haiku eu.anthropic.claude-haiku-5-5',
      'null eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    ]);
    expect(row('eu.anthropic.claude-opus-5')?.reason).toContain(`(${path}:2)`);
    expect(row('global.anthropic.claude-sonnet-5')?.reason).toContain(`(${path}:1)`);
  });

  it('binds direnv as well', () => {
    const { box, run } = setUp(policy);
    box.write('q/.envrc', 'use bedrock\n');
    const words = ['compile', '--words', box.path('q'), 'profile=corp-dev'];
    expect(run(words, { cwd: box.path('q') }).code).toBe(0);
    const plan = decodePlan(readFileSync(join(box.state, 'direnv', box.path('q'), '.envrc')));
    expect([plan?.variables, plan?.notes]).toEqual([[], [expect.stringContaining('eu-west-1')]]);
  });
});

describe('where it lies', () => {
  it('is one place for each system, which no variable moves', () => {
    const env = { ProgramData: 'D:\\ProgramData', XDG_CONFIG_HOME: '/x', HOME: '/h' };
    expect(policyPaths(env, 'linux')).toEqual([path]);
    expect(policyPaths(env, 'darwin')).toEqual(['/Library/Application Support/bedrockenv/policy.yaml']);
    const usual = 'C:\\ProgramData\\bedrockenv\\policy.yaml';
    expect(policyPaths({}, 'win32')).toEqual([usual]);
    expect(policyPaths(env, 'win32')).toEqual([usual, 'D:\\ProgramData\\bedrockenv\\policy.yaml']);
  });
});
