import { mkdirSync, symlinkSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

describe.skipIf(!program)('a directory named', () => {
  // Not with one of " $ ` \\ [ nor a newline at the end: direnv 2.32.1 itself cannot load those (docs/direnv.md).
  it.each([
    'with spaces  two',
    ' leading and trailing ',
    "it's",
    'new\nline',
    'ünïcödé 開',
    '%25 percent',
    '-n',
    '~',
    'a;b&c|d<e>f',
    'star*?!',
    'bell\x07',
  ])('%j works, allowed or not', (name) => {
    const dir = place.project(`odd/${name}`, undefined, { allow: false });
    const said = place.cd(dir).lines.filter((line) => line.startsWith('direnv: bedrockenv'));
    expect(said).toEqual([expect.stringMatching(/is not approved; to use it: bedrockenv allow$/)]);
    place.bedrockenv('allow', dir);
    place.ran();
    place.cd(dir);
    expect(place.ours).toMatchObject({ AWS_PROFILE: 'corp-dev', BEDROCKENV_DIR: dir, BEDROCKENV_DIRENV: `${dir}/` });
    expect(place.ran()).toEqual([]);
    place.cd(place.home);
    expect(place.ours).toEqual({});
  });

  it('by way of a symbolic link has the approval of the real one', () => {
    const real = place.project('real/p');
    mkdirSync(place.sandbox.at('links'));
    symlinkSync(place.sandbox.at('real'), place.sandbox.at('links/to'));
    const linked = place.envrc('links/to/p');
    place.ran();
    expect(place.cd(linked).lines).toEqual([]);
    expect(place.ours.BEDROCKENV_DIR).toBe(real);
    // direnv 2.32 knows it by its real path, other versions may not: what counts is that the two agree.
    expect(`-${place.ours.BEDROCKENV_DIRENV}`).toBe(`${place.env.DIRENV_DIR}/`);
    expect(place.ran()).toEqual([]);
  });

  it.each(['with spaces  two', "it's", '開発', '-n', 'a;b&c', 'new\nline'])('%j has its own words', (name) => {
    const dir = place.envrc(`odd/${name}`, 'use bedrock profile=corp-dev model=sonnet\n');
    place.ran();
    // direnv itself says the name with its newline.
    expect(place.cd(dir).lines.filter((said) => said.includes('bedrockenv'))).toEqual([]);
    expect(place.ours).toMatchObject({ AWS_PROFILE: 'corp-dev', BEDROCKENV_DIR: dir });
    place.cd(place.home);
    place.cd(dir);
    expect(place.ran(), 'compiled once').toHaveLength(1);
  });

  it('differently in XDG folders works', () => {
    place.env.XDG_STATE_HOME = place.sandbox.at('my state');
    place.env.XDG_CONFIG_HOME = place.sandbox.at('.config');
    place.env.BEDROCKENV_CONFIG = place.write('my config.yaml', 'default:\n  effort: high\n');
    const dir = place.project('p');
    expect(place.cd(dir).lines).toEqual([]);
    expect(place.ours).toMatchObject({ AWS_PROFILE: 'corp-dev', CLAUDE_CODE_EFFORT_LEVEL: 'high' });
  });
});
