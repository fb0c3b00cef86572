import { describe, expect, test } from 'vitest';
import { BedrockenvError } from '../../src/errors.ts';
import { mergeLayers, readDirectoryFile, readUserConfig } from '../../src/project/index.ts';
import { bytes } from './bytes.ts';

const file = (path: string, text: string) => ({ path, file: readDirectoryFile(bytes(text), path) });
const config = (text: string) => ({ path: '/config.yaml', config: readUserConfig(bytes(text), '/config.yaml') });
const merge = (userConfig: string | null, ...directoryFiles: ReturnType<typeof file>[]) =>
  mergeLayers({ directoryFiles, userConfig: userConfig === null ? null : config(userConfig) });

test('built-in defaults', () => {
  const source = 'default';
  expect(merge(null)).toEqual({
    routing: { value: 'geo', source },
    login: { value: 'auto', source },
    login_flow: { value: 'auto', source },
    scope: { value: 'shell', source },
    prompt_caching: { value: true, source },
    notices: { value: 'on', source },
  });
});

test('a directory file of one line works on the default of the user config', () => {
  const settings = merge('default:\n  profile: corp\n  model: sonnet\n', file('/p/.bedrockrc', 'model: opus'));
  expect(settings.model).toEqual({ value: 'opus', source: '/p/.bedrockrc:1' });
  expect(settings.profile).toEqual({ value: 'corp', source: '/config.yaml:2' });
});

test('the nearest directory file wins, key by key', () => {
  const near = file('/a/b/.bedrockrc', 'model: opus');
  const far = file('/a/.bedrockrc', 'model: haiku\nregion: eu-west-1');
  const settings = merge('default: {region: us-east-1}', near, far);
  expect(settings.model?.source).toBe('/a/b/.bedrockrc:1');
  expect(settings.region).toEqual({ value: 'eu-west-1', source: '/a/.bedrockrc:2' });
});

test('root cuts off the directory files above, not the default', () => {
  const near = file('/a/b/.bedrockrc', 'model: opus');
  const root = file('/a/.bedrockrc', 'root: true\neffort: low');
  const above = file('/.bedrockrc', 'region: eu-west-1');
  const settings = merge('default: {profile: corp}', near, root, above);
  expect(settings.effort?.value).toBe('low');
  expect(settings.profile?.value).toBe('corp');
  expect(settings.region).toBeUndefined();
  expect(settings).not.toHaveProperty('root');
  expect(merge(null, near, file('/a/.bedrockrc', 'root: false'), above).region?.value).toBe('eu-west-1');
});

describe('use', () => {
  const environments = 'environments:\n  work: {region: eu-west-1, model: haiku}\n  home: {region: us-east-1}\n';

  test('an environment lies just under the file that names it', () => {
    const near = file('/a/b/.bedrockrc', 'use: home');
    const far = file('/a/.bedrockrc', 'use: work\nmodel: opus\nregion: eu-north-1');
    const settings = merge(environments, near, far);
    expect(settings.region).toEqual({ value: 'us-east-1', source: '/config.yaml:3' });
    expect(settings.model).toEqual({ value: 'opus', source: '/a/.bedrockrc:2' });
    expect(settings.use).toEqual({ value: 'home', source: '/a/b/.bedrockrc:1' });
  });

  test('the default may name one too', () => {
    const settings = merge(`default: {use: work, model: opus}\n${environments}`);
    expect(settings.region?.value).toBe('eu-west-1');
    expect(settings.model?.value).toBe('opus');
  });

  test.each([
    [
      'one that is not there',
      environments,
      'use: there is no environment "wrk"; /config.yaml has work, home',
      'did you mean work?',
    ],
    [
      'no environments',
      'default: {}',
      'use: there is no environment "wrk"; /config.yaml has no environments',
      'name it under environments: in the user config',
    ],
    [
      'no user config',
      null,
      'use: there is no environment "wrk"; there is no user config',
      'name it under environments: in the user config',
    ],
  ])('%s', (_, userConfig, message, fix) => {
    const merging = () => merge(userConfig, file('/p/.bedrockrc', '\nuse: wrk'));
    expect(merging).toThrow(BedrockenvError);
    expect(merging).toThrow(
      expect.objectContaining({ code: 'no-environment', where: '/p/.bedrockrc:2:1', message, fix }),
    );
  });
});

test('models merge by tier, with a source each', () => {
  const near = file('/a/b/.bedrockrc', 'models:\n  opus: claude-opus-5');
  const far = file('/a/.bedrockrc', 'models: {opus: opus, haiku: haiku}');
  expect(merge('default: {models: {sonnet: sonnet}}', near, far).models).toEqual({
    value: { opus: 'claude-opus-5', sonnet: 'sonnet', haiku: 'haiku' },
    source: '/a/b/.bedrockrc:1',
    sources: { opus: '/a/b/.bedrockrc:2', sonnet: '/config.yaml:1', haiku: '/a/.bedrockrc:1' },
  });
});

test('a profile is replaced whole', () => {
  const near = file('/a/b/.bedrockrc', 'profile: {account: "123456789012", role: Dev}');
  const far = file('/a/.bedrockrc', 'profile: {account: "210987654321", role: Dev, session: corp}');
  expect(merge(null, near, far).profile?.value).toEqual({ account: '123456789012', role: 'Dev' });
});
