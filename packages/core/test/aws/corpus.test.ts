import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeText, withLineFeeds } from '../../src/aws/decode.ts';
import { type Aws, type AwsFile, readAws } from '../../src/aws/index.ts';
import { scan } from '../../src/aws/scan.ts';
import { readSection } from '../../src/aws/values.ts';

const folder = new URL('../corpus/aws-config/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.ini'))
  .map((name) => name.slice(0, -'.ini'.length));

// Each .json was written by botocore 1.43.11 from the .ini (and .credentials) beside it.
describe.each(cases)('corpus %s', (name) => {
  const recorded = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const config = read(`${name}.ini`);
  const credentials = read(`${name}.credentials`);
  const none = { path: 'credentials', bytes: null };

  it.each([
    ['raw_config_parse', () => rawSections(config)],
    ['credentials_raw', () => rawSections(credentials)],
    ['load_config', () => sections(readAws({ config, credentials: none }))],
    ['full_config', () => sections(readAws({ config, credentials }))],
  ])('%s', (key, get) => {
    const expected = recorded[key];
    if (expected === undefined) return;
    if ('error' in expected) expect(get).toThrow(expect.objectContaining({ code: 'aws-config' }));
    else expect(get()).toEqual(key.endsWith('_config') ? onlySections(expected) : expected);
  });
});

it('has read the corpus', () => {
  expect(cases).toHaveLength(60);
});

function read(name: string): AwsFile {
  const file = new URL(name, folder);
  return { path: name, bytes: existsSync(file) ? readFileSync(file) : null };
}

function rawSections({ path, bytes }: AwsFile) {
  const file = scan(withLineFeeds(decodeText(bytes ?? new Uint8Array(), path)), path);
  return fromEntries([...file.sections].map(([name, section]) => [name, readSection(file, section)]));
}

function sections(aws: Aws) {
  return {
    profiles: fromEntries(aws.profileNames().map((name) => [name, aws.profile(name)])),
    sso_sessions: fromEntries(aws.ssoSessionNames().map((name) => [name, aws.ssoSession(name)])),
    services: fromEntries(aws.servicesNames().map((name) => [name, aws.services(name)])),
  };
}

const onlySections = ({ profiles, sso_sessions, services }: Record<string, unknown>) => ({
  profiles,
  sso_sessions,
  services,
});

/** As JSON.parse makes it, where `__proto__` is a key like any other. */
const fromEntries = (entries: [string, unknown][]) => Object.fromEntries(entries);
