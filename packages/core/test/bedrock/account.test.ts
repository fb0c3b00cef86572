import { describe, expect, test } from 'vitest';
import {
  type AccountList,
  type AccountProfile,
  accountModels,
  listedProfile,
  modelBehind,
  readAccountList,
} from '../../src/bedrock/index.ts';

const arn = (region: string, model: string) => `arn:aws:bedrock:${region}::foundation-model/anthropic.${model}`;

function system(id: string, ...regions: string[]): AccountProfile {
  const model = id.slice(id.indexOf('claude-'));
  const own = `arn:aws:bedrock:eu-west-1:123456789012:inference-profile/${id}`;
  return { id, arn: own, name: id, kind: 'system', isActive: true, models: regions.map((at) => arn(at, model)) };
}

function application(id: string, model: string, ...regions: string[]): AccountProfile {
  const own = `arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/${id}`;
  return { id, arn: own, name: id, kind: 'application', isActive: true, models: regions.map((at) => arn(at, model)) };
}

const listOf = (...profiles: AccountProfile[]): AccountList => ({
  account: '123456789012',
  region: 'eu-west-1',
  date: '2026-11-22T03:00:00.000Z',
  asker: 'profile corp',
  profiles,
});

const usable = (list: AccountList) => accountModels(list).filter((row) => row.usable);

describe('what an account has', () => {
  test('is usable, also what the bundled list does not know; models of others are left out', () => {
    const other = { ...system('eu.meta.llama'), models: ['arn:aws:bedrock:eu-west-1::foundation-model/meta.llama-4'] };
    const rows = usable(
      listOf(
        system('eu.anthropic.claude-haiku-5-5', 'eu-west-1'),
        system('eu.anthropic.claude-opus-6-20270101-v1:0', 'eu-west-1'),
        other,
        system('eu.anthropic.claude-opus-5-5', 'eu-west-1'),
        system('ca.anthropic.claude-opus-5', 'ca-central-1'),
      ),
    );
    expect(rows.map(({ name, alias, routing }) => `${name} ${alias} ${routing}`)).toEqual([
      'claude-opus-6 opus eu',
      'claude-opus-5-5 null eu',
      'claude-opus-5 null ca',
      'claude-haiku-5-5 haiku eu',
    ]);
  });

  test('what is listed but not there, and what is not active, with the reason', () => {
    const rows = accountModels(listOf({ ...system('eu.anthropic.claude-opus-5', 'eu-west-1'), isActive: false }));
    const reason = (id: string) => rows.find((row) => row.id === id)?.reason;
    expect(rows.filter((row) => row.usable)).toEqual([]);
    expect(reason('eu.anthropic.claude-opus-5')).toBe('the inference profile is not active');
    expect(reason('eu.anthropic.claude-opus-5-5')).toBe(
      'the account 123456789012 has no such inference profile in eu-west-1',
    );
    expect(reason('us.anthropic.claude-opus-5')).toBe('routing us cannot be called from eu-west-1');
  });

  test.each([
    [['eu-west-1'], 'eu-west-1'],
    [['eu-west-1', 'eu-north-1', 'eu-central-1'], 'eu'],
    [['eu-west-1', ''], 'global'],
    [['ap-south-1', 'ap-southeast-1'], 'apac'],
  ])('an application inference profile for models in %j has the routing %s', (regions, routing) => {
    const profile = application('abc', 'claude-sonnet-5', ...regions);
    expect(usable(listOf(profile))).toMatchObject([{ name: 'claude-sonnet-5', alias: null, id: profile.arn, routing }]);
    expect(modelBehind(profile)?.name).toBe('claude-sonnet-5');
  });

  test('is found by ID and by ARN, an application inference profile by its ARN alone', () => {
    const [own, theirs] = [application('abc', 'claude-sonnet-5', 'eu-west-1'), system('eu.anthropic.claude-opus-5')];
    const list = listOf(own, theirs);
    expect(listedProfile(list, own.arn)).toBe(own);
    expect(listedProfile(list, 'abc')).toBeUndefined();
    expect(listedProfile(list, theirs.id)).toBe(theirs);
    expect(listedProfile(list, theirs.arn)).toBe(theirs);
  });
});

test('a stored list is read back, and nothing else is', () => {
  const list = listOf(application('abc', 'claude-sonnet-5', 'eu-west-1'));
  expect(readAccountList(JSON.stringify(list))).toEqual(list);
  for (const change of [{ account: '1' }, { date: 'now' }, { profiles: [{}] }, { region: null }]) {
    expect(readAccountList(JSON.stringify({ ...list, ...change }))).toBeNull();
  }
  for (const text of ['', '{', 'null', '[]']) expect(readAccountList(text)).toBeNull();
});
