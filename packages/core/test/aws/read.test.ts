import { describe, expect, it } from 'vitest';
import { readAws } from '../../src/aws/index.ts';
import { BedrockenvError } from '../../src/errors.ts';
import { aws, thrown } from './files.ts';

describe('errors name the line, and never a value', () => {
  const secret = 'wJalrXUtnFEMI';
  it.each([
    ['text before a section', `# c\n\nregion = ${secret}\n`, 3, 'before the first section'],
    ['a line without a delimiter', `[default]\na = 1\n${secret}\n`, 3, 'without "="'],
    ['a header without its bracket', `[default]\n[profile ${secret}\n`, 2, 'closing bracket'],
    ['the first header without its bracket', `# c\n[profile ${secret}\nregion = x\n`, 2, 'closing bracket'],
    ['the first header without a name', `[]\nregion = ${secret}\n`, 1, 'without a name'],
    ['a header without a name', `[default]\n[]\nregion = ${secret}\n`, 2, 'without a name'],
    ['no key', `[default]\n= ${secret}\n`, 2, 'no key'],
    ['a key twice', `[default]\nregion = ${secret}\nREGION: ${secret}\n`, 3, '"region" is twice in section [default]'],
    ['a section twice', `[profile a]\nx=${secret}\n\n[profile a]\n`, 4, '[profile a] is there twice'],
    ['a key twice in [DEFAULT]', `[DEFAULT]\na=${secret}\n[b]\n[DEFAULT]\na=2\n`, 5, '"a" is twice'],
    ['a block line without =', `[default]\ns3 =\n  a = 1\n  # c\n  ${secret}\n`, 5, 'block of "s3"'],
    ['an inherited block', `[DEFAULT]\ns3 =\n  ${secret}\n[a]\ns3 = x\n[b]\n`, 3, 'block of "s3"'],
    ['a byte order mark', `\ufeff[default]\nregion = ${secret}\n`, 1, 'byte order mark'],
    ['lone carriage returns', `[default]\ra = 1\r\n${secret}\r`, 3, 'without "="'],
  ])('%s', (_, config, line, message) => {
    const error = thrown(() => aws(config));
    expect(error).toBeInstanceOf(BedrockenvError);
    expect(error).toMatchObject({ code: 'aws-config', where: `/home/u/.aws/config:${line}`, exitCode: 1 });
    expect((error as BedrockenvError).message).toContain(message);
    expect(JSON.stringify([error, (error as Error).message, String((error as Error).cause)])).not.toContain(secret);
  });

  it('bytes that are not UTF-8', () => {
    const bytes = Buffer.from('[default]\r\n# \xe9t\xe9\r\n', 'latin1');
    const none = { path: 'credentials', bytes: null };
    expect(() => readAws({ config: { path: 'config', bytes }, credentials: none })).toThrow(
      expect.objectContaining({ where: 'config:2', message: 'this line is not UTF-8 text' }),
    );
  });

  it('names the credentials file', () => {
    expect(() => aws('[default]\n', '[default]\nx\n')).toThrow(
      expect.objectContaining({ where: '/home/u/.aws/credentials:2' }),
    );
  });

  it('hides what a terminal would obey', () => {
    expect(() => aws('[a\x1b[2J]\n[a\x1b[2J]\n')).toThrow('section [a\\x1b[2J] is there twice');
  });
});

describe('profiles', () => {
  it('no files are no profiles', () => {
    const none = { path: 'x', bytes: null };
    expect(readAws({ config: none, credentials: none }).profileNames()).toEqual([]);
  });

  it('come in the order of the files; a replaced one keeps its place', () => {
    const files = aws('[profile b]\n[profile default]\nx=1\n[profile a]\n[default]\ny=1\n', '[c]\n[a]\n');
    expect(files.profileNames()).toEqual(['b', 'default', 'a', 'c']);
    expect(files.profile('default')).toEqual({ y: '1' });
  });

  it('take the credentials file key by key', () => {
    const files = aws('[profile a]\nregion=r\noutput=json\n', '[a]\nregion=s\n[profile a]\nx=1\n');
    expect(files.profile('a')).toEqual({ region: 's', output: 'json' });
    expect(files.profile('profile a')).toEqual({ x: '1' });
    expect(files.credentials('a')).toEqual({ region: 's' });
  });

  it('are undefined by any name that is not there', () => {
    const files = aws('[profile a]\n');
    for (const name of ['b', 'toString', '__proto__', 'constructor', '']) {
      expect(files.profile(name)).toBeUndefined();
      expect(files.sdkProfile(name)).toBeUndefined();
      expect(files.ssoSession(name)).toBeUndefined();
      expect(files.services(name)).toBeUndefined();
    }
  });

  it('are read in spite of a broken inherited block that every section replaces', () => {
    const files = aws('[DEFAULT]\ns3 =\n  broken\n[profile a]\ns3 = x\n');
    expect(files.profile('a')).toEqual({ s3: 'x' });
  });

  it('tell what they mention, in either file or inherited', () => {
    const config = '[profile a]\nx = one\n[profile b]\ny = two\n  three\n[profile c]\n';
    const mention = (text: string, files = aws(config, '[c]\nz = four\n')) =>
      files.profileNames().filter((name) => files.mentions(name, text));
    expect(['one', 'two', 'three', 'four', 'none'].map((text) => mention(text))).toEqual([
      ['a'],
      ['b'],
      ['b'],
      ['c'],
      [],
    ]);
    expect(mention('five', aws(`[DEFAULT]\nz = five\n${config}`))).toEqual(['a', 'b', 'c']);
    expect(mention('one', aws(''))).toEqual([]);
  });

  it('know their lines', () => {
    const files = aws('[DEFAULT]\noutput=json\n[profile a]\n\nregion=r\nx=1\n y\n', '[a]\nregion=s\n');
    expect(files.where('a')).toBe('/home/u/.aws/config:3');
    expect(files.where('a', 'x')).toBe('/home/u/.aws/config:6');
    expect(files.where('a', 'output')).toBe('/home/u/.aws/config:2');
    expect(files.where('a', 'region')).toBe('/home/u/.aws/credentials:2');
    expect(files.where('a', 'none')).toBeUndefined();
    expect(files.where('b')).toBeUndefined();
  });

  it('read thousands of keys in one section, and a file of opening brackets, in time', () => {
    const keys = Array.from({ length: 50_000 }, (_, i) => `[k${i} = v`).join('\n');
    expect(Object.keys(aws(`[default]\n${keys}\n`).profile('default') ?? {})).toHaveLength(50_000);
  });
});

it('[DEFAULT] that goes on after a section with the same keys leaves that section its own', () => {
  const { profile } = aws('[DEFAULT]\na = 1\n[profile x]\na = 2\n[DEFAULT]\nb = 3\n[profile y]\nc = 4\n');
  expect([{ ...profile('x') }, { ...profile('y') }]).toEqual([
    { a: '2', b: '3' },
    { a: '1', b: '3', c: '4' },
  ]);
});
