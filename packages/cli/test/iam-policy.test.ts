import { describe, expect, it } from 'vitest';
import { complaints } from '../../core/test/iam/grammar.ts';
import { Sandbox } from './cli.ts';

interface Policy {
  Statement: { Sid: string; Resource: string | string[] }[];
}

const resources = ({ Statement }: Policy, sid: string) => Statement.find(({ Sid }) => Sid === sid)?.Resource;

describe('iam-policy', () => {
  it('for every model, by the region of the directory', () => {
    const box = new Sandbox();
    const policy: Policy = box.json(['iam-policy']);
    expect(complaints(policy)).toEqual([]);
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual([
      'AllowModelAndInferenceProfileAccess',
      'AllowMarketplaceSubscription',
    ]);
    expect(box.json(['iam-policy', '--no-marketplace', '--region', 'cn-north-1'])).toMatchObject({
      Statement: [{ Resource: expect.arrayContaining(['arn:aws-cn:bedrock:*:*:foundation-model/*']) }],
    });
    const dir = box.project('p', 'region: us-gov-west-1\n');
    box.ok(['allow', 'p']);
    expect(box.ok(['iam-policy'], { cwd: dir })).toContain('arn:aws-us-gov:bedrock:*:*:inference-profile/*');
  });

  it("--least: the directory's models, pins and small model, each in its region, in the profile's account", () => {
    const box = new Sandbox();
    const dir = box.project(
      'p',
      'profile: corp-dev\nmodel: claude-opus-5\nsmall_model: haiku\nsmall_model_region: eu-north-1\n',
    );
    box.ok(['allow', 'p']);
    const policy: Policy = box.json(['iam-policy', '--least'], { cwd: dir });
    expect(complaints(policy)).toEqual([]);
    const own = (region: string, model: string) =>
      `arn:aws:bedrock:${region}:123456789012:inference-profile/eu.anthropic.${model}`;
    expect(resources(policy, 'AllowInferenceProfiles')).toEqual([
      own('eu-central-1', 'claude-opus-5'),
      own('eu-central-1', 'claude-opus-5-5'),
      own('eu-central-1', 'claude-sonnet-5-5'),
      own('eu-central-1', 'claude-haiku-5-5'),
      own('eu-north-1', 'claude-haiku-5-5'),
    ]);
    expect(resources(policy, 'AllowModelsBehindThem')).toHaveLength(4 * 6);
  });

  it('--model: these alone, also where nothing is configured', () => {
    const box = new Sandbox();
    const words = ['--region', 'us-east-1', '--profile', 'corp-role', '--no-marketplace'];
    const policy: Policy = box.json(['iam-policy', '--least', '--model', 'sonnet', 'claude-opus-5', ...words]);
    expect(resources(policy, 'AllowInferenceProfiles')).toEqual([
      'arn:aws:bedrock:us-east-1:210987654321:inference-profile/us.anthropic.claude-sonnet-5-5',
      'arn:aws:bedrock:us-east-1:210987654321:inference-profile/us.anthropic.claude-opus-5',
    ]);
    const twice = ['iam-policy', '--least', '--model', 'sonnet', '--model', 'claude-opus-5', ...words];
    expect(box.json(twice)).toEqual(policy);
    expect(box.run(['iam-policy', '--model', 'sonnet']).stderr).toContain('--model says nothing without --least');
  });

  it('--model needs nothing else to resolve', () => {
    const words = ['--region', 'sa-east-1', '--model', 'global.anthropic.claude-opus-5'];
    expect(new Sandbox().ok(['iam-policy', '--least', ...words])).toContain('arn:aws:bedrock:::foundation-model/');
  });

  it('an account that nothing names is *, which is said', () => {
    const { code, stdout, stderr } = new Sandbox().run(['iam-policy', '--least', '--profile', 'keys']);
    expect(code).toBe(0);
    expect(stdout).toContain(':*:inference-profile/us.anthropic.claude-opus-5-5');
    expect(stderr).toMatch(
      /^bedrockenv: the account is not known, .*; name a profile that tells it, or: bedrockenv models --refresh\n$/,
    );
  });

  it.each([
    [['--least', '--model', 'sonet'], 2, 'did you mean sonnet?'],
    [['--least', '--profile', 'corp-dve'], 2, 'did you mean "corp-dev"?'],
    [['--region', 'us-eats-1'], 2, 'did you mean us-east-1?'],
    [['--least', '--region', 'us-gov-west-1', '--model', 'haiku'], 1, 'there is claude-opus-4-8, claude-sonnet-4-5'],
    [['--least', '--region', 'cn-north-1'], 1, 'no Claude model is listed there'],
  ])('%j: exit code %i, %s', (words, code, text) => {
    const result = new Sandbox().run(['iam-policy', ...words]);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(text);
    expect(result.stderr).not.toContain('command line:1');
  });

  it('--least in a directory whose file is not approved: exit code 3', () => {
    const box = new Sandbox();
    const cwd = box.project('p', 'model: opus\n');
    expect(box.run(['iam-policy', '--least'], { cwd })).toMatchObject({ code: 3, stdout: '' });
  });
});
