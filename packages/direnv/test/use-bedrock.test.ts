import { rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

describe.skipIf(!program)('use bedrock', () => {
  it('sets what the plan says on entering, and nothing is left on leaving', () => {
    const dir = place.project('p');
    const before = place.env;
    expect(place.cd(dir)).toMatchObject({ lines: [], status: 0 });
    expect(place.ours).toMatchObject({
      CLAUDE_CODE_USE_BEDROCK: '1',
      AWS_PROFILE: 'corp-dev',
      AWS_REGION: 'eu-central-1',
      BEDROCKENV_DIR: dir,
      BEDROCKENV_DIRENV: `${dir}/`,
    });
    expect(place.ours.ANTHROPIC_MODEL).toMatch(/^eu\.anthropic\.claude-sonnet/);
    expect(place.ours).not.toHaveProperty('BEDROCKENV_STATE');
    place.cd(place.home);
    expect(place.env).toEqual(before);
  });

  it('starts no process of ours while nothing changes', () => {
    const dir = place.project('p');
    place.ran();
    place.cd(dir);
    expect(place.ran()).toEqual([]);
  });

  it('compiles once where the plan is gone', () => {
    const dir = place.project('p');
    rmSync(place.state('plans'), { recursive: true });
    place.ran();
    place.cd(dir);
    place.cd(place.home);
    place.cd(dir);
    expect(place.ran()).toEqual([`compile --dir ${dir}`]);
    expect(place.ours.AWS_PROFILE).toBe('corp-dev');
  });

  it('switches from one directory to another', () => {
    const one = place.project('one', 'profile: corp-dev\nmodel: sonnet\neffort: high\n');
    const two = place.project('two', 'profile: corp-prod\nmax_output_tokens: 8000\n');
    place.cd(one);
    expect(place.ours.CLAUDE_CODE_EFFORT_LEVEL).toBe('high');
    place.cd(two);
    expect(place.ours).toMatchObject({ AWS_PROFILE: 'corp-prod', CLAUDE_CODE_MAX_OUTPUT_TOKENS: '8000' });
    expect(place.ours).not.toHaveProperty('CLAUDE_CODE_EFFORT_LEVEL');
  });

  it('puts back what was there before', () => {
    const dir = place.project('p');
    place.env.AWS_PROFILE = 'mine';
    place.env.AWS_REGION = '';
    const before = place.env;
    place.cd(dir);
    expect(place.ours).toMatchObject({ AWS_PROFILE: 'corp-dev', AWS_REGION: 'eu-central-1' });
    place.cd(place.home);
    expect(place.env).toEqual(before);
  });

  it('takes the nearest file above the .envrc', () => {
    const top = place.project('top', undefined, { envrc: false });
    const sub = place.envrc('top/a/b');
    place.cd(sub);
    expect(place.ours).toMatchObject({ BEDROCKENV_DIR: top, BEDROCKENV_DIRENV: `${sub}/` });
  });

  it('with source_up: the outer use holds, and BEDROCKENV_DIRENV names the inner directory', () => {
    const top = place.project('top');
    const sub = place.envrc('top/sub', 'source_up\nexport OWN=1\n');
    place.cd(sub);
    expect(place.ours).toMatchObject({ AWS_PROFILE: 'corp-dev', BEDROCKENV_DIR: top, BEDROCKENV_DIRENV: `${sub}/` });
    place.cd(top);
    expect(place.ours.BEDROCKENV_DIRENV).toBe(`${top}/`);
    expect(place.env).not.toHaveProperty('OWN');
  });

  it('with source_up and a use of its own: the inner one replaces the outer one whole', () => {
    place.project('top', 'profile: corp-dev\nregion: eu-west-1\neffort: high\n');
    const sub = place.project('top/sub', 'profile: corp-prod\nroot: true\n');
    place.envrc('top/sub', 'source_up\nuse bedrock\n');
    place.ran();
    place.cd(sub);
    expect(place.ours).toMatchObject({ AWS_PROFILE: 'corp-prod', AWS_REGION: 'us-east-1', BEDROCKENV_DIR: sub });
    expect(place.ours).not.toHaveProperty('CLAUDE_CODE_EFFORT_LEVEL');
    expect(place.ran(), 'the outer values count as ambient').toEqual([]);
  });

  it('keeps what the .envrc itself sets, before and after', () => {
    place.project('p');
    const dir = place.envrc('p', 'export AWS_PROFILE=early FOO=1\nuse bedrock\nexport AWS_REGION=us-west-2\n');
    place.cd(dir);
    expect(place.env).toMatchObject({ AWS_PROFILE: 'corp-dev', FOO: '1', AWS_REGION: 'us-west-2' });
  });

  it('counts what the .envrc set before as the ambient environment', () => {
    place.project('p', 'model: opus\n');
    const dir = place.envrc('p', 'export AWS_REGION=ap-southeast-2\nuse bedrock\n');
    place.ran();
    place.cd(dir);
    expect(place.ours.ANTHROPIC_MODEL).toMatch(/^au\./);
    expect(place.ran()).toEqual([`compile --dir ${dir}`]);
  });

  it('runs in direnv exec', () => {
    const dir = place.project('p');
    const { stdout } = place.direnv(['exec', dir, 'sh', '-c', 'echo "$AWS_PROFILE $BEDROCKENV_DIR"']);
    expect(stdout).toBe(`corp-dev ${dir}\n`);
  });

  it('unsets what the plan unsets', () => {
    const dir = place.project('p', 'profile: corp-dev\nprompt_caching: true\n');
    place.env.DISABLE_PROMPT_CACHING = '1';
    place.cd(dir);
    expect(place.env).not.toHaveProperty('DISABLE_PROMPT_CACHING');
    place.cd(place.home);
    expect(place.env.DISABLE_PROMPT_CACHING).toBe('1');
  });

  it('says the notes of a plan', () => {
    const dir = place.project('p', 'profile: corp-dev\nregion: us-gov-west-1\n');
    const { lines } = place.cd(dir);
    expect(lines[0]).toMatch(/^direnv: bedrockenv: /);
  });

  it('without any file, sets what the user config says for outside of projects', () => {
    place.write('.config/bedrockenv/config.yaml', 'default:\n  profile: corp-prod\n');
    place.cd(place.envrc('p'));
    expect(place.ours.AWS_PROFILE).toBe('corp-prod');
  });

  it('does nothing under BEDROCKENV_DISABLE', () => {
    const dir = place.project('p');
    place.env.BEDROCKENV_DISABLE = '1';
    expect(place.cd(dir)).toMatchObject({ changes: {}, lines: [] });
  });

  it.each([
    ['strict_env', 'strict_env\nuse bedrock\n'],
    ['set -u', 'set -u\nuse bedrock\n'],
    ['set -euo pipefail', 'set -euo pipefail\nuse bedrock\necho "$-" >options\n'],
    [
      'odd options',
      'shopt -s nocasematch nullglob\nset -f\nIFS=abc\nuse bedrock\nshopt -q nocasematch && export KEPT=1\n',
    ],
    ['allexport', 'set -a\nuse bedrock\n'],
    ['shopt -u extglob', 'shopt -u extglob\nuse bedrock\n'],
    ['functrace', 'set -ET\nuse bedrock\n'],
  ])('works under %s', (name, text) => {
    place.project('p');
    const dir = place.envrc('p', text);
    const { lines, status, changes } = place.cd(dir);
    expect({ lines, status }).toEqual({ lines: [], status: 0 });
    expect(place.ours.AWS_PROFILE).toBe('corp-dev');
    if (name === 'odd options') expect(place.env.KEPT).toBe('1');
    // direnv itself leaves a `ret`.
    const leaked = Object.keys(changes).filter((key) => /^([a-z_]|BASH_FUNC)/.test(key) && key !== 'ret');
    expect(leaked, 'variables of ours that were exported').toEqual([]);
  });
});

describe.skipIf(!program)('use bedrock that cannot be', () => {
  const nothing = (dir: string) => ({ BEDROCKENV_DIRENV: `${dir}/` });

  it('names the command for a file that is not approved, and sets nothing', () => {
    const dir = place.project('p', undefined, { allow: false });
    expect(place.cd(dir).lines).toEqual([
      `direnv: bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`,
    ]);
    expect(place.ours).toEqual(nothing(dir));
    place.bedrockenv('allow', dir);
    place.cd(dir);
    expect(place.ours.AWS_PROFILE, 'reloaded after allow').toBe('corp-dev');
  });

  it('names the directory when it is another one', () => {
    const dir = place.project('a b/c', undefined, { allow: false });
    const { lines } = place.direnv(['exec', dir, 'true']);
    expect(lines).toEqual([
      `direnv: bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow ${place.home}/a\\ b/c`,
    ]);
  });

  it.each([
    ['3', 'not approved', () => place.project('p', undefined, { allow: false, envrc: false })],
    ['1', 'broken', () => place.project('p', 'model: \0', { allow: false, envrc: false })],
    ['1', 'without any file', () => place.home],
  ])('returns %s when %s', (status, _, prepare) => {
    prepare();
    const dir = place.envrc('p', 'use bedrock || export STATUS=$?\n');
    place.cd(dir);
    expect(place.env.STATUS).toBe(status);
  });

  it('ends the .envrc under strict_env, and says that direnv has to be told', () => {
    place.project('p', undefined, { allow: false });
    const dir = place.envrc('p', 'strict_env\nuse bedrock\nexport AFTER=1\n');
    const { lines, status } = place.cd(dir);
    expect(status).toBe(1);
    expect(lines).toEqual([
      `direnv: bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow; then: direnv reload`,
      'direnv: error exit status 3',
    ]);
    expect(place.ours).toEqual({});
  });

  it('is as good as unapproved after any other byte', () => {
    const dir = place.project('p');
    place.cd(dir);
    place.write('p/.bedrockrc', 'profile: corp-dev\nmodel: sonnet\n ');
    expect(place.cd(dir).lines[0]).toMatch(/is not approved/);
    expect(place.ours).toEqual(nothing(dir));
  });

  it.each([
    ['contains a NUL byte', 'model: \0opus\n'],
    ['larger than 64 KiB', `# ${'x'.repeat(65_536)}\n`],
  ])('says that a file is broken: %s', (reason, text) => {
    const dir = place.project('p', text, { allow: false });
    expect(place.cd(dir).lines).toEqual([
      `direnv: bedrockenv: ${dir}/.bedrockrc is broken (${reason}); see: bedrockenv status`,
    ]);
    expect(place.ours).toEqual(nothing(dir));
  });

  it('does not hang on a FIFO', () => {
    const dir = place.envrc('p');
    expect(place.direnv(['exec', place.home, 'mkfifo', `${dir}/.bedrockrc`]).status).toBe(0);
    expect(place.cd(dir).lines).toEqual([
      `direnv: bedrockenv: ${dir}/.bedrockrc is broken (not a regular file); see: bedrockenv status`,
    ]);
  });

  it('passes over a denied file in silence', () => {
    const top = place.project('top');
    const sub = place.project('top/sub', 'model: opus\n', { allow: false });
    place.bedrockenv('deny', sub);
    expect(place.cd(sub).lines).toEqual([]);
    expect(place.ours.BEDROCKENV_DIR).toBe(top);
  });

  it('takes everything back after revoke', () => {
    const dir = place.project('p');
    place.cd(dir);
    place.bedrockenv('revoke', dir);
    expect(place.cd(dir).lines[0]).toMatch(/is not approved/);
    expect(place.ours).toEqual(nothing(dir));
  });

  it('says what is wrong with an approved file, with its place', () => {
    const dir = place.project('p');
    place.write('.aws/config', '[profile other]\nregion = eu-west-1\n');
    const { lines } = place.cd(dir);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^direnv: bedrockenv: .*\.bedrockrc:1: .*corp-dev/);
    expect(place.ours).toEqual(nothing(dir));
  });

  it('leaves everything to Claude Code with scope: claude, and says that words have no settings to be in', () => {
    place.write('.config/bedrockenv/config.yaml', 'default: {scope: claude}\n');
    const dir = place.project('p');
    expect(place.cd(dir).lines).toEqual([]);
    expect(Object.keys(place.ours).filter((name) => !name.startsWith('BEDROCKENV_'))).toEqual([]);
    const words = place.envrc('words', 'use bedrock profile=corp-dev model=sonnet\n');
    expect(place.cd(words).lines).toEqual([
      expect.stringMatching(/with scope: claude the words of `use bedrock` set nothing; put them into a \.bedrockrc/),
    ]);
    expect(Object.keys(place.ours).filter((name) => !name.startsWith('BEDROCKENV_'))).toEqual([]);
  });

  it('says so where there is no file at all', () => {
    const dir = place.envrc('p');
    expect(place.cd(dir).lines).toEqual([
      `direnv: bedrockenv: there is no .bedrockrc in ${dir} or above; to write one: bedrockenv use <model or profile>`,
    ]);
    place.project('p', undefined, { envrc: false });
    place.cd(dir);
    expect(place.ours.AWS_PROFILE, 'reloaded when there is one').toBe('corp-dev');
  });

  it('says so once when the command is gone', () => {
    const dir = place.project('p');
    rmSync(place.state('plans'), { recursive: true });
    rmSync(`${place.sandbox.bin}/bedrockenv`);
    expect(place.cd(dir).lines).toEqual([
      'direnv: bedrockenv: the bedrockenv command is gone; install it again: npm install -g bedrockenv',
    ]);
  });
});
