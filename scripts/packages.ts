// Packs every package that is published, and looks at what is in the tarballs: publint, attw, and rules of our own.
// Prints sizes and numbers of dependencies, which have limits; docs/release.md shows those.
//   node scripts/packages.ts   after a build

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { pack } from './packed.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** What each may weigh, as a tarball in KB, and how many packages it may bring along, optional ones included. */
export const limits: Readonly<Record<string, readonly [kilobytes: number, dependencies: number]>> = {
  bedrockenv: [800, 40],
  '@bedrockenv/core': [160, 8],
  '@bedrockenv/zsh': [40, 0],
  '@bedrockenv/bash': [40, 0],
  '@bedrockenv/fish': [40, 0],
  '@bedrockenv/powershell': [48, 0],
  '@bedrockenv/direnv': [32, 0],
};

interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  license?: string;
  engines?: { node?: string };
  exports?: unknown;
  main?: string;
  files?: string[];
  publishConfig?: { access?: string; provenance?: boolean };
  repository?: { directory?: string };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

interface Locked {
  link?: boolean;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** The names of all packages that one brings along, from the lock file: its own are left out of the count. */
function dependenciesOf(folder: string, packages: Record<string, Locked>): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const { dependencies, optionalDependencies } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      let at = path;
      let next = `${at}/node_modules/${name}`;
      while (!packages[next] && at !== '') {
        at = at.includes('/') ? dirname(at) : '';
        next = `${at ? `${at}/` : ''}node_modules/${name}`;
      }
      const entry = packages[next];
      if (!entry || found.has(next)) continue;
      if (!entry.link) found.add(next);
      visit(entry.link ? (entry.resolved ?? next) : next);
    }
  };
  visit(folder);
  return found;
}

/** What every package must have, and what none may. */
function rules(manifest: Manifest, folder: string, files: readonly string[]): string[] {
  const problems: string[] = [];
  const demand = (holds: unknown, problem: string) => {
    if (!holds) problems.push(problem);
  };
  for (const name of ['LICENSE', 'README.md', 'package.json']) demand(files.includes(name), `has no ${name}`);
  demand(manifest.license === 'MIT', 'license: is not MIT');
  demand(manifest.engines?.node === '>=22', 'engines.node is not >=22');
  demand(manifest.exports, 'has no exports: every file of it could be imported');
  demand(manifest.publishConfig?.provenance, 'is published without provenance');
  demand(manifest.publishConfig?.access === 'public', 'is not published for everyone');
  demand(manifest.repository?.directory === folder, `repository.directory is not ${folder}`);
  for (const file of files)
    demand(!/\.map$|tsbuildinfo|(^|\/)(test|src)\//.test(file), `has ${file}, which nobody needs`);
  const license = readFileSync(join(repository, 'LICENSE'), 'utf8');
  const own = join(repository, folder, 'LICENSE');
  demand(existsSync(own) && readFileSync(own, 'utf8') === license, 'its LICENSE is not that of the repository');
  const module = join(repository, folder, 'bedrockenv.psd1');
  if (existsSync(module)) {
    const version = /ModuleVersion = '([^']+)'/.exec(readFileSync(module, 'utf8'))?.[1];
    demand(version === manifest.version, `bedrockenv.psd1 says ${version} (npm run bump writes it)`);
  }
  return problems;
}

/** Whether types resolve as they run, for every export and both ways that an ES module is imported. */
async function typeProblems(tarball: Uint8Array): Promise<string[]> {
  const { types, problems = [] } = (await checkPackage(createPackageFromTarballData(tarball))) as {
    types: unknown;
    problems?: { kind: string; entrypoint?: string; resolutionKind?: string }[];
  };
  if (types === false) return ['has no types'];
  return problems
    .filter(({ resolutionKind }) => resolutionKind === undefined || ['node16-esm', 'bundler'].includes(resolutionKind))
    .map(({ kind, entrypoint = '', resolutionKind = '' }) => `types: ${kind} ${entrypoint} ${resolutionKind}`);
}

async function main(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'bedrockenv-packages-'));
  const locked = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')).packages;
  const lines: string[] = [];
  const problems: string[] = [];
  try {
    for (const { name, folder, filename, unpackedSize, files } of pack(scratch)) {
      const manifest: Manifest = JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8'));
      const tarball = readFileSync(join(scratch, filename));
      const paths = files.map(({ path }) => path);
      const linted = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true });
      const found = [
        ...rules(manifest, folder, paths),
        ...linted.messages.map((message) => formatMessage(message, manifest, { color: false }) ?? message.code),
        // A command alone exports nothing that could have types.
        ...(JSON.stringify(manifest.exports).includes('"types"') ? await typeProblems(tarball) : []),
      ];
      const kilobytes = Math.ceil(tarball.length / 1000);
      const dependencies = dependenciesOf(folder, locked).size;
      const [most, mostDependencies] = limits[name] ?? [0, 0];
      if (kilobytes > most) found.push(`is ${kilobytes} KB, the limit is ${most}`);
      if (dependencies > mostDependencies)
        found.push(`brings ${dependencies} packages, the limit is ${mostDependencies}`);
      lines.push(
        `${name.padEnd(24)}${`${kilobytes} KB`.padStart(8)} (${Math.ceil(unpackedSize / 1000)} KB unpacked, ` +
          `${files.length} files), brings ${dependencies} packages`,
      );
      problems.push(...found.map((problem) => `${name} ${problem}`));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log([...lines, ...problems].join('\n'));
  return problems.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
