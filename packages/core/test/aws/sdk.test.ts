import { describe, expect, it } from 'vitest';
import { aws } from './files.ts';

// What parseKnownFiles of @smithy/shared-ini-file-loader 4.7.2 gives for the same files.
describe('the view of the JavaScript SDK', () => {
  const read = (config: string, credentials?: string) => {
    const files = aws(config, credentials);
    return Object.fromEntries(files.sdkProfileNames().map((name) => [name, files.sdkProfile(name)]));
  };
  it.each([
    ['cuts comments', '[profile a] # c\nx = 1 # c\ny = 1#2\nz = 1\t; c\n', { a: { x: '1', y: '1#2', z: '1' } }],
    ['keeps the case of keys', '[profile a]\nRegion=r\n', { a: { Region: 'r' } }],
    ['knows only =', '[profile a]\nx: 1\ny : a=b\n', { a: { 'y : a': 'b' } }],
    [
      'leaves out empty values and sections',
      '[profile a]\nx =\ny = 1\n[profile b]\n[profile c]\nz=\n',
      { a: { y: '1' } },
    ],
    ['flattens blocks', '[profile a]\ns3 =\n  x = 1\n  y = 2\nz = 3\n', { a: { 's3.x': '1', 's3.y': '2', z: '3' } }],
    ['takes an indented line for a key', '[profile a]\nx = 1\n  y = 2\n', { a: { x: '1', y: '2' } }],
    ['drops odd names', '[profile my dev]\nx=1\n[profile "my dev"]\nx=1\n[profile été]\nx=1\n[ profile b ]\nx=1\n', {}],
    ['reads quoted names', '[profile "a"]\nx=1\n[profile \'b\']\nx=1\n', { a: { x: '1' }, b: { x: '1' } }],
    ['reads a dotted section', '[profile.a]\nx=1\n', { a: { x: '1' } }],
    ['prefers profile default', '[profile default]\nx=1\n[default]\ny=1\n', { default: { x: '1' } }],
    ['ignores [DEFAULT] and sessions', '[DEFAULT]\nx=1\n[sso-session s]\nx=1\n[services s]\nx=1\n', {}],
    [
      'loses names of Object.prototype',
      '[profile constructor]\nx=1\n[profile a]\ntoString=1\n',
      { a: { toString: '1' } },
    ],
    ['drops the whole file for __proto__', '[profile a]\nx=1\n[profile __proto__]\nx=1\n', {}],
    ['merges sections alike', '[profile a]\nx=1\n[profile "a"]\ny=2\n', { a: { x: '1', y: '2' } }],
  ])('%s', (_, config, expected) => {
    expect(read(config)).toEqual(expected);
  });

  it('merges the credentials file', () => {
    expect(read('[profile a]\nx=1\ny=1\n', '[a]\ny=2\n[b]\nz=3\n[profile c]\nz=4\n')).toEqual({
      a: { x: '1', y: '2' },
      b: { z: '3' },
      'profile.c': { z: '4' },
    });
  });
});
