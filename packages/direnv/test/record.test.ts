import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

const record = (...fields: string[]) => fields.join('\x1f');

describe.skipIf(!program)("the record of a shell's hook, where the .envrc uses bedrock,", () => {
  it('is put back before, so that a plan is for the environment without it, and comes back on leaving', () => {
    const dir = place.project('p', 'model: opus\n');
    place.env.AWS_REGION = 'eu-west-1';
    place.cd(dir);
    const alone = place.ours;
    place.cd(place.home);
    place.env.AWS_REGION = 'ap-northeast-1';
    place.env.ANTHROPIC_MODEL = 'hook';
    place.env.BEDROCKENV_MODEL = 'by hand';
    place.env.BEDROCKENV_STATE = record('1', 'f00', '/a', 'AWS_REGION', '=ap-northeast-1', 'x', 'eu-west-1');
    place.env.BEDROCKENV_STATE += `\x1f${record('ANTHROPIC_MODEL', '=hook', 'l', 'x', 'BEDROCKENV_MODEL', '=x', 'u', '')}`;
    const before = place.env;
    place.ran();
    place.cd(dir);
    expect(place.ran()).toEqual([]);
    expect(place.ours).toEqual(alone);
    place.cd(place.home);
    expect(place.env).toEqual(before);
  });

  it('has its escapes decoded', () => {
    const dir = place.project('p', 'model: opus\nregion: eu-west-1\n');
    place.env.AWS_PROFILE = 'a%25\x1f';
    place.env.BEDROCKENV_STATE = record('1', 'f00', '/a', 'AWS_PROFILE', '=a%2525%1F', 'x', 'b%25%1F');
    place.cd(dir);
    expect(place.env.AWS_PROFILE).toBe('b%\x1f');
  });

  it("leaves a key of the user's own that it withholds unset, says so, and brings both back on leaving", () => {
    const dir = place.project('p', 'model: opus\nregion: eu-west-1\n');
    place.env.AWS_BEARER_TOKEN_BEDROCK = 'the hook has set this';
    place.env.BEDROCKENV_STATE = record('1', 'f00', '/a', 'AWS_BEARER_TOKEN_BEDROCK', '*', 'X', '');
    const before = place.env;
    const { lines } = place.cd(dir);
    expect(lines).toEqual([
      'direnv: bedrockenv: AWS_BEARER_TOKEN_BEDROCK is unset here: only the shell that replaced it knows its value',
    ]);
    expect(place.env).not.toHaveProperty('AWS_BEARER_TOKEN_BEDROCK');
    place.cd(place.home);
    expect(place.env).toEqual(before);
  });

  it.each([
    ['a name that is code', record('1', 'f00', '/a', 'x[$(touch hacked)]', '=1', 'u', '')],
    ['another name', record('1', 'f00', '/a', 'AWS_PROFILE', '=ambient', 'u', '', 'HOME', '=1', 'u', '')],
    ['another version', record('2', 'f00', '/a', 'AWS_PROFILE', '=ambient', 'u', '')],
    ['a field missing', record('1', 'f00', '/a', 'AWS_PROFILE', '=ambient', 'u')],
    ['nothing', ''],
  ])('that has %s is dropped, and nothing else is touched', (_, state) => {
    const dir = place.project('p', 'model: opus\nregion: eu-west-1\n');
    place.env.AWS_PROFILE = 'ambient';
    place.env.BEDROCKENV_STATE = state;
    place.cd(dir);
    expect(place.env).toMatchObject({ AWS_PROFILE: 'ambient', AWS_REGION: 'eu-west-1' });
    expect(place.env).not.toHaveProperty('BEDROCKENV_STATE');
    expect(existsSync(`${dir}/hacked`)).toBe(false);
  });
});

describe.skipIf(!program)("the record of a shell's hook, where the .envrc does not use bedrock,", () => {
  const applied = {
    AWS_PROFILE: 'hook',
    AWS_REGION: 'eu-west-1',
    AWS_BEARER_TOKEN_BEDROCK: 'secret',
    BEDROCKENV_STATE: record(
      ...['1', 'f00', '/a', 'AWS_PROFILE', '=hook', 'u', '', 'AWS_REGION', '=eu-west-1', 'x', 'us-east-1'],
      ...['AWS_BEARER_TOKEN_BEDROCK', '*', 'u', '', 'ANTHROPIC_MODEL', '', 'x', 'before'],
    ),
  };
  beforeEach(() => {
    Object.assign(place.env, applied);
  });

  it('stays when none of its variables is set', () => {
    expect(place.cd(place.envrc('p', 'export FOO=1\n')).changes).toEqual({ FOO: '1' });
  });

  it.each([
    ['export AWS_PROFILE=envrc', { AWS_PROFILE: 'envrc' }, ['AWS_BEARER_TOKEN_BEDROCK']],
    ['unset AWS_PROFILE', {}, ['AWS_PROFILE', 'AWS_BEARER_TOKEN_BEDROCK']],
    ['export AWS_BEARER_TOKEN_BEDROCK=own', { AWS_BEARER_TOKEN_BEDROCK: 'own' }, ['AWS_PROFILE']],
    ['strict_env; export AWS_PROFILE=envrc', { AWS_PROFILE: 'envrc' }, ['AWS_BEARER_TOKEN_BEDROCK']],
  ])('goes with all of them after %s, and comes back with them on leaving', (text, set, gone) => {
    const before = place.env;
    place.cd(place.envrc('p', `${text}\n`));
    expect(place.env).toMatchObject({ AWS_REGION: 'us-east-1', ANTHROPIC_MODEL: 'before', ...set });
    for (const name of [...gone, 'BEDROCKENV_STATE']) expect(place.env).not.toHaveProperty(name);
    place.cd(place.home);
    expect(place.env).toEqual(before);
  });

  it.each(['exit 4', 'strict_env; (exit 4)'])('does not hide that the .envrc failed: %s', (text) => {
    expect(place.cd(place.envrc('p', `${text}\n`)).lines).toEqual(['direnv: error exit status 4']);
  });
});
