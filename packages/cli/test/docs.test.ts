import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderedPages } from '../../../scripts/docs.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

test('the generated parts of docs/ are as the code says (node scripts/docs.ts)', async () => {
  for (const [path, text] of await renderedPages()) {
    expect(readFileSync(join(repository, path), 'utf8'), path).toBe(text);
  }
});

test("CONTRIBUTING's tree has a line for every source file, and for none that is gone", () => {
  const text = readFileSync(join(repository, 'CONTRIBUTING.md'), 'utf8');
  const tree = (text.split('## The tree')[1] ?? '').split('```')[1] ?? '';
  const listed = new Set<string>();
  let folder = '';
  for (const line of tree.split('\n')) {
    const heading = /^(\S+\/)$/.exec(line)?.[1];
    if (heading) folder = heading;
    const names = /^( *)((?:\S+, )*\S+\.(?:[cm]?[jt]s|zsh|bash|fish)) {2}/.exec(line);
    if (!names) continue;
    const base = names[1] ? folder : '';
    // `sign-in/aws.ts, run.ts`: the later names lie beside the first.
    const [first = '', ...others] = (names[2] ?? '').split(', ');
    const beside = first.replace(/[^/]+$/, '');
    for (const name of [first, ...others.map((other) => beside + other)]) {
      const found = globSync(base + name, { cwd: repository });
      expect(found, `${base}${name} is listed`).not.toEqual([]);
      for (const path of found) listed.add(path);
    }
  }
  const sources = globSync('packages/*/src/**/*.ts', { cwd: repository }).filter(
    (path) => basename(path) !== 'index.ts',
  );
  expect(sources.filter((path) => !listed.has(path))).toEqual([]);
});
