// Packs what is published, installs it into an empty folder with nothing of the repository, and says where: for trying it
// as users get it.
//   node scripts/smoke/install.mjs FOLDER

import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? '');
if (process.argv[2] === undefined) throw new Error('where to?');
mkdirSync(folder, { recursive: true });

const tarballs = [];
for (const path of globSync('packages/*/package.json', { cwd: repository })) {
  const { name, private: isPrivate } = JSON.parse(readFileSync(join(repository, path), 'utf8'));
  if (isPrivate || name === '@bedrockenv/core') continue;
  const packed = npm(['pack', '--ignore-scripts', '--pack-destination', folder], join(repository, dirname(path)));
  tarballs.push(`./${packed.trim().split('\n').at(-1)}`);
}
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
npm(['install', '--no-audit', '--no-fund', '--omit=optional', ...tarballs], folder);
console.log(join(folder, 'node_modules/.bin'));

function npm(args, cwd) {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args[0]}: ${stderr}`);
  return stdout;
}
