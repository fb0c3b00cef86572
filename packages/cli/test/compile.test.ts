import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodePlan, type Plan, printable } from '@bedrockenv/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

const text = 'profile: corp-dev\nmodel: sonnet\n';

function planAt(path: string): Plan {
  const plan = decodePlan(readFileSync(path));
  if (plan === null) throw new Error(`no plan at ${path}`);
  return plan;
}

function setUp(file = text): { box: Sandbox; dir: string; slot: (n?: number) => string } {
  const box = new Sandbox();
  const dir = box.project('p', file);
  box.ok(['allow', 'p']);
  return { box, dir, slot: (n = 0) => join(box.state, 'plans', dir, `.bedrockrc${n ? `.${n}` : ''}`) };
}

describe('compile', () => {
  it('writes the plan of the approved bytes, with every input and its stamp', () => {
    const { box, dir, slot } = setUp();
    const plan = planAt(slot());
    expect(plan).toMatchObject({ root: dir, text, login: 'auto', notes: [] });
    expect(plan.label).toMatch(/^corp-dev · eu-central-1 · Sonnet /);
    expect(plan.session).toMatchObject({ kind: 'sso', name: 'corp', profile: 'corp-dev' });
    expect(plan.session?.cooldownFile.startsWith(join(box.state, 'cooldown/'))).toBe(true);
    expect(plan.inputs[0]?.path).toBe(join(dir, '.bedrockrc'));
    const paths = plan.inputs.map(({ path }) => path);
    for (const path of [
      '/.bedrockrc',
      `${box.home}/.bedrockrc`,
      `${box.home}/.aws/config`,
      `${box.home}/.aws/credentials`,
      `${box.home}/.config/bedrockenv/config.yaml`,
    ]) {
      expect(paths).toContain(path);
    }
    for (const [n, { path, seen }] of plan.inputs.entries()) {
      const stamp = join(plan.stampFolder, String(n));
      expect(existsSync(stamp)).toBe(seen !== null);
      if (seen) expect(statSync(stamp, { bigint: true }).mtimeNs).toBe(statSync(path, { bigint: true }).mtimeNs);
    }
  });

  it('root: true keeps the places above out', () => {
    const { dir, slot } = setUp(`${text}root: true\n`);
    expect(planAt(slot()).inputs.filter(({ path }) => path.endsWith('/.bedrockrc'))).toHaveLength(1);
    expect(planAt(slot()).root).toBe(dir);
  });

  it('twenty at once leave the stamps of the plans that are kept, and nothing else', async () => {
    const { box, dir, slot } = setUp('model: sonnet\n');
    const regions = ['us-east-1', 'us-east-1', 'us-west-2', 'eu-west-1', 'eu-north-1', 'ap-southeast-2'];
    for (let round = 0; round < 2; round++) {
      const codes = Array.from({ length: 20 }, (_, n) => {
        const env = { AWS_REGION: regions[n % regions.length] as string };
        const child = box.start(['compile', '--dir', dir], { env }, { stdio: 'ignore' });
        return new Promise((resolve) => child.on('exit', resolve));
      });
      expect(await Promise.all(codes)).toEqual(Array(20).fill(0));
    }
    const plans = [0, 1, 2, 3].map((n) => planAt(slot(n)));
    expect(new Set(plans.map((plan) => JSON.stringify(plan.env))).size).toBe(4);
    const folders = readdirSync(join(box.state, 'stamps')).map((name) => join(box.state, 'stamps', name));
    expect(folders.toSorted()).toEqual(plans.map((plan) => plan.stampFolder).toSorted());
    expect(readdirSync(box.state).toSorted()).toEqual(['approvals', 'made-folders', 'plans', 'stamps']);
  });

  it('keeps up to four plans for different environments, and replaces the oldest', () => {
    const { box, dir, slot } = setUp('model: sonnet\n');
    const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-north-1', 'ap-southeast-2'];
    const compiled = () =>
      [0, 1, 2, 3]
        .filter((n) => existsSync(slot(n)))
        .map((n) => planAt(slot(n)).env.find(({ name }) => name === 'AWS_REGION')?.value);
    utimesSync(slot(), 0, 0);
    for (const [n, region] of regions.entries()) {
      box.ok(['compile', '--dir', dir], { env: { AWS_REGION: region } });
      for (const slotNumber of [0, 1, 2, 3]) {
        // Files written within one tick of the clock have no order.
        if (existsSync(slot(slotNumber)) && compiled()[slotNumber] === region)
          utimesSync(slot(slotNumber), n + 1, n + 1);
      }
    }
    expect(new Set(compiled())).toEqual(new Set(['us-west-2', 'eu-west-1', 'eu-north-1', 'ap-southeast-2']));
    expect(readdirSync(join(box.state, 'stamps'))).toHaveLength(4);
    box.ok(['compile', '--dir', dir], { env: { AWS_REGION: 'eu-west-1' } });
    expect(compiled()).toHaveLength(4);
    expect(readdirSync(join(box.state, 'stamps'))).toHaveLength(4);
  });

  it('replaces the plans of an older text first', () => {
    const { box, dir, slot } = setUp('model: sonnet\n');
    box.ok(['compile', '--dir', dir], { env: { AWS_REGION: 'us-west-2' } });
    box.project('p', 'model: opus\n');
    box.ok(['allow', 'p'], { env: { AWS_REGION: 'eu-west-1' } });
    expect(existsSync(slot(2))).toBe(false);
  });

  it('writes nothing for a file that is not approved, and exits 3', () => {
    const box = new Sandbox();
    const dir = box.project('p', text);
    expect(box.run(['compile', '--dir', dir]).code).toBe(3);
    expect(box.stateFiles()).toEqual([]);
    box.ok(['allow', 'p']);
    const before = box.stateFiles();
    box.project('p', `${text}\n`);
    expect(box.run(['compile', '--dir', dir]).code).toBe(3);
    expect(box.stateFiles()).toEqual(before);
  });

  it('makes a note of what keeps a directory from resolving', () => {
    const { box, dir, slot } = setUp();
    box.write('.aws/config', '[profile other]\nregion = us-east-1\n');
    box.ok(['compile', '--dir', dir]);
    const plan = planAt(slot());
    expect(plan).toMatchObject({ variables: [], label: '', session: null });
    expect(plan.notes).toEqual([expect.stringContaining(`${dir}/.bedrockrc:1: there is no AWS profile "corp-dev"`)]);
    expect(plan.inputs.map(({ path }) => path)).toContain(box.path('.aws/config'));
    box.write('.aws/config', 'nonsense\n');
    box.ok(['compile', '--dir', dir]);
    expect(planAt(slot()).notes).toEqual([expect.stringContaining(`${box.path('.aws/config')}:1: `)]);
  });

  it('puts nothing into what hooks print that could act on a terminal, nor a NUL anywhere', () => {
    const { box, dir, slot } = setUp();
    for (const region of ['eu\x1b[31m', 'eu\0']) {
      box.write('.aws/config', `[profile corp-dev]\nregion = ${region}\n`);
      box.ok(['compile', '--dir', dir]);
      const { notes } = planAt(slot());
      expect(notes).toEqual([expect.stringContaining('has no geography of its own')]);
      expect(notes.map(printable)).toEqual(notes);
    }
    const sso = 'sso_account_id = 123456789012\nsso_role_name = Dev\nregion = eu-west-1\n';
    const legacy = `[profile corp-dev]\n${sso}sso_start_url = https://a\x1b[31m\0\nsso_region = eu-west-1\n`;
    box.write('.aws/config', legacy);
    box.ok(['compile', '--dir', dir]);
    expect(planAt(slot()).session?.name).toBe('https://a\\x1b[31m\\x00');
  });

  it('a name of a profile that no variable can hold is said with its line', () => {
    const box = new Sandbox();
    const role = 'role_arn = arn:aws:iam::123456789012:role/Dev\ncredential_source = Environment\n';
    box.write('.aws/config', `[profile a\0b]\n${role}`);
    const dir = box.project('p', 'profile: {account: "123456789012", role: Dev}\nregion: eu-west-1\n');
    const where = `${box.path('.aws/config')}:1`;
    expect(box.run(['allow'], { cwd: dir })).toEqual({
      code: 1,
      stdout: '',
      stderr: `bedrockenv: ${where}: the name of the profile "a\\x00b" has a NUL byte; give it another name\n`,
    });
  });

  it('runs no program of the directory that is entered, and needs no PATH', () => {
    const { box, dir, slot } = setUp();
    box.write('.config/bedrockenv/config.yaml', 'default: {scope: claude}\n');
    execFileSync('git', ['init', '-q'], { cwd: dir, env: box.environment() });
    for (const name of ['touch', 'git', 'sh']) box.write(`p/bin/${name}`, '#!/bin/sh\ntouch "$HOME/ran"\n', 0o755);
    for (const path of ['', `bin:./bin:${process.env.PATH}`]) {
      rmSync(slot());
      const { code, stderr } = box.run(['compile', '--dir', dir], { cwd: dir, env: { PATH: path } });
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('stamp')]);
      expect(existsSync(slot())).toBe(true);
    }
    expect(existsSync(box.path('ran'))).toBe(false);
  });

  it('takes a FIFO, a folder and /dev/null for configuration files without hanging', () => {
    const { box, dir, slot } = setUp('region: us-east-1\n');
    execFileSync('mkfifo', [box.path('fifo')]);
    box.ok(['compile', '--dir', dir], { env: { AWS_CONFIG_FILE: box.path('fifo') } });
    expect(planAt(slot(1)).notes).toEqual([expect.stringContaining('is not a regular file, so the AWS CLI reads')]);
    box.ok(['compile', '--dir', dir], { env: { AWS_CONFIG_FILE: '/dev/null' } });
    expect(planAt(slot(2)).notes).toEqual([]);
    box.ok(['compile', '--dir', dir], { env: { AWS_CONFIG_FILE: '' } });
    expect(planAt(slot(3)).notes).toEqual([]);
  });

  it('takes a folder in the place of ~/.aws/config for no file, as the AWS CLI does, until there is one', () => {
    const { box, dir, slot } = setUp('region: us-east-1\n');
    const config = box.path('.aws/config');
    const text = readFileSync(config);
    box.project('q', 'profile: corp-dev\n');
    box.ok(['allow', 'q']);
    rmSync(config);
    mkdirSync(config);
    box.ok(['compile', '--dir', dir]);
    const { notes, variables, inputs, stampFolder } = planAt(slot());
    expect(notes).toEqual([expect.stringContaining(`${config} is not a regular file`)]);
    expect(variables).toContainEqual({ op: 'set', name: 'AWS_REGION', value: 'us-east-1' });
    const at = inputs.findIndex(({ path }) => path === config);
    expect(statSync(join(stampFolder, String(at)), { bigint: true }).mtimeNs).toBe(inputs[at]?.seen?.mtimeNs);
    expect(box.json(['export'], { cwd: dir })).toMatchObject({ AWS_REGION: 'us-east-1' });
    const { warnings } = box.json(['status', '--json'], { cwd: dir });
    expect(warnings.map(({ code }: { code: string }) => code)).toContain('aws-file-unread');
    expect(box.run(['profiles', '--json'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^{"profiles":\[\s*\]/),
      stderr: expect.stringContaining(`${config} is not a regular file`),
    });
    expect(box.run(['export'], { cwd: box.path('q') })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no AWS profile "corp-dev".*config is not a regular file/),
    });
    rmSync(config, { recursive: true });
    writeFileSync(config, text);
    expect(box.json(['profiles', '--json']).profiles).not.toEqual([]);
    expect(box.json(['export'], { cwd: box.path('q') })).toMatchObject({ AWS_PROFILE: 'corp-dev' });
  });

  it('says in a note that a file above is not approved, but not that one is denied', () => {
    const box = new Sandbox();
    const outer = box.project('p', 'region: us-east-1\n');
    const inner = box.project('p/sub', 'model: opus\n');
    box.ok(['allow'], { cwd: inner });
    const notes = () => planAt(join(box.state, 'plans', inner, '.bedrockrc')).notes;
    expect(notes().join()).toContain(`${outer}/.bedrockrc is not approved; to use it: bedrockenv allow ${outer}`);
    box.ok(['deny'], { cwd: outer });
    box.ok(['compile', '--dir', inner]);
    expect(notes().join()).not.toContain('not approved');
  });

  it('--default compiles what default: says', () => {
    const box = new Sandbox();
    box.write('.config/bedrockenv/config.yaml', 'default:\n  profile: keys\nnotices: quiet\n');
    box.ok(['compile', '--default']);
    const plan = planAt(join(box.state, 'default'));
    expect(plan).toMatchObject({ root: '', text: '', label: '' });
    expect(plan.variables).toContainEqual({ op: 'set', name: 'AWS_PROFILE', value: 'keys' });
  });

  it('waits until the clock has passed the inputs', () => {
    const { box, dir, slot } = setUp();
    for (let round = 0; round < 5; round++) {
      writeFileSync(join(dir, '.bedrockrc'), text);
      box.ok(['compile', '--dir', dir]);
      const seen = planAt(slot()).inputs[0]?.seen?.mtimeNs;
      expect(seen).toBe(statSync(join(dir, '.bedrockrc'), { bigint: true }).mtimeNs);
    }
  });
});

describe('kill -9', () => {
  const seed = Date.now() % 1_000_000;

  it(`leaves the old state or the new one (seed ${seed})`, async () => {
    const { box, dir, slot } = setUp('model: sonnet\nregion: us-east-1\n');
    const texts = ['model: sonnet\nregion: us-east-1\n', 'model: opus\nregion: eu-west-1\n'];
    let current = 0;
    const approval = join(box.state, 'approvals', dir, '.bedrockrc');
    const command = fc.record({ delay: fc.integer({ min: 10, max: 250 }), allow: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(command, async ({ delay, allow }) => {
        if (allow) current = 1 - current;
        writeFileSync(join(dir, '.bedrockrc'), texts[current] as string);
        const child = box.start(allow ? ['allow'] : ['compile', '--dir', dir], { cwd: dir }, { stdio: 'ignore' });
        const ended = new Promise((done) => child.once('close', done));
        await sleep(delay);
        child.kill('SIGKILL');
        await ended;

        expect(texts).toContain(readFileSync(approval, 'utf8'));
        const isApproved = readFileSync(approval, 'utf8') === texts[current];
        const status = box.json(['status', '--json'], { cwd: dir });
        expect(status.approval).toBe(isApproved ? 'approved' : 'unapproved');
        const plan = existsSync(slot()) ? planAt(slot()) : null;
        if (plan) {
          expect(texts).toContain(plan.text);
          // Stamps are written before the plan and removed after it is replaced.
          for (const [n, { seen }] of plan.inputs.entries())
            expect(existsSync(join(plan.stampFolder, String(n)))).toBe(seen !== null);
        }
        const run = box.run(['export'], { cwd: dir });
        expect(run.code).toBe(isApproved ? 0 : 3);
        if (isApproved) expect(JSON.parse(run.stdout).AWS_REGION).toBe(current === 0 ? 'us-east-1' : 'eu-west-1');
      }),
      { numRuns: 40, seed },
    );
    box.ok(['allow'], { cwd: dir });
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('approved');
  }, 120_000);
});
