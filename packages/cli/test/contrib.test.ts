import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { program, Sandbox } from './cli.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const text = (path: string) => readFileSync(join(repository, path), 'utf8');

/** The blocks of a page: the language, the file that a comment before it names, the text. */
function blocks(page: string): { language: string; file: string | undefined; text: string }[] {
  const found = text(page).matchAll(/(?:<!-- file: (\S+) -->\n)?^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, file, language = '', inner = '']) => ({ language, file, text: inner }));
}

let box: Sandbox;
let project: string;
beforeEach(() => {
  box = new Sandbox();
  project = box.project('a project', 'profile: corp-dev\nmodel: sonnet\n');
  const stub = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;
  chmodSync(box.write('bin/bedrockenv', stub), 0o755);
});

function bash(script: string, { cwd = project, env = {} }: { cwd?: string; env?: Record<string, string> } = {}) {
  const environment = box.environment({ PATH: `${box.path('bin')}:/usr/bin:/bin`, PWD: cwd, ...env });
  // With a socket for its input bash takes itself for a remote shell, and reads the machine's rc file.
  const options = {
    cwd,
    env: environment,
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  } as const;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], options);
  return { status, stdout, stderr };
}

const pages = globSync('docs/*.md', { cwd: repository }).sort();
const shown = pages.flatMap((page) =>
  blocks(page).flatMap(({ file, text: block }) => (file ? [{ page, file, block }] : [])),
);

it.each(shown.filter(({ file }) => file.startsWith('contrib/')))('$page shows $file as it is', ({ file, block }) => {
  expect(block).toBe(text(file));
});

it('what docs/editors.md shows of a .bedrockrc is what `use` writes', () => {
  const cwd = box.path('new');
  mkdirSync(cwd);
  box.ok(['use', 'corp-dev', 'sonnet'], { cwd });
  expect(blocks('docs/editors.md').find(({ file }) => file === '.bedrockrc')?.text).toBe(box.text('new/.bedrockrc'));
});

describe.each(['docs/ci.md', 'docs/editors.md'])('%s', (page) => {
  const lines = blocks(page)
    .filter(({ language }) => language === 'sh')
    .flatMap((block) => block.text.trim().split('\n'));

  it('has lines to run, and each works in an approved project, in their order', () => {
    expect(lines.length).toBeGreaterThan(0);
    box.ok(['allow', project]);
    for (const line of lines) expect({ line, ...bash(line) }).toMatchObject({ line, status: 0 });
  });

  it('and in one that is not approved, export and exec stop a script with 3', () => {
    const stopped = lines.filter((line) => /bedrockenv (exec|export)/.test(line));
    // `eval "$(…)"` has the status of what it evaluates, which is nothing then.
    for (const line of stopped.filter((each) => !each.startsWith('eval')))
      expect([line, bash(line).status]).toEqual([line, 3]);
  });
});

/** What `$GITHUB_ENV` comes to: `NAME=value`, or `NAME<<END`, lines, `END`. */
function githubEnv(file: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = file.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name, mark, rest = ''] = /^(\w+)(=|<<)(.*)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined) continue;
    if (mark === '=') found[name] = rest;
    else {
      const end = lines.indexOf(rest, at);
      found[name] = lines.slice(at + 1, end).join('\n');
      at = end;
    }
  }
  return found;
}

describe('GitHub Actions', () => {
  const workflow = parse(text('contrib/github-actions/claude.yml'));
  const steps: { uses?: string; run?: string; with?: Record<string, string> }[] = workflow.jobs.claude.steps;

  it('asks for no more than it needs, and stores no key', () => {
    expect(workflow.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(text('contrib/github-actions/claude.yml')).not.toMatch(/secrets\.|access-key/i);
  });

  it('its steps give the next ones what .bedrockrc says, with credentials under its profile', () => {
    // What configure-aws-credentials writes with aws-profile.
    const aws = steps.find(({ uses }) => uses?.startsWith('aws-actions/'))?.with ?? {};
    box.write('.aws/config', `[profile ${aws['aws-profile']}]\nregion = ${aws['aws-region']}\n`);
    const keys =
      'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = SECRET\naws_session_token = TOKEN\n';
    box.write('.aws/credentials', `[${aws['aws-profile']}]\n${keys}`);
    const GITHUB_ENV = box.write('github-env', '');
    for (const { run } of steps) {
      if (run?.startsWith('bedrockenv'))
        expect(bash(run, { env: { GITHUB_ENV, CI: 'true' } })).toMatchObject({ status: 0 });
    }
    expect(githubEnv(box.text('github-env'))).toMatchObject({
      AWS_PROFILE: 'corp-dev',
      AWS_REGION: 'eu-central-1',
      CLAUDE_CODE_USE_BEDROCK: '1',
      ANTHROPIC_MODEL: expect.stringMatching(/^eu\.anthropic\.claude-sonnet-/),
    });
    expect(box.text('github-env')).not.toMatch(/SECRET|TOKEN|AKIA/);
  });

  it('a value with lines of its own arrives whole', () => {
    expect(githubEnv('A=1\nB<<EOF\nx\nEOF_\nEOF\nC=a=b\n')).toEqual({ A: '1', B: 'x\nEOF_', C: 'a=b' });
  });
});

it('Docker: what the image is built with, and what it runs', () => {
  const lines = text('contrib/docker/Dockerfile').trim().split('\n');
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'FROM',
    'RUN',
    'WORKDIR',
    'COPY',
    'RUN',
    'ENTRYPOINT',
    'CMD',
  ]);
  expect(bash(of('RUN')[1] as string)).toMatchObject({ status: 0 });
  const entry = JSON.parse(of('ENTRYPOINT')[0] as string) as string[];
  expect(JSON.parse(of('CMD')[0] as string)).toEqual(['claude']);
  expect(bash(`${entry.join(' ')} printenv AWS_PROFILE`)).toMatchObject({ status: 0, stdout: 'corp-dev\n' });
});

describe('the feature for dev containers', () => {
  const folder = join(repository, 'contrib/devcontainer');

  it('is described as a feature', () => {
    const feature = JSON.parse(text('contrib/devcontainer/bedrockenv/devcontainer-feature.json'));
    expect(feature).toMatchObject({
      id: 'bedrockenv',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      name: expect.any(String),
    });
    const container = JSON.parse(text('contrib/devcontainer/devcontainer.json'));
    expect(Object.keys(container.features)).toContain('./bedrockenv');
    for (const option of Object.values(feature.options) as { type: string; default: unknown }[]) {
      expect(typeof option.default).toBe(option.type);
    }
  });

  it('installs the version that was asked for, and hooks that work; twice is once', () => {
    chmodSync(box.write('bin/npm', `#!/bin/sh\necho "$@" >> '${box.path('npm-calls')}'\n`), 0o755);
    const DESTDIR = box.path('root of the image');
    for (const each of ['etc/zsh/.', 'etc/fish/conf.d/.']) mkdirSync(join(DESTDIR, each), { recursive: true });
    box.write('root of the image/etc/bash.bashrc', '# of the image\n');
    const install = () => bash(`sh '${join(folder, 'bedrockenv/install.sh')}'`, { env: { DESTDIR, VERSION: '1.2.3' } });
    expect(install()).toMatchObject({ status: 0, stderr: '' });
    expect(box.text('npm-calls')).toBe('install -g --no-audit --no-fund bedrockenv@1.2.3\n');
    const once = box.text('root of the image/etc/bash.bashrc');
    expect(install()).toMatchObject({ status: 0 });
    expect(box.text('root of the image/etc/bash.bashrc')).toBe(once);
    expect(once.split('\n').length).toBe(3);
    box.ok(['allow', project]);
    const rc = join(DESTDIR, 'etc/bash.bashrc');
    const lines = `. '${rc}'; cd '${project}'; _bedrockenv_prompt; echo "$AWS_PROFILE"`;
    const { stdout, stderr } = bash(`bash --norc -i -c ${quoted(lines)}`);
    expect({ stdout, stderr }).toMatchObject({ stdout: 'corp-dev\n' });
    expect(box.text('root of the image/etc/zsh/zshrc')).toBe(
      `source '${DESTDIR}/usr/local/share/bedrockenv/hook.zsh'\n`,
    );
    expect(box.text('root of the image/etc/fish/conf.d/bedrockenv.fish')).toBe(box.ok(['hook', 'fish']));
  });

  it('says what is missing', () => {
    const { status, stderr } = bash(`PATH=${box.path('none')} /bin/sh '${join(folder, 'bedrockenv/install.sh')}'`);
    expect([status, stderr]).toEqual([1, expect.stringContaining('there is no npm')]);
  });
});

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

const has = (name: string) => spawnSync(name, ['--version']).error === undefined;

it.skipIf(!has('ruby'))('the Homebrew formula is Ruby', () => {
  expect(spawnSync('ruby', ['-c', join(repository, 'contrib/homebrew/bedrockenv.rb')]).status).toBe(0);
});

it('the Homebrew formula names shells that there are completions and hooks of', () => {
  const formula = text('contrib/homebrew/bedrockenv.rb');
  const shells = /shells: \[([^\]]*)\]/.exec(formula)?.[1]?.match(/\w+/g) ?? [];
  expect(shells.length).toBeGreaterThan(0);
  for (const shell of shells) expect(box.ok(['completions', shell])).toContain('bedrockenv');
  expect(box.ok(['hook', 'zsh'])).toContain('_bedrockenv');
});

it.skipIf(!has('nix-instantiate'))('the module for home-manager is Nix', () => {
  // Without a store of its own: only root may use the machine's.
  const words = ['--store', 'dummy://', '--parse', join(repository, 'contrib/home-manager/bedrockenv.nix')];
  const { status, stderr } = spawnSync('nix-instantiate', words, { encoding: 'utf8' });
  expect([stderr, status]).toEqual(['', 0]);
});
