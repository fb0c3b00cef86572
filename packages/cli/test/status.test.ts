import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

describe('status --json', () => {
  it('has exactly this shape where there is nothing', () => {
    const box = new Sandbox();
    const status = box.json(['status', '--json']);
    expect(Object.keys(status)).toEqual(['dir', 'file', 'approval', 'settings', 'variables', 'session', 'warnings']);
    expect(status).toMatchObject({
      dir: box.home,
      file: null,
      approval: 'none',
      variables: {},
      session: { name: null, kind: null, state: 'none', expiresAt: null },
      warnings: [],
    });
    expect(status.settings.routing).toEqual({ value: 'geo', source: 'default' });
  });

  it('gives each setting with its source, and the session', () => {
    const box = new Sandbox();
    const config = box.write('.config/bedrockenv/config.yaml', 'default:\n  region: eu-west-1\n  login: ask\n');
    const outer = box.project('p', '# ours\nprofile: corp-dev\n');
    const inner = box.project('p/sub', 'model: opus\n');
    box.ok(['allow', 'p']);
    box.ok(['allow', 'p/sub']);
    box.signIn(3_600_000);
    const status = box.json(['status', '--json'], { cwd: inner });
    expect(status.settings).toMatchObject({
      region: { value: 'eu-west-1', source: `${config}:2` },
      login: { value: 'ask', source: `${config}:3` },
      profile: { value: 'corp-dev', source: `${outer}/.bedrockrc:2` },
      model: { value: 'opus', source: `${inner}/.bedrockrc:1` },
    });
    expect(status.session).toEqual({
      name: 'corp',
      kind: 'sso',
      state: 'fresh',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/),
    });
    expect(status.variables).toMatchObject({ AWS_PROFILE: 'corp-dev', AWS_REGION: 'eu-west-1' });
  });

  it('tells an unapproved file from an invalid one, and what still applies', () => {
    const box = new Sandbox();
    const outer = box.project('p', 'region: eu-west-1\n');
    const inner = box.project('p/sub', 'model: opus\n');
    box.ok(['allow', 'p']);
    const status = () => box.json(['status', '--json'], { cwd: inner });
    expect(status()).toMatchObject({
      file: `${inner}/.bedrockrc`,
      approval: 'unapproved',
      variables: { BEDROCKENV_DIR: outer },
    });
    box.project('p/sub', 'modle: opus\n');
    expect(status()).toMatchObject({
      approval: 'invalid',
      variables: { BEDROCKENV_DIR: outer },
      warnings: [
        {
          code: 'unknown-key',
          message: expect.stringContaining(`${inner}/.bedrockrc:1:1: `),
          fix: 'did you mean model?',
        },
      ],
    });
  });

  it('reports what keeps an approved file from being used, and exits 0', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', 'p']);
    rmSync(box.path('.aws/config'));
    const status = box.json(['status', '--json'], { cwd: dir });
    expect(status).toMatchObject({ approval: 'approved', variables: {}, warnings: [{ code: 'aws-profile-unknown' }] });
  });

  it('names what in the shell decides otherwise, which no plan keeps', () => {
    const box = new Sandbox();
    const cwd = box.project('p', 'profile: corp-dev\n');
    const env = { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'x', AWS_BEARER_TOKEN_BEDROCK: 'THE-KEY' };
    box.ok(['allow', 'p'], { env });
    const shown = box.ok(['status', '--json'], { cwd, env });
    expect(JSON.parse(shown).warnings.map(({ code }: { code: string }) => code)).toEqual([
      'bearer-token-first',
      'keys-beside-profile',
    ]);
    expect(shown).not.toMatch(/AKIAOTHER|THE-KEY/);
    for (const file of box.stateFiles()) expect(box.text(`.local/state/bedrockenv/${file}`)).not.toContain('is set');
  });

  it('names the directory as the user does', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'region: us-east-1\n');
    symlinkSync(dir, box.path('link'));
    expect(box.json(['status', '--json'], { cwd: box.path('link') }).dir).toBe(box.path('link'));
    expect(box.json(['status', '--json'], { cwd: dir, env: { PWD: '/elsewhere' } }).dir).toBe(dir);
  });
});

describe('status for a person', () => {
  it('ends with the next useful command', () => {
    const box = new Sandbox();
    expect(box.ok(['status'])).toContain('next      bedrockenv use <model or profile>\n');
    const dir = box.project('p', 'profile: corp-dev\n');
    mkdirSync(join(dir, 'sub'));
    expect(box.ok(['status'], { cwd: join(dir, 'sub') })).toContain(`next      bedrockenv allow ${dir}\n`);
    box.ok(['allow', 'p']);
    const shown = box.ok(['status'], { cwd: dir });
    expect(shown).toContain(`file      ${dir}/.bedrockrc (approved)\n`);
    expect(shown).toContain('session   corp: not signed in\n');
    expect(shown).toContain(`profile  corp-dev  ${dir}/.bedrockrc:1\n`);
    expect(shown).toContain('  AWS_PROFILE=corp-dev\n');
    expect(shown).toContain('next      bedrockenv login\n');
    expect(shown).not.toContain('\x1b');
    box.signIn(3_600_000);
    expect(box.ok(['status'], { cwd: dir })).toMatch(/corp: 59m left\n/);
  });
});

describe('profiles and sessions', () => {
  it('profiles --json has exactly this shape, without secrets', () => {
    const box = new Sandbox();
    box.signIn(-1000);
    const out = box.json(['profiles', '--json']);
    expect(Object.keys(out)).toEqual(['profiles', 'ssoSessions', 'services']);
    expect(out.profiles.map(({ name, kind }: { name: string; kind: string }) => `${name} ${kind}`)).toEqual([
      'corp-dev sso',
      'corp-role assume-role',
      'old sso-legacy',
      'keys static',
    ]);
    expect(out.profiles[1]).toEqual({
      name: 'corp-role',
      kind: 'assume-role',
      region: 'us-east-1',
      account: '210987654321',
      role: 'Deploy',
      ssoSession: null,
      seenBy: ['cli', 'sdk'],
      session: { state: 'expired', expiresAt: expect.stringContaining('Z') },
      settings: expect.objectContaining({ source_profile: 'corp-dev' }),
    });
    expect(out.profiles[3]).toMatchObject({
      session: { state: 'none', expiresAt: null },
      settings: { aws_secret_access_key: '***' },
    });
    expect(out.ssoSessions.corp).toMatchObject({ sso_region: 'eu-central-1' });
    expect(JSON.stringify(out)).not.toContain('wJalr');
    const lines = box.ok(['profiles', '--json']).split('\n');
    expect(lines[0]).toBe('{"profiles":[');
    const names = lines.slice(1, 5).map((line) => JSON.parse(line.replace(/,$/, '')).name);
    expect(names).toEqual(['corp-dev', 'corp-role', 'old', 'keys']);
    expect(box.ok(['profiles'])).toMatch(/^PROFILE +KIND +REGION/);
    expect(box.ok(['profiles'])).not.toContain('wJalr');
  });

  it('profiles --json of thousands, and of none', () => {
    const box = new Sandbox();
    box.write('.aws/config', '');
    box.write('.aws/credentials', '');
    expect(box.json(['profiles', '--json'])).toEqual({ profiles: [], ssoSessions: {}, services: {} });
    const count = 4000;
    const name = (n: number) => `${n}-${'é'.repeat(n % 50)}-"quoted"`;
    const all = Array.from({ length: count }, (_, n) => `[profile '${name(n)}']\nregion = eu-central-1\n`);
    box.write('.aws/config', all.join(''));
    const { profiles } = box.json(['profiles', '--json']);
    expect(profiles.map((one: { name: string }) => one.name)).toEqual(all.map((_, n) => name(n)));
  });

  it('sessions --json has exactly this shape', () => {
    const box = new Sandbox();
    box.write(
      '.aws/config',
      `${box.awsConfig}[sso-session unused]\nsso_start_url = https://u.awsapps.com/start\nsso_region = us-east-1\n`,
    );
    box.signIn(3_600_000);
    const { sessions } = box.json(['sessions', '--json']);
    expect(sessions).toEqual([
      {
        name: 'corp',
        kind: 'sso',
        startUrl: 'https://corp.awsapps.com/start',
        region: 'eu-central-1',
        state: 'fresh',
        expiresAt: expect.stringContaining('Z'),
        refreshable: false,
        profiles: ['corp-dev', 'corp-role'],
      },
      {
        name: 'https://old.awsapps.com/start',
        kind: 'sso-legacy',
        startUrl: 'https://old.awsapps.com/start',
        region: 'us-east-1',
        state: 'missing',
        expiresAt: null,
        refreshable: false,
        profiles: ['old'],
      },
      expect.objectContaining({ name: 'unused', profiles: [], state: 'missing' }),
    ]);
    expect(box.ok(['sessions'])).toMatch(
      /^corp +sso +59m left +20\S+Z +no +eu-central-1 +https:\/\/corp\.\S+ +corp-dev, corp-role\n/m,
    );
  });

  it('a file that the AWS CLI would reject: FILE:LINE and exit code 1', () => {
    const box = new Sandbox();
    box.write('.aws/config', '[profile a]\nregion = x\nnonsense\n');
    for (const words of [['profiles', '--json'], ['sessions']]) {
      const { code, stdout, stderr } = box.run(words);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(new RegExp(`^bedrockenv: ${box.path('.aws/config')}:3: .*\n$`));
    }
  });
});
