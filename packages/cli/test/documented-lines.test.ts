import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDirectoryFile, readUserConfig } from '@bedrockenv/core';
import { expect, it } from 'vitest';
import { pages as stories } from '../../testkit/src/pages/settings.ts';
import { program, Sandbox } from './cli.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const pages = ['README.md', ...globSync('docs/*.md', { cwd: repository }).sort()];

/** The blocks of a language on all pages, those left out that show a file of the repository: those are tested as files. */
function blocks(language: string): { page: string; block: string }[] {
  return pages.flatMap((page) => {
    const text = readFileSync(join(repository, page), 'utf8');
    const found = text.matchAll(/^(.*)\n```(\w+)\n([\s\S]*?)^```$/gm);
    return [...found]
      .filter(([, before = '', each]) => each === language && !before.startsWith('<!-- file: contrib/'))
      .map(([, , , block = '']) => ({ page, block }));
  });
}

/** What is not run here, and where it is. */
const elsewhere: [RegExp, string][] = [
  [/^npm install/, 'the packed tarballs'],
  [/^npm run (bench|fuzz|torture)\b/, 'a clone of the repository: they have tests of their own'],
  [/^(security|secret-tool|cmdkey) /, "the keyring's own programs"],
  [/^use bedrock/, 'direnv, which has its own tests'],
  [/bedrockenv (login|credentials|setup|uninstall|demo)\b/, 'a terminal or AWS: their own tests'],
  [/^bedrockenv( use)?\s*(#|$)/, 'a terminal that answers: its own tests'],
  [/bedrockenv (models --refresh|doctor --(live|invoke)|edit)\b/, 'AWS or an editor: their own tests'],
  [/-- claude\b|^claude\b/, 'Claude Code'],
];

/** The pages that are played on a stage of their own, with Claude Code and AWS: there each line goes on from the last. */
const played = stories.map(({ path }) => path);

const lines = blocks('sh')
  .filter(({ page }) => !played.includes(page))
  .flatMap(({ page, block }) => block.split('\n').map((line) => ({ page, line })))
  .filter(({ line }) => line.trim() !== '' && !elsewhere.some(([pattern]) => pattern.test(line)));

it('there are lines to run', () => expect(lines.length).toBeGreaterThan(30));

/** Which shell a line is for. */
function shellOf(line: string): string[] {
  if (/Invoke-Expression/.test(line)) return ['pwsh', '-NoProfile', '-Command'];
  if (/\| source/.test(line)) return ['fish', '--no-config', '-i', '-c'];
  return /(hook|completions) zsh/.test(line) ? ['zsh', '-f', '-c'] : ['bash', '--norc', '-c'];
}

it.each(lines)('$page: $line', ({ line }) => {
  const box = new Sandbox();
  const project = box.project('src/project', 'profile: keys\nmodel: sonnet\n');
  box.project('src/theirs', 'model: opus\n');
  for (const folder of ['.config/direnv/lib', '.config/bedrockenv', '.claude']) box.write(join(folder, '.keep'), '');
  box.write('bin/bedrockenv', `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, 0o755);
  // It takes what it is given for JSON, as jq does, and shows nothing.
  const jq = 'process.stdin.toArray().then((all) => JSON.parse(Buffer.concat(all).toString()))';
  box.write('bin/jq', `#!/bin/sh\nexec '${process.execPath}' -e '${jq}'\n`, 0o755);
  box.ok(['allow', project]);
  const [file = '', ...args] = shellOf(line);
  const env = box.environment({
    PWD: project,
    PATH: `${box.path('bin')}:${process.env.PATH}`,
    GITHUB_ENV: box.path('github-env'),
  });
  const options = { cwd: project, env, encoding: 'utf8', timeout: 50_000, stdio: ['ignore', 'pipe', 'pipe'] } as const;
  const { status, stderr, error } = spawnSync(file, [...args, line], options);
  // A shell that this machine has not: the lines of the others are run.
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return;
  // doctor says with 1 that something is wrong, and --diff that something differs.
  const right = /doctor|--diff/.test(line) ? [0, 1] : [0];
  expect(right, stderr).toContain(status);
  expect(stderr).not.toMatch(/unexpected error|command not found|not recognized/);
});

it('every YAML block is one that bedrockenv reads, or names the program that does', () => {
  const bytes = (block: string) => new TextEncoder().encode(block);
  const reads = (read: () => unknown) => {
    try {
      read();
      return true;
    } catch {
      return false;
    }
  };
  const found = blocks('yaml').filter(({ page }) => !played.includes(page) && !/policy/.test(page));
  expect(found.length).toBeGreaterThan(4);
  for (const { page, block } of found) {
    const isRead =
      reads(() => readDirectoryFile(bytes(block), page)) || reads(() => readUserConfig(bytes(block), page));
    expect(`${page}:\n${block}${isRead}`).toBe(`${page}:\n${block}true`);
  }
});

it('every JSON block is JSON', () => {
  for (const { page, block } of blocks('json')) expect(() => JSON.parse(block.replace(/…/g, '')), page).not.toThrow();
});
