import { describe, expect, test } from 'vitest';
import { catalogue, knownRegions, profileId, resolveModel } from '../../src/bedrock/index.ts';
import { BedrockenvError } from '../../src/errors.ts';
import { fullPolicy, leastPolicy, type Policy } from '../../src/iam/index.ts';
import { complaints } from './grammar.ts';

const account = '123456789012';
const nothing = () => null;

function least(id: string, region: string, more: Partial<Parameters<typeof leastPolicy>[0]> = {}) {
  const { policy, warnings } = leastPolicy({
    invoked: [{ id, region }],
    account,
    backing: nothing,
    marketplace: false,
    ...more,
  });
  const resources = (sid: string) => policy.Statement.find(({ Sid }) => Sid === sid)?.Resource;
  return {
    policy,
    profiles: resources('AllowInferenceProfiles'),
    models: resources('AllowModelsBehindThem'),
    codes: warnings.map(({ code }) => code),
  };
}

test('the grammar check finds what is wrong', () => {
  const good = fullPolicy({ region: 'us-east-1', marketplace: true });
  const first = good.Statement[0] as object;
  const bad = (change: object) => complaints({ ...good, Statement: [{ ...first, ...change }] });
  expect(complaints(good)).toEqual([]);
  for (const change of [
    { Sid: 'a b' },
    { Effect: 'allow' },
    { Action: [] },
    { Action: ['bedrock.InvokeModel'] },
    { Resource: [] },
    { Resource: ['arn:aws:bedrock:us-east-1:123:inference-profile/*'] },
    { Resource: ['bedrock:*'] },
    { Condition: { Equals: { 'aws:x': 'y' } } },
    { Principal: '*' },
  ]) {
    expect(bad(change), JSON.stringify(change)).toHaveLength(1);
  }
  expect(complaints({ ...good, Version: '2008-10-17' })).toEqual(['Version']);
  expect(complaints({ ...good, Statement: [first, first] })).toEqual(['a Sid stands twice']);
});

describe('for every model', () => {
  test("is Claude Code's own, and lets it count tokens", () => {
    expect(fullPolicy({ region: 'us-east-1', marketplace: true })).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AllowModelAndInferenceProfileAccess',
          Effect: 'Allow',
          Action: [
            'bedrock:InvokeModel',
            'bedrock:InvokeModelWithResponseStream',
            'bedrock:ListInferenceProfiles',
            'bedrock:GetInferenceProfile',
            'bedrock:CountTokens',
          ],
          Resource: [
            'arn:aws:bedrock:*:*:inference-profile/*',
            'arn:aws:bedrock:*:*:application-inference-profile/*',
            'arn:aws:bedrock:*:*:foundation-model/*',
          ],
        },
        {
          Sid: 'AllowMarketplaceSubscription',
          Effect: 'Allow',
          Action: ['aws-marketplace:ViewSubscriptions', 'aws-marketplace:Subscribe'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:CalledViaLast': 'bedrock.amazonaws.com' } },
        },
      ],
    });
  });

  test.each([
    ['eu-west-1', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('in %s the partition is %s', (region, partition) => {
    const policy = fullPolicy({ region, marketplace: false });
    expect(policy.Statement).toHaveLength(1);
    for (const arn of [policy.Statement[0]?.Resource].flat()) expect(arn).toMatch(new RegExp(`^arn:${partition}:`));
    expect(complaints(policy)).toEqual([]);
  });
});

describe('for some models alone', () => {
  const model = (...regions: string[]) =>
    regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-opus-5`);

  test.each([
    ['us', 'us-east-1', ['us-east-1', 'us-east-2', 'us-west-2']],
    ['us', 'ca-central-1', ['ca-central-1', 'us-east-1', 'us-east-2', 'us-west-2']],
    ['eu', 'eu-west-3', ['eu-west-3', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1']],
    ['jp', 'ap-northeast-3', ['ap-northeast-3', 'ap-northeast-1']],
    ['au', 'ap-southeast-2', ['ap-southeast-2', 'ap-southeast-4']],
    ['global', 'sa-east-1', ['sa-east-1', '']],
  ])('%s from %s: its own ARN and the model in %j', (prefix, region, regions) => {
    const { profiles, models, codes } = least(`${prefix}.anthropic.claude-opus-5`, region);
    expect(profiles).toEqual([
      `arn:aws:bedrock:${region}:${account}:inference-profile/${prefix}.anthropic.claude-opus-5`,
    ]);
    expect(models).toEqual(model(...regions));
    expect(codes).toEqual([]);
  });

  test('in GovCloud', () => {
    const { profiles, models } = least('us-gov.anthropic.claude-opus-4-8', 'us-gov-west-1');
    expect(profiles).toEqual([
      `arn:aws-us-gov:bedrock:us-gov-west-1:${account}:inference-profile/us-gov.anthropic.claude-opus-4-8`,
    ]);
    expect(models).toEqual([
      'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-opus-4-8',
      'arn:aws-us-gov:bedrock:us-gov-east-1::foundation-model/anthropic.claude-opus-4-8',
    ]);
  });

  test('each action where it has a resource, and listing alone', () => {
    const { policy } = least('us.anthropic.claude-opus-5', 'us-east-1', { marketplace: true });
    expect(policy.Statement.map(({ Sid, Action }) => [Sid, Action])).toEqual([
      [
        'AllowInferenceProfiles',
        ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:GetInferenceProfile'],
      ],
      [
        'AllowModelsBehindThem',
        ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:CountTokens'],
      ],
      ['AllowListingInferenceProfiles', ['bedrock:ListInferenceProfiles']],
      ['AllowMarketplaceSubscription', ['aws-marketplace:ViewSubscriptions', 'aws-marketplace:Subscribe']],
    ]);
    expect(policy.Statement[2]?.Resource).toBe('*');
  });

  const own = `arn:aws:bedrock:eu-west-1:${account}:application-inference-profile/abc123`;

  test('an application inference profile by what the account says of it', () => {
    const listed = model('eu-west-3', 'eu-north-1');
    const { profiles, models, codes } = least(own, 'eu-west-1', { backing: () => listed });
    expect(profiles).toEqual([own]);
    expect(models).toEqual(model('eu-west-1', 'eu-west-3', 'eu-north-1'));
    expect(codes).toEqual([]);
  });

  test('an application inference profile that only the account knows', () => {
    const { profiles, models, codes } = least(own, 'eu-west-1');
    expect(profiles).toEqual([own]);
    expect(models).toEqual(['arn:aws:bedrock:*::foundation-model/anthropic.claude-*']);
    expect(codes).toEqual(['model-behind-unknown']);
  });

  test('an inference profile by its ARN, in the partition, region and account of the ARN', () => {
    const arn = `arn:aws:bedrock:eu-west-1:${account}:inference-profile/eu.anthropic.claude-opus-5`;
    const { profiles, models } = least(arn, 'us-east-1', { account: null });
    expect(profiles).toEqual([arn]);
    expect(models).toEqual(model('eu-west-1', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-3'));
  });

  test('a provisioned model is its own resource', () => {
    const arn = `arn:aws:bedrock:us-east-1:${account}:provisioned-model/abc`;
    const { profiles, models } = least(arn, 'us-east-1');
    expect([profiles, models]).toEqual([undefined, [arn]]);
  });

  test.each([
    ['apac.anthropic.claude-sonnet-4-20250514-v1:0', 'ap-south-1', 'anthropic.claude-sonnet-4-20250514-v1:0'],
    ['ca.anthropic.claude-opus-9', 'ca-central-1', 'anthropic.claude-opus-9'],
  ])('%s: no documented destinations, so all of them, which is said', (id, region, name) => {
    const { models, codes } = least(id, region);
    expect(models).toEqual([`arn:aws:bedrock:*::foundation-model/${name}`]);
    expect(codes).toEqual(['destinations-unknown']);
  });

  test('an unknown account is any, which is said', () => {
    const { profiles, codes } = least('us.anthropic.claude-opus-5', 'us-east-1', { account: null });
    expect(profiles).toEqual(['arn:aws:bedrock:us-east-1:*:inference-profile/us.anthropic.claude-opus-5']);
    expect(codes).toEqual(['account-unknown']);
  });

  test('nothing stands twice', () => {
    const invoked = [1, 2].map(() => ({ id: 'us.anthropic.claude-opus-5', region: 'us-east-1' }));
    const { profiles, models } = least('', '', { invoked });
    expect(profiles).toHaveLength(1);
    expect(models).toHaveLength(3);
  });
});

test('what is printed for each region and listed profile keeps to the grammar', () => {
  const check = (policy: Policy) => expect(complaints(policy), JSON.stringify(policy)).toEqual([]);
  let checked = 0;
  for (const region of knownRegions) {
    check(fullPolicy({ region, marketplace: true }));
    for (const model of catalogue.models) {
      for (const prefix of model.prefixes) {
        try {
          const { id } = resolveModel(profileId(model, prefix), { region, routing: prefix });
          check(least(id, region, { account: checked % 2 === 0 ? account : null, marketplace: true }).policy);
          checked += 1;
        } catch (error) {
          if (!(error instanceof BedrockenvError)) throw error;
        }
      }
    }
  }
  expect(checked).toBeGreaterThan(500);
});
