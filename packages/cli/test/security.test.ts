import { globSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

const repository = join(import.meta.dirname, '../../..');
const page = readFileSync(join(repository, 'docs/security.md'), 'utf8');

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  private?: boolean;
}

const manifest = (path: string): Manifest => JSON.parse(readFileSync(join(repository, path), 'utf8'));
/** Neither our own nor types, which leave nothing in the bundle. */
const ofOthers = (...lists: (object | undefined)[]) =>
  lists.flatMap((list) => Object.keys(list ?? {})).filter((name) => !/^@(bedrockenv|types)\//.test(name));

describe('docs/security.md', () => {
  it('names tests that exist', () => {
    const named = [...page.matchAll(/`((?:packages|fuzz|torture)\/[^`]+\.ts)`/g)].map((match) => match[1] as string);
    expect(named.length).toBeGreaterThan(20);
    for (const path of named) expect(lstatSync(join(repository, path)).isFile(), path).toBe(true);
  });

  it('lists every dependency, and no other, and counts them', () => {
    const [cli, core] = [manifest('packages/cli/package.json'), manifest('packages/core/package.json')];
    const have = ofOthers(cli.dependencies, cli.devDependencies, cli.optionalDependencies, core.dependencies);
    const table = page.split('## Dependencies')[1]?.split('## ')[0] ?? '';
    const listed = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] as string);
    expect(listed.toSorted()).toEqual(have.toSorted());
    expect(table).toContain(`These are ${have.length}.`);
  });
});

describe('what is published', () => {
  const published = globSync('packages/*/package.json', { cwd: repository }).filter((path) => !manifest(path).private);

  it('requires no library of others, and runs nothing when it is installed', () => {
    expect(published.length).toBeGreaterThan(5);
    for (const path of published) {
      const { dependencies, scripts = {} } = manifest(path);
      if (path !== 'packages/core/package.json') expect(ofOthers(dependencies), path).toEqual([]);
      const hooks = Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name));
      expect(hooks, path).toEqual([]);
    }
  });

  it('is built from packages that the lock file has a hash of, and names no host', () => {
    const { packages } = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { link?: boolean; inBundle?: boolean; integrity?: string; resolved?: string }>;
    };
    // What lies within another's archive is covered by the hash of that.
    const fetched = Object.entries(packages).filter(
      ([path, { link, inBundle }]) => path.includes('node_modules/') && !link && !inBundle,
    );
    expect(fetched.length).toBeGreaterThan(100);
    for (const [path, { integrity, resolved }] of fetched) {
      expect(integrity, path).toMatch(/^sha512-/);
      expect(resolved, path).toBeUndefined();
    }
  });
});

describe.skipIf(process.platform === 'win32')('the state folder', () => {
  it('is for its user alone, in every part, whatever the umask', () => {
    const box = new Sandbox();
    box.project('p', 'profile: corp-dev\nmodel: opus\n');
    box.project('q', 'model: opus\n');
    const before = process.umask(0);
    try {
      box.ok(['allow', 'p']);
      box.ok(['deny', 'q']);
      box.ok(['use', 'sonnet', '--global']);
      box.ok(['claude-settings', '--write'], { cwd: box.path('p') });
    } finally {
      process.umask(before);
    }
    const found = globSync('**/*', { cwd: box.state, withFileTypes: true });
    const trees = ['approvals', 'denied', 'plans', 'stamps', 'settings'];
    expect(trees.filter((tree) => !found.some(({ name }) => name === tree))).toEqual([]);
    for (const entry of found) {
      const path = join(entry.parentPath, entry.name);
      expect((lstatSync(path).mode & 0o777).toString(8), path).toBe(entry.isDirectory() ? '700' : '600');
    }
    expect((lstatSync(box.state).mode & 0o777).toString(8)).toBe('700');
    expect((lstatSync(box.path('.config/bedrockenv/config.yaml')).mode & 0o777).toString(8)).toBe('600');
  });

  it.each([
    ['use', 'sonnet', '--global'],
    ['setup', '--yes', '--shell', 'bash', '--profile', 'corp-dev'],
  ])('and so is the folder of the user config that %s makes', (...words) => {
    const box = new Sandbox();
    const before = process.umask(0o002);
    try {
      box.ok(words, { env: { SHELL: '/bin/bash' } });
    } finally {
      process.umask(before);
    }
    expect((lstatSync(box.path('.config/bedrockenv')).mode & 0o777).toString(8)).toBe('700');
  });
});
