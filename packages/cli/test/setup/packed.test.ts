import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPacked, nodeFolder, ofCli, type Packed, pack } from '../../../../scripts/packed.ts';
import { drivers } from '../../../testkit/src/pty/index.ts';
import { liveThrough } from './life.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bedrockenv-packed-')));
let packed: Packed[] = [];
let programs = '';

beforeAll(() => {
  packed = pack(join(folder, 'tarballs'));
  programs = installPacked(
    ofCli(packed).map((name) => join(folder, 'tarballs', name)),
    join(folder, 'a folder'),
  );
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node22 = nodeFolder(22);
const nodes: [name: string, folder: string | undefined][] = [
  ['Node 24', dirname(process.execPath)],
  ['Node 22', node22],
];

describe('the packed tarballs', () => {
  it('name no path of the workspace', () => {
    for (const name of [
      'bedrockenv',
      '@bedrockenv/zsh',
      '@bedrockenv/bash',
      '@bedrockenv/fish',
      '@bedrockenv/powershell',
    ]) {
      const manifest = join(programs, '..', name, 'package.json');
      expect(execFileSync('cat', [manifest], { encoding: 'utf8' })).not.toMatch(/workspace:|file:|link:/);
    }
  });

  for (const [name, node] of nodes) {
    describe.runIf(node)(name, () => {
      for (const driver of drivers) {
        it.runIf(driver.program())(
          `${driver.name}: set up, entered, left, uninstalled: HOME is as it was`,
          async () => {
            await liveThrough(driver, { folders: [node as string, programs] }, ['--yes']);
          },
          240_000,
        );
      }
    });
  }

  it.skipIf(node22 === undefined && !process.env.CI)('Node 22 can be had', () => {
    expect(node22, 'the npm package node@22 could not be installed').toBeDefined();
  });
});
