// Packs every package that is published, as `npm publish` would, and installs the tarballs into an empty folder.
//   node scripts/packed.ts FOLDER    leaves the installation in FOLDER, and prints the folder of its programs
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** One tarball, as `npm pack --json` tells it. */
export interface Packed {
  name: string;
  /** Below the repository, with `/`. */
  folder: string;
  filename: string;
  /** Bytes of the tarball, and unpacked. */
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

/** Builds and packs the packages into a folder. */
export function pack(folder: string): Packed[] {
  mkdirSync(folder, { recursive: true });
  run('turbo', ['run', 'build', '--ui=stream', '--output-logs=errors-only'], repository);
  const folders = new Map<string, string>();
  for (const path of globSync('packages/*/package.json', { cwd: repository }).sort()) {
    const { name, private: isPrivate } = JSON.parse(readFileSync(join(repository, path), 'utf8'));
    if (!isPrivate) folders.set(name, dirname(path).replaceAll('\\', '/'));
  }
  const flags = [...folders.values()].flatMap((path) => ['--workspace', `./${path}`]);
  const out = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...flags], repository);
  const packed: unknown = JSON.parse(out.slice(out.search(/^[[{]/m)));
  // npm 12 answers with an object by name, older ones with a list.
  const all = (Array.isArray(packed) ? packed : Object.values(packed as object)) as Packed[];
  return all.map((each) => ({ ...each, folder: folders.get(each.name) as string }));
}

/** The CLI and what it depends on: every other library is bundled, so nothing has to come from a registry. */
export function ofCli(packed: readonly Packed[]): string[] {
  const { name, dependencies } = JSON.parse(readFileSync(join(repository, 'packages/cli/package.json'), 'utf8'));
  const names = [name, ...Object.keys(dependencies)];
  return packed.filter((each) => names.includes(each.name)).map(({ filename }) => filename);
}

/** Installs tarballs into an empty folder, from nothing but themselves. @returns the folder of its programs */
export function installPacked(tarballs: readonly string[], folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund', ...tarballs], folder);
  return join(folder, 'node_modules/.bin');
}

/** The folder of another Node's program, from the npm package `node`, kept in .cache; undefined: it cannot be had. */
export function nodeFolder(major: number): string | undefined {
  const folder = join(repository, `.cache/node-${major}`);
  const bin = join(folder, 'node_modules/node/bin');
  if (existsSync(join(bin, 'node'))) return bin;
  try {
    mkdirSync(folder, { recursive: true });
    // Its program comes from a script of the package, which npm wants to see allowed.
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }\n');
    run('npm', ['install', '--no-audit', '--no-fund', `node@${major}`], folder);
  } catch {
    return undefined;
  }
  return existsSync(join(bin, 'node')) ? bin : undefined;
}

function run(program: string, args: readonly string[], cwd: string): string {
  const path = `${join(repository, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  // npm of a script tells its children of the workspace that it runs in.
  const env = Object.entries({ ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' });
  const own = Object.fromEntries(env.filter(([name]) => !/^npm_(config_(workspace|local_prefix)|package)/.test(name)));
  return execFileSync(program, args, {
    ...{ cwd, env: own, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    // There npm and turbo are scripts.
    shell: process.platform === 'win32',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const scratch = mkdtempSync(join(tmpdir(), 'bedrockenv-packed-'));
  try {
    const packed = pack(scratch);
    for (const { name, size, unpackedSize, files } of packed) {
      console.error(
        `${name}: ${Math.ceil(size / 1024)} KiB, unpacked ${Math.ceil(unpackedSize / 1024)}, ${files.length} files`,
      );
    }
    const tarballs = ofCli(packed).map((name) => join(scratch, name));
    console.log(installPacked(tarballs, resolve(process.argv[2] ?? join(scratch, 'installed'))));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
