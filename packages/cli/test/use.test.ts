import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';
import { Terminal } from './terminal.ts';

const read = (dir: string) => readFileSync(join(dir, '.bedrockrc'), 'utf8');

describe('use', () => {
  it('writes a new file, approves and compiles it', () => {
    const box = new Sandbox();
    mkdirSync(box.path('p'));
    const dir = box.path('p');
    const { code, stdout, stderr } = box.run(['use', 'corp-dev', 'sonnet'], { cwd: dir });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('profile: corp-dev, model: sonnet');
    expect(read(dir)).toMatch(/^# yaml-language-server: \$schema=\S+\nprofile: corp-dev\nmodel: sonnet\n$/);
    expect(statSync(join(dir, '.bedrockrc')).mode & 0o777).toBe(0o644);
    expect(box.json(['export'], { cwd: dir })).toMatchObject({ AWS_PROFILE: 'corp-dev' });
  });

  it('says once how a shell comes to use it, where no rc file loads the hook', () => {
    const said = 'as soon as it has the hook: bedrockenv setup';
    const box = new Sandbox();
    mkdirSync(box.path('p'));
    expect(box.run(['use', 'corp-dev'], { cwd: box.path('p') }).stderr).toContain(said);
    expect(box.run(['use', 'sonnet'], { cwd: box.path('p') }).stderr).not.toContain(said);
    const other = new Sandbox();
    mkdirSync(other.path('p'));
    other.write('.bashrc', 'eval "$(bedrockenv hook bash)"\n');
    expect(other.run(['use', 'corp-dev'], { cwd: other.path('p') }).stderr).not.toContain(said);
  });

  it('says what leaves the geography or costs more, before it is used', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'region: eu-west-1\nrouting: global\nprompt_caching: 1h\n');
    box.ok(['allow', 'p']);
    const { stderr } = box.run(['use', 'opus'], { cwd: dir });
    expect(stderr).toContain(
      'routing global: requests may be processed in any commercial region; to stay in eu: routing: geo',
    );
    expect(stderr).toContain('prompt_caching 1h: writing to the cache costs 2 times the price of input');
  });

  it('changes an approved file and leaves every other byte as it was', () => {
    const box = new Sandbox();
    const text =
      '\n# ours\nprofile:   "corp-dev"   # the dev account\nmodels: {opus: claude-opus-5-5}\n\n\nmodel: sonnet   # cheap\n# end\n';
    const dir = box.project('p', text);
    box.ok(['allow', 'p']);
    box.ok(['use', 'opus', 'keys', '--region', 'us-west-2'], { cwd: dir });
    expect(read(dir)).toBe(
      `${text.replace('"corp-dev"', 'keys').replace('sonnet   #', 'opus   #')}region: us-west-2\n`,
    );
    expect(box.json(['status', '--json'], { cwd: dir })).toMatchObject({ approval: 'approved' });
  });

  it('keeps comments, line ends and links where the library rewrites the file', () => {
    const box = new Sandbox();
    const dir = box.project(
      'p',
      '# c\r\nprofile:\r\n  account: "123456789012"\r\n  role: Developer # r\r\nregion: us-east-1\r\n',
    );
    box.ok(['allow', 'p']);
    box.ok(['use', 'keys'], { cwd: dir });
    expect(read(dir)).toBe('# c\r\nprofile: keys\r\nregion: us-east-1\r\n');
    box.write('q/real', '{model: sonnet, region: us-east-1} # flow\n');
    symlinkSync('real', box.path('q/.bedrockrc'));
    box.ok(['allow', 'q']);
    box.ok(['use', 'keys'], { cwd: box.path('q') });
    expect(lstatSync(box.path('q/.bedrockrc')).isSymbolicLink()).toBe(true);
    expect(readFileSync(box.path('q/real'), 'utf8')).toBe('{model: sonnet, region: us-east-1, profile: keys} # flow\n');
  });

  it('refuses a file that is not approved, and leaves it untouched', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: sonnet\n');
    expect(box.run(['use', 'opus'], { cwd: dir })).toMatchObject({ code: 3, stdout: '' });
    expect(read(dir)).toBe('model: sonnet\n');
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('unapproved');
  });

  it('writes nothing that would not resolve', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', 'p']);
    const { code, stderr } = box.run(['use', 'sonnet', '--region', 'sa-east-1'], { cwd: dir });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bedrockenv: .*sa-east-1/);
    expect(read(dir)).toBe('profile: corp-dev\n');
  });

  it.each([
    ['profile', 'corp-dve', 'there is no AWS profile "corp-dve"; did you mean "corp-dev"?'],
    ['region', 'eu-centrl-1', "there is no region 'eu-centrl-1'; did you mean eu-central-1?"],
    ['region', 'eu-mars-9', "there is no region 'eu-mars-9'; such as eu-central-1"],
  ])('a --%s that there is not, %s: exit code 2, and no line of a file that is not written', (flag, value, said) => {
    const box = new Sandbox();
    const dir = box.project('p', 'region: us-east-1\n');
    box.ok(['allow', 'p']);
    const found = box.run(['use', 'sonnet', `--${flag}`, value], { cwd: dir });
    expect(found).toMatchObject({ code: 2, stderr: `bedrockenv: ${said}\n` });
    expect(read(dir)).toBe('region: us-east-1\n');
  });

  it('leaves nothing behind where the approval cannot be written', () => {
    const box = new Sandbox();
    mkdirSync(box.path('p'));
    box.ok(['allow', box.project('other', 'model: opus\n')]);
    rmSync(join(box.state, 'approvals'), { recursive: true });
    writeFileSync(join(box.state, 'approvals'), 'in the way');
    const { code, stderr } = box.run(['use', 'corp-dev', 'sonnet'], { cwd: box.path('p') });
    expect([code, stderr]).toEqual([1, expect.stringContaining('a part of the path is not a folder')]);
    expect(existsSync(box.path('p/.bedrockrc'))).toBe(false);
    rmSync(join(box.state, 'approvals'));
    box.ok(['use', 'corp-dev', 'sonnet'], { cwd: box.path('p') });
    expect(box.json(['export'], { cwd: box.path('p') })).toMatchObject({ AWS_PROFILE: 'corp-dev' });
  });

  it('--pin writes exact IDs', () => {
    const box = new Sandbox();
    mkdirSync(box.path('p'));
    box.ok(['use', 'keys', 'sonnet', '--pin'], { cwd: box.path('p') });
    const text = read(box.path('p'));
    expect(text).toMatch(/\nmodel: us\.anthropic\.claude-sonnet-\S+\n/);
    expect(text).toMatch(/\nmodels: \{opus: us\.\S+, sonnet: us\.\S+, haiku: us\.\S+\}\n$/);
    const before = box.json(['export'], { cwd: box.path('p') });
    box.ok(['use', '--pin'], { cwd: box.path('p') });
    expect(box.json(['export'], { cwd: box.path('p') })).toEqual(before);
  });

  it('--global edits default: of the user config', () => {
    const box = new Sandbox();
    const config = box.path('.config/bedrockenv/config.yaml');
    box.ok(['use', 'keys', 'haiku', '--global']);
    expect(readFileSync(config, 'utf8')).toMatch(
      /^# yaml-language-server: .*\ndefault:\n {2}profile: keys\n {2}model: haiku\n$/,
    );
    expect(box.json(['export'])).toMatchObject({ AWS_PROFILE: 'keys' });
    writeFileSync(
      config,
      '# mine\nnotices: quiet\ndefault:\n    model: opus   # best\nenvironments: {work: {profile: corp-dev}}\n',
    );
    box.ok(['use', 'sonnet', '--global']);
    expect(readFileSync(config, 'utf8')).toBe(
      '# mine\nnotices: quiet\ndefault:\n    model: sonnet   # best\nenvironments: {work: {profile: corp-dev}}\n',
    );
  });

  it('decides by what exists: environment, profile, alias, model, ID, ARN', () => {
    const box = new Sandbox();
    box.write(
      '.config/bedrockenv/config.yaml',
      'environments:\n  work: {profile: corp-dev}\n  keys: {region: us-east-1}\naliases: {fast: claude-haiku-4-5}\n',
    );
    mkdirSync(box.path('p'));
    const used = (...words: string[]) => {
      const { code, stderr } = box.run(['use', ...words], { cwd: box.path('p') });
      return code === 0 ? stderr.trim().split('.bedrockrc: ').at(-1) : `${code} ${stderr}`;
    };
    expect(used('work')).toBe('use: work');
    expect(used('fast')).toBe('model: fast');
    expect(used('corp-role')).toBe('profile: corp-role');
    expect(used('claude-opus-4-8')).toBe('model: claude-opus-4-8');
    expect(used('us.anthropic.claude-sonnet-4-6')).toBe('model: us.anthropic.claude-sonnet-4-6');
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
    expect(used(arn)).toBe(`model: ${arn}`);
    expect(used('keys')).toMatch(/^2 .*keys is an AWS profile and an environment; .*--profile keys/);
    expect(used('--profile', 'keys')).toBe('profile: keys');
    expect(used('corp-dve')).toMatch(/^2 .*did you mean corp-dev\?/);
    expect(used('sonet')).toMatch(/^2 .*did you mean sonnet\?/);
    expect(used('opus', 'sonnet')).toMatch(/^2 /);
    expect(used()).toMatch(/^2 /);
  });
});

describe('edit', () => {
  /** An editor that runs a line of shell with the file as $1. */
  const editor = (line: string) => ({ EDITOR: `sh -c '${line}' sh` });
  /** An edit that is not taken is kept in the folder for temporary files. */
  const kept = (box: Sandbox) => ({ TMPDIR: box.home });

  it('approves the edit of an approved file, and of a new one', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: sonnet\n');
    box.ok(['allow', 'p']);
    box.ok(['edit'], { cwd: dir, env: editor('echo "region: us-east-1" >> "$1"') });
    expect(read(dir)).toBe('model: sonnet\nregion: us-east-1\n');
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('approved');
    mkdirSync(box.path('new'));
    box.ok(['edit'], { cwd: box.path('new'), env: editor('echo "model: opus" > "$1"') });
    expect(box.json(['status', '--json'], { cwd: box.path('new') }).approval).toBe('approved');
  });

  it('changes nothing when nothing was changed, or the editor failed', () => {
    const box = new Sandbox();
    mkdirSync(box.path('new'));
    expect(box.run(['edit'], { cwd: box.path('new'), env: editor('true') }).code).toBe(0);
    const failing = { ...editor('echo "model: opus" > "$1"; exit 3'), ...kept(box) };
    expect(box.run(['edit'], { cwd: box.path('new'), env: failing }).code).toBe(1);
    expect(existsSync(box.path('new/.bedrockrc'))).toBe(false);
  });

  it('says so when the editor left no file, and leaves nothing behind', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: sonnet\n');
    box.ok(['allow', 'p']);
    const { code, stderr } = box.run(['edit'], { cwd: dir, env: { ...editor('rm "$1"'), ...kept(box) } });
    expect([code, stderr]).toEqual([1, 'bedrockenv: the editor left no file; save it there\n']);
    expect(readdirSync(box.home).filter((name) => name.startsWith('bedrockenv-'))).toEqual([]);
    expect(read(dir)).toBe('model: sonnet\n');
  });

  it('without a terminal, does not start an editor that nobody named and that needs one', () => {
    const box = new Sandbox();
    mkdirSync(box.path('new'));
    const env = { EDITOR: undefined, VISUAL: undefined, ...kept(box) };
    const { code, stderr } = box.run(['edit'], { cwd: box.path('new'), env });
    expect([code, stderr]).toEqual([1, 'bedrockenv: vi needs a terminal, and this is none; set VISUAL or EDITOR\n']);
    expect(readdirSync(box.home).filter((name) => name.startsWith('bedrockenv-'))).toEqual([]);
  });

  it('does not write an edit with errors, and says where it is kept', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: sonnet\n');
    box.ok(['allow', 'p']);
    const { code, stderr } = box.run(['edit'], {
      cwd: dir,
      env: { ...editor('echo "modle: x" > "$1"'), ...kept(box) },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean model?');
    expect(read(dir)).toBe('model: sonnet\n');
    const copy = /your edit is in (\S+)/.exec(stderr)?.[1] as string;
    expect(readFileSync(copy, 'utf8')).toBe('modle: x\n');
  });

  it("never approves or overwrites someone else's change", () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: sonnet\n');
    box.ok(['allow', 'p']);
    const other = `echo "model: haiku" > ${dir}/.bedrockrc; echo "model: opus" > "$1"`;
    const { code, stderr } = box.run(['edit'], { cwd: dir, env: { ...editor(other), ...kept(box) } });
    expect(code).toBe(1);
    expect(stderr).toContain('changed by someone else meanwhile');
    expect(read(dir)).toBe('model: haiku\n');
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('unapproved');
    box.ok(['edit'], { cwd: dir, env: editor('echo "region: us-east-1" >> "$1"') });
    expect(read(dir)).toBe('model: haiku\nregion: us-east-1\n');
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('unapproved');
  });

  it('writes the bytes that the editor left, in whatever encoding, and says what is wrong with them', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: sonnet\n');
    const latin = editor('printf "# caf\\351\\nmodel: sonnet\\n" > "$1"');
    box.ok(['edit'], { cwd: dir, env: latin });
    expect(readFileSync(join(dir, '.bedrockrc'), 'latin1')).toBe('# caf\xe9\nmodel: sonnet\n');
    expect(box.json(['status', '--json'], { cwd: dir }).approval).toBe('invalid');
  });

  it('leaves Ctrl-C to the editor: one that goes on is not left alone', async () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: sonnet\n');
    const terminal = (line: string) =>
      new Terminal(['edit'], { cwd: dir, env: box.environment({ ...editor(line), ...kept(box), PWD: dir }) });
    const goingOn = terminal('trap : INT; echo begun; sleep 1; echo "model: opus" > "$1"');
    await goingOn.shows('begun');
    goingOn.type('\x03');
    expect(await goingOn.ended).toBe(0);
    expect(read(dir)).toBe('model: opus\n');
    const ending = terminal('echo "model: haiku" > "$1"; echo begun; sleep 9');
    await ending.shows('begun');
    ending.type('\x03');
    expect(await ending.ended).toBe(130);
    expect(ending.out).toContain('your edit is in');
    expect(read(dir)).toBe('model: opus\n');
  });

  it('runs $VISUAL before $EDITOR, as a command line', () => {
    const box = new Sandbox();
    mkdirSync(box.path('new'));
    box.ok(['edit'], {
      cwd: box.path('new'),
      env: { VISUAL: `sh -c 'echo "model: opus" > "$1"' sh`, EDITOR: 'false' },
    });
    expect(read(box.path('new'))).toBe('model: opus\n');
  });
});
