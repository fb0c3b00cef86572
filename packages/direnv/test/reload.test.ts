import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

const credentials = '[keys]\naws_access_key_id = AKIAFAKEFAKEFAKEFAKE\naws_secret_access_key = fake\n';

/** Whether direnv had something to load. */
const loads = ({ stdout }: { stdout: string }) => stdout !== '';

describe.skipIf(!program)('direnv loads again when', () => {
  /** Each makes one change to what `top/p` was compiled from. */
  const changes: [what: string, change: () => void, then: object][] = [
    [
      'the .bedrockrc changes and is approved again',
      () => place.project('top/p', 'profile: corp-dev\nmodel: haiku\n', { envrc: false }),
      { BEDROCKENV_MODEL: expect.stringMatching(/^Haiku/) },
    ],
    [
      'a file further up appears',
      () => place.project('top', 'effort: high\n', { envrc: false }),
      { CLAUDE_CODE_EFFORT_LEVEL: 'high' },
    ],
    [
      'the user config appears',
      () => void place.write('.config/bedrockenv/config.yaml', 'default:\n  max_output_tokens: 4096\n'),
      { CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096' },
    ],
    [
      '~/.aws/config changes',
      () => void place.write('.aws/config', '[profile corp-dev]\nregion = eu-west-3\n'),
      { AWS_REGION: 'eu-west-3' },
    ],
    [
      '~/.aws/credentials changes',
      () => void place.write('.aws/credentials', `${credentials}[corp-dev]\nregion = eu-west-1\n`),
      { AWS_REGION: 'eu-west-1' },
    ],
  ];

  it.each(changes)('%s', (_, change, then) => {
    const dir = place.project('top/p', 'profile: corp-dev\nmodel: sonnet\n');
    place.cd(dir);
    expect(place.cd(dir).changes, 'nothing changed yet').toEqual({});
    // Now from what was kept of the list.
    place.cd(place.home);
    place.cd(dir);
    expect(place.cd(dir).changes, 'nothing changed yet').toEqual({});
    change();
    expect(place.cd(dir).lines).toEqual([]);
    expect(place.ours).toMatchObject(then);
    place.ran();
    place.cd(place.home);
    place.cd(dir);
    expect(place.ran(), 'compiled once').toEqual([]);
  });

  it('~/.aws/config is taken away and comes back as it was', () => {
    const dir = place.project('p');
    place.cd(dir);
    const before = place.ours;
    renameSync(place.sandbox.at('.aws/config'), place.sandbox.at('.aws/kept'));
    expect(place.cd(dir).lines[0]).toMatch(/corp-dev/);
    expect(place.ours).toEqual({ BEDROCKENV_DIRENV: `${dir}/` });
    renameSync(place.sandbox.at('.aws/kept'), place.sandbox.at('.aws/config'));
    place.cd(dir);
    expect(place.ours).toEqual(before);
  });

  it('the approval is touched, once', () => {
    const dir = place.project('p');
    for (const to of [dir, place.home, dir]) place.cd(to);
    place.touch(place.state(`approvals${dir}/.bedrockrc`));
    expect(loads(place.direnv(['export', 'json'], dir)), 'after the touch').toBe(true);
    place.cd(dir);
    expect(loads(place.direnv(['export', 'json'], dir)), 'and then').toBe(false);
    for (const to of [place.home, dir]) place.cd(to);
    expect(loads(place.direnv(['export', 'json'], dir)), 'from what was kept').toBe(false);
  });

  it('the .envrc itself changes, also what it watches besides', () => {
    const dir = place.project('p');
    for (const to of [dir, place.home, dir]) place.cd(to);
    place.write('besides', '1');
    place.envrc('p', `watch_file ../besides\nuse bedrock\nexport OWN=1\n`);
    for (const to of [dir, place.home, dir]) place.cd(to);
    expect(place.env.OWN).toBe('1');
    place.write('besides', '2');
    expect(loads(place.direnv(['export', 'json'], dir))).toBe(true);
    place.cd(dir);
    expect(loads(place.direnv(['export', 'json'], dir))).toBe(false);
  });

  it('the file that an API key is read from changes', () => {
    const key = place.write('key', 'first\n');
    place.write('.config/bedrockenv/config.yaml', `default:\n  api_key: {file: "${key}"}\n`);
    const dir = place.project('p', 'model: sonnet\nregion: eu-central-1\n');
    place.cd(dir);
    expect(place.env.AWS_BEARER_TOKEN_BEDROCK).toBe('first');
    place.write('key', 'second\r\nmore\n');
    place.cd(dir);
    expect(place.env.AWS_BEARER_TOKEN_BEDROCK).toBe('second');
  });

  it('a symbolic link on the way is changed', () => {
    mkdirSync(place.sandbox.at('other'));
    place.write('other/config', '[profile corp-dev]\nregion = eu-west-3\n');
    rmSync(place.sandbox.at('.aws/config'));
    symlinkSync(place.sandbox.at('other/config'), place.sandbox.at('.aws/config'));
    const dir = place.project('p');
    place.cd(dir);
    expect(place.ours.AWS_REGION).toBe('eu-west-3');
    place.write('other/config', '[profile corp-dev]\nregion = eu-west-2\n');
    place.cd(dir);
    expect(place.ours.AWS_REGION).toBe('eu-west-2');
  });

  it('anything of this changes, for these are the files that it watches', () => {
    place.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n');
    const dir = place.project('top/p');
    place.cd(dir);
    const watched = JSON.parse(inflateSync(Buffer.from(place.env.DIRENV_WATCHES as string, 'base64url')).toString());
    const paths = (watched as { Path: string }[]).map(({ Path }) => Path.replace(place.home, '~'));
    expect(paths).toEqual(
      expect.arrayContaining([
        '~/.config/bedrockenv/config.yaml',
        '~/top/p/.bedrockrc',
        `~/.local/state/bedrockenv/approvals${dir}/.bedrockrc`,
        '~/top/.bedrockrc',
        '~/.bedrockrc',
        '/.bedrockrc',
        '~/.aws/config',
        '~/.aws/credentials',
      ]),
    );
  });

  it('that is kept beside the stamps, and not believed when it is not whole', () => {
    const dir = place.project('p');
    for (const to of [dir, place.home, dir]) place.cd(to);
    const watches = place.env.DIRENV_WATCHES;
    const stamps = place.state('stamps');
    const kept = readdirSync(stamps, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('/watches'));
    expect(kept).toHaveLength(1);
    const file = join(stamps, kept[0] as string);
    const text = readFileSync(file, 'utf8');
    for (const other of [
      '',
      text.slice(0, -4),
      `${text}x\0`,
      text.replace(/\0[^\0]*\0end\0$/, '\0$(touch hacked)\0ende\0'),
    ]) {
      writeFileSync(file, other);
      place.cd(place.home);
      place.cd(dir);
      expect(place.env.DIRENV_WATCHES).toBe(watches);
    }
    expect(readFileSync(file, 'utf8'), 'written anew').toBe(text);
  });
});
