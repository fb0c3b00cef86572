import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../../scripts/packages.ts';
import { powershell } from '../src/drivers/index.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bedrockenv-release-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string, ...args: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [join(repository, 'scripts', script), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('a lock file without a hash, or with a host, is refused', () => {
  const lock = (entry: object) =>
    file('lock.json', JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/x': entry } }));
  expect(run('lockfile.mjs', lock({ integrity: 'sha512-x' }))).toEqual({ status: 0, stdout: '' });
  expect(run('lockfile.mjs', lock({ integrity: 'sha1-x' })).stdout).toBe('node_modules/x has no sha512 hash\n');
  const resolved = 'https://registry.example/x.tgz';
  expect(run('lockfile.mjs', lock({ integrity: 'sha512-x', resolved })).status).toBe(1);
});

test('a workflow with an action that is no commit, or with a mistake, is refused', () => {
  const workflow = (uses: string, more = '') =>
    file('w.yml', `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ${uses}\n${more}`);
  const commit = '0123456789abcdef0123456789abcdef01234567';
  expect(run('workflows.mjs', workflow(`a/b@${commit} # v1.2.3`))).toEqual({ status: 0, stdout: '' });
  expect(run('workflows.mjs', workflow('a/b@v1')).stdout).toContain('a/b@v1 is not a commit');
  expect(run('workflows.mjs', workflow(`a/b@${commit}`)).stdout).toContain('no version stands beside');
  const wrong = workflow(`a/b@${commit} # v1.2.3`, '      - run: echo $' + '{{ matrx.os }}\n');
  expect(run('workflows.mjs', wrong).status).toBe(1);
});

test('docs/release.md has the limits', () => {
  const page = readFileSync(join(repository, 'docs/release.md'), 'utf8');
  for (const [name, [kilobytes]] of Object.entries(limits)) {
    const short = name.replace('@bedrockenv/', '');
    const row = page
      .split('\n')
      .find((line) => line.startsWith('|') && (line.includes(`\`${name}\``) || line.includes(`\`${short}\``)));
    expect(row, name).toContain(`| ${kilobytes} KB |`);
  }
});

test.skipIf(powershell.program() === undefined)(
  'PowerShell takes what the tarballs install',
  () => {
    const { status, stdout } = run('packed.ts', folder);
    expect(status).toBe(0);
    const script = join(repository, 'scripts/smoke/smoke.ps1');
    const result = spawnSync(powershell.program() as string, ['-NoProfile', '-File', script, stdout.trim()], {
      encoding: 'utf8',
    });
    expect([result.status, result.stderr]).toEqual([0, '']);
    expect(result.stdout.match(/^ok {4}/gm)?.length).toBe(9);
  },
  300_000,
);
