import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelChoices } from '../src/setup/offers.ts';
import { Sandbox } from './cli.ts';
import { Terminal } from './terminal.ts';

const commands = (out: string) => [...out.matchAll(/^ {2}((?:bedrockenv|aws) .*?) {2}/gm)].map(([, line]) => line);

describe('bedrockenv alone', () => {
  it('in a new HOME: setup, and use', () => {
    const box = new Sandbox();
    const out = box.ok([]);
    expect(out).toContain('~: nothing is chosen here');
    expect(commands(out)).toEqual(['bedrockenv setup', 'bedrockenv use']);
  });

  it('without an AWS profile: how to get one', () => {
    const box = new Sandbox();
    box.write('.aws/config', '');
    box.write('bin/aws', '#!/bin/sh\n', 0o755);
    const PATH = `${box.path('bin')}:/usr/bin:/bin`;
    expect(commands(box.ok([], { env: { PATH } }))).toEqual(['bedrockenv setup', 'aws configure sso']);
    expect(box.run(['profiles'], { env: { PATH } }).stderr).toMatch(/; to make one: aws configure sso\n$/);
  });

  it('without the AWS CLI too: how to get that first', () => {
    const box = new Sandbox();
    box.write('.aws/config', '');
    const env = { PATH: box.path('bin') };
    expect(commands(box.ok([], { env }))).toEqual(['bedrockenv setup', 'bedrockenv profiles']);
    for (const words of [['profiles'], ['sessions']]) {
      expect(box.run(words, { env }).stderr).toMatch(
        /; to make one, install the AWS CLI \(.*\), then: aws configure sso\n$/,
      );
    }
  });

  it('in a project: what applies, from where, and the session', () => {
    const box = new Sandbox();
    const dir = box.project('a b', 'profile: corp-dev\nmodel: sonnet\n');
    box.ok(['allow', 'a b']);
    box.signIn(3_600_000);
    const out = box.ok([], { cwd: dir });
    expect(out).toMatch(
      /^~\/a b: corp-dev · eu-central-1 · Sonnet \S+ · session (59m|1h 0m) left\nfrom ~\/a b\/\.bedrockrc\n/,
    );
    expect(commands(out)).toEqual(['bedrockenv use', 'bedrockenv status']);
  });

  it('signed out: login first', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', 'p']);
    expect(commands(box.ok([], { cwd: dir }))).toEqual(['bedrockenv login', 'bedrockenv use']);
  });

  it('not approved, below it: both commands name its directory', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    mkdirSync(box.path('p/x'));
    box.ok(['use', 'opus', '--global']);
    const out = box.ok([], { cwd: box.path('p/x') });
    expect(out).toContain('~/p/.bedrockrc is not approved');
    expect(commands(out)).toEqual([`bedrockenv allow ${dir}`, `bedrockenv deny ${dir}`]);
  });

  it('broken, denied: what mends it', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profil: corp-dev\n');
    expect(commands(box.ok([], { cwd: dir }))).toEqual(['bedrockenv edit', 'bedrockenv setup']);
    box.ok(['use', 'opus', '--global']);
    const out = box.ok([], { cwd: dir });
    expect(out).toContain('did you mean profile?');
    expect(commands(out)).toEqual(['bedrockenv edit', 'bedrockenv status']);
    box.ok(['deny', 'p']);
    expect(commands(box.ok([], { cwd: dir }))).toEqual(['bedrockenv revoke', 'bedrockenv allow']);
  });

  it('where use would be refused it is not named', () => {
    const box = new Sandbox();
    box.ok(['use', 'opus', '--global']);
    const dir = box.project('p', 'model: opus\n');
    box.ok(['deny', 'p']);
    // Nothing that can be read.
    mkdirSync(box.path('q/.bedrockrc'), { recursive: true });
    for (const cwd of [dir, box.path('q')]) {
      const named = commands(box.ok([], { cwd }));
      expect(named).toHaveLength(2);
      expect(named).not.toContain('bedrockenv use');
      expect(box.run(['use', 'haiku'], { cwd }).code).not.toBe(0);
    }
    // Below, it makes a file of its own.
    mkdirSync(box.path('p/x'));
    expect(commands(box.ok([], { cwd: box.path('p/x') }))).toHaveLength(2);
  });
});

describe('use without words', () => {
  const start = (box: Sandbox, dir: string, more: Record<string, string> = {}) =>
    new Terminal(['use'], { cwd: dir, env: box.environment({ PWD: dir, TERM: 'xterm', ...more }) });

  it('without a terminal is a wrong command line', () => {
    const { code, stderr } = new Sandbox().run(['use']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('what to use?')]);
  });

  it('asks for profile and model, each with what it stands for, and approves the file that it makes', async () => {
    const box = new Sandbox();
    const dir = box.path('p');
    mkdirSync(dir);
    const terminal = start(box, dir);
    await terminal.shows(/AWS profile\?/);
    terminal.type('\x1b[B');
    await terminal.shows(/123456789012 · Developer · eu-central-1 · not signed in/);
    terminal.type('\r');
    await terminal.shows(/Model\?/);
    terminal.type('haiku');
    await terminal.shows(/eu\.anthropic\.claude-haiku/);
    terminal.type('\r');
    expect(await terminal.ended, terminal.out).toBe(0);
    expect(box.json(['status', '--json'], { cwd: dir })).toMatchObject({
      approval: 'approved',
      settings: { profile: { value: 'corp-dev' }, model: { value: 'haiku' } },
    });
  });

  it('what is typed finds names, and no part of a word that all IDs share', async () => {
    const box = new Sandbox();
    const dir = box.path('p');
    mkdirSync(dir);
    const terminal = start(box, dir);
    await terminal.shows(/AWS profile\?/);
    terminal.type('\x1b[B\r');
    await terminal.shows(/Model\?/);
    const choices = modelChoices('eu-central-1');
    const opus = choices.filter(({ label }) => label.includes('opus'));
    expect(opus.length).toBeLessThan(choices.length);
    terminal.type('op');
    await terminal.shows(new RegExp(`\\(${opus.length} matches\\)`));
    terminal.type('\x03');
    expect(await terminal.ended).toBe(130);
  });

  it('as plain lines: environments too, and nothing is changed where nothing is picked', async () => {
    const box = new Sandbox();
    box.write('.config/bedrockenv/config.yaml', 'environments:\n  work: {profile: corp-dev, model: opus}\n');
    const dir = box.path('p');
    mkdirSync(dir);
    const none = start(box, dir, { TERM: 'dumb' });
    await none.shows(/AWS profile\?\r\n {2}1 {2}none\r\n {2}2 {2}work \(an environment of the user config\)/);
    none.type('\r');
    await none.shows(/Model\?/);
    none.type('\r');
    expect(await none.ended).toBe(0);
    expect(none.out).toContain('nothing is changed');

    const terminal = start(box, dir, { TERM: 'dumb' });
    await terminal.shows(/Number \[1\]: /);
    terminal.type('work\r');
    await terminal.shows(/as it is: opus|Model\?/);
    terminal.type('\r');
    expect(await terminal.ended, terminal.out).toBe(0);
    expect(box.text('p/.bedrockrc')).toMatch(/\nuse: work\n$/);
  });

  it('Ctrl-C changes nothing: exit code 130', async () => {
    const box = new Sandbox();
    const dir = box.project('p', 'model: opus\n');
    box.ok(['allow', 'p']);
    const terminal = start(box, dir);
    await terminal.shows(/AWS profile\?/);
    terminal.type('\x03');
    expect(await terminal.ended).toBe(130);
    expect(box.text('p/.bedrockrc')).toBe('model: opus\n');
  });
});

describe('before setup', () => {
  const hint = 'a shell uses it as soon as it has the hook: bedrockenv setup';

  it('use says what is still missing, also after one that could write nothing', () => {
    const box = new Sandbox();
    mkdirSync(box.path('p'));
    // As `use` in a folder of somebody else's, which leaves an empty state folder.
    mkdirSync(box.state, { recursive: true, mode: 0o700 });
    expect(box.run(['use', 'keys'], { cwd: box.path('p') }).stderr).toContain(hint);
    expect(box.run(['use', 'opus'], { cwd: box.path('p') }).stderr).not.toContain(hint);
  });

  it("so does allow, of a team's file in a fresh clone: on a terminal, and not in CI", async () => {
    for (const [more, isSaid] of [
      [{}, true],
      [{ CI: 'true' }, false],
    ] as const) {
      const box = new Sandbox();
      const dir = box.project('clone', 'profile: keys\n');
      const terminal = new Terminal(['allow'], { cwd: dir, env: box.environment({ PWD: dir, ...more }) });
      expect(await terminal.ended).toBe(0);
      expect(terminal.out.includes(hint)).toBe(isSaid);
    }
    const box = new Sandbox();
    box.project('clone', 'profile: keys\n');
    expect(box.run(['allow', 'clone']).stderr).not.toContain(hint);
  });
});
