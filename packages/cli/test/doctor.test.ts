import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

interface Finding {
  code: string;
  severity: string;
  evidence: string;
  fix: string;
  docs: string;
}

const page = readFileSync(join(import.meta.dirname, '../../../docs/doctor.md'), 'utf8');

function setUp(version = '2.36.12') {
  const box = new Sandbox();
  box.write('bin/aws', `#!/bin/sh\necho aws-cli/${version}\n`, 0o755);
  box.write('bin/claude', '#!/bin/sh\necho "2.1.330 (Claude Code)"\n', 0o755);
  symlinkSync(process.execPath, box.path('bin/node'));
  const env = { PATH: `${box.path('bin')}:/usr/bin:/bin`, AWS_PROFILE: 'corp-dev' };
  const doctor = (more: Record<string, string | undefined> = {}) => {
    const { code, stdout, stderr } = box.run(['doctor', '--json'], { env: { ...env, ...more } });
    expect(stderr).toBe('');
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    for (const { code, docs, evidence, fix } of findings) {
      expect(page).toContain(`<a id="${docs.split('#')[1]}"></a>\`${code}\``);
      expect([evidence, fix], code).not.toContain('');
    }
    return { code, findings, codes: findings.map(({ severity, code }) => `${severity} ${code}`) };
  };
  return { box, env, doctor };
}

const renewable = {
  ...{ refreshToken: 'r', clientId: 'c', clientSecret: 's' },
  registrationExpiresAt: '2099-01-01T00:00:00Z',
};

describe('doctor', () => {
  it('finds nothing where nothing is wrong', () => {
    const { box, env, doctor } = setUp();
    box.signIn(3_600_000, renewable);
    box.write('.aws/config', box.awsConfig.split('[profile old]')[0] as string);
    expect(doctor()).toMatchObject({ code: 0, findings: [] });
    expect(box.run(['doctor'], { env })).toEqual({
      code: 0,
      stdout: 'nothing found\nIt did not ask AWS; that does: bedrockenv doctor --live\n',
      stderr: '',
    });
  });

  it('tells of the session', () => {
    const { box, doctor } = setUp();
    expect(doctor()).toMatchObject({ code: 0, codes: ['warning session-missing'] });
    box.signIn(-1000);
    expect(doctor().codes).toEqual(['warning session-expired']);
    box.signIn(3_600_000);
    expect(doctor().codes).toEqual(['info session-not-renewing']);
    expect(doctor({ AWS_PROFILE: 'old' }).codes).toEqual(['warning session-missing', 'info session-legacy']);
  });

  it('tells of the AWS CLI', () => {
    const { box, doctor } = setUp('1.45.11');
    box.signIn(3_600_000, renewable);
    expect(doctor()).toMatchObject({ code: 1, codes: ['error aws-old'] });
    expect(doctor({ AWS_PROFILE: 'keys' }).codes).toEqual(['warning aws-old']);
    expect(doctor({ PATH: '/nowhere' }).codes).toEqual(['error no-aws', 'info claude-missing']);
    box.write('bin/aws', '#!/bin/sh\necho aws-cli/2.17.3\n', 0o755);
    expect(doctor().codes).toEqual(['info aws-before-2-22']);
  });

  it('tells of a file that the AWS CLI refuses, with its line and no value', () => {
    const { box, doctor } = setUp();
    box.write('.aws/config', '[profile a]\naws_secret_access_key = SECRET\nSECRET\n');
    const { code, codes, findings } = doctor({ AWS_PROFILE: 'a' });
    expect([code, codes]).toEqual([1, ['error aws-config']]);
    expect(findings[0]?.evidence).toMatch(/\.aws\/config:3: /);
    expect(JSON.stringify(findings)).not.toContain('SECRET');
    box.write('.claude/settings.json', '{},');
    expect(doctor({ AWS_PROFILE: 'a' }).codes).toEqual(['error aws-config', 'error settings-ignored']);
  });

  it('an error of a profile that is not used here is a warning', () => {
    const { box, doctor } = setUp();
    box.signIn(3_600_000, renewable);
    const odd = '[profile "my dev"]\nregion = SECRET\n[profile loop]\nrole_arn = SECRET\nsource_profile = loop\n';
    const conflict = '[profile x]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = R\nsso_region = SECRET\n';
    const comment = '[profile y]\nregion = SECRET # home\n';
    box.write('.aws/config', `${box.awsConfig.split('[profile old]')[0]}${odd}${conflict}${comment}`);
    const warnings = ['profile-cli-only', 'aws-source-cycle', 'sso-conflict', 'value-comment'].map(
      (c) => `warning ${c}`,
    );
    const { code, codes, findings } = doctor();
    expect([code, codes]).toEqual([0, warnings]);
    expect(JSON.stringify(findings)).not.toContain('SECRET');
    expect(doctor({ AWS_PROFILE: 'x' })).toMatchObject({
      code: 1,
      codes: expect.arrayContaining(['error sso-conflict']),
    });
    expect(doctor({ AWS_PROFILE: 'my dev' })).toMatchObject({ code: 1 });
  });

  it('tells of the environment, and of a directory file that does not resolve', () => {
    const { box, doctor } = setUp();
    box.signIn(3_600_000, renewable);
    expect(doctor({ AWS_PROFILE: '' })).toMatchObject({
      code: 1,
      codes: expect.arrayContaining(['error env-profile-empty']),
    });
    box.write('.bedrockrc', 'profile: {account: "999999999999", role: Reader}\n');
    box.write(
      '.aws/config',
      `${box.awsConfig}\n[profile x]\nsso_start_url = u\nsso_account_id = 999999999999\nsso_role_name = Reader\nregion = us-east-1\n`,
    );
    box.ok(['allow', '.']);
    box.write('.aws/config', box.awsConfig);
    expect(doctor()).toMatchObject({ code: 1, codes: expect.arrayContaining(['error profile-unmatched']) });
  });

  it("tells of Claude Code's settings: ignored ones, drift, and what beats the shell", () => {
    const { box, env, doctor } = setUp();
    box.signIn(3_600_000, renewable);
    box.write('.bedrockrc', 'profile: corp-dev\n');
    box.ok(['allow', '.']);
    box.ok(['claude-settings', '--write'], { env });
    const written = readFileSync(box.path('.claude/settings.local.json'), 'utf8');
    expect(doctor()).toMatchObject({ code: 0, codes: [] });

    box.write('.claude/settings.local.json', written.replace('eu-central-1', 'eu-west-1'));
    expect(doctor()).toMatchObject({ code: 0, codes: ['warning settings-drift'] });
    box.write('.claude/settings.local.json', '{"env": {"SECRET": "SECRET"},}');
    const { code, codes, findings } = doctor();
    expect([code, codes]).toEqual([1, ['error settings-ignored']]);
    expect(findings[0]?.evidence).toContain('settings.local.json:1:30: ');
    expect(JSON.stringify(findings)).not.toContain('SECRET');

    box.write('.claude/settings.local.json', written);
    box.ok(['claude-settings', '--undo']);
    // The project is the home folder, so these are the user's settings too.
    box.write('.claude/settings.json', '{"env": {"AWS_REGION": "eu-west-1", "MINE": "1"}}');
    const both = ['warning settings-beat-shell', 'info settings-everywhere'];
    expect(doctor()).toMatchObject({ code: 0, codes: both });
    box.write('.claude/settings.json', '{"env": {"AWS_REGION": "eu-central-1"}}');
    expect(doctor()).toMatchObject({ code: 0, codes: ['info settings-everywhere'] });
  });
});
