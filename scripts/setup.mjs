// Installs what a checkout needs: the packages (the repository's own Node among them), on Debian as root the shells and
// tools that the tests use, and the versions of Claude Code that they run. Runs on any Node since 18; twice in a row it
// does nothing the second time.
//   node scripts/setup.mjs [zsh bash … claude-code mise]   what to look for; unless given, all but mise

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { botocore, packages, pythons } from './programs.mjs';

const repository = fileURLToPath(new URL('..', import.meta.url));

const named = process.argv.slice(2);
const scripts = ['claude-code', 'mise'];
const wanted = named.length > 0 ? named.filter((name) => !scripts.includes(name)) : Object.keys(packages);

installPackages();
installPrograms();
// Without these, what needs them is skipped by name (the tests of Claude Code fail with CI set), and all others run.
if (named.length === 0 || named.includes('claude-code')) runScript('claude-code.ts');
if (named.includes('mise')) runScript('mise.ts');

function installPackages() {
  const installed = join(repository, 'node_modules/.package-lock.json');
  const lock = join(repository, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
    const node = join(repository, 'node_modules/.bin/node');
    if (existsSync(node) && sameVersions(installed, lock)) return;
  }
  // Not `npm ci`: it refuses a lock file that leaves out another platform's packages, which some mirrors lack.
  run('npm', ['install', '--no-audit', '--no-fund'], 'the npm packages could not be installed');
}

function sameVersions(installed, lock) {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const [have, want] = [read(installed), read(lock)];
  return Object.entries(want).every(([path, entry]) => {
    if (path === '' || entry.link || entry.optional || !path.startsWith('node_modules/')) return true;
    return have[path]?.version === entry.version;
  });
}

function installPrograms() {
  const missing = wanted.filter((name) => !onPath(name));
  const hasBotocore = () => pythons.some((python) => spawnSync(python, ['-c', botocore.probe]).status === 0);
  if (named.length === 0 && !hasBotocore()) missing.push(botocore.package);
  if (missing.length === 0) return;
  const names = missing.map((name) => packages[name] ?? name);
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    console.log(`installing ${names.join(', ')}`);
    run('apt-get', ['update', '-qq'], 'the list of Debian packages could not be read', { env });
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], 'apt-get failed', { env });
    return;
  }
  console.error(`missing: ${missing.join(', ')}`);
  console.error(
    onPath('apt-get')
      ? `  install with: sudo apt-get install ${names.join(' ')}`
      : '  install them with your package manager',
  );
  const then = 'what needs them is skipped by name (with CI set, it fails)';
  // The demo takes another shell that there is, and the campaigns name what they leave out.
  console.error(`  ${named.length === 0 ? then : 'it goes on without'}`);
}

/** One that needs the repository's own Node, which is there by now. */
function runScript(name) {
  const node = join(repository, 'node_modules/.bin/node');
  spawnSync(node, [`scripts/${name}`], { cwd: repository, stdio: 'inherit' });
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

function run(command, args, problem, options = {}) {
  // What packages print while they are unpacked is of interest only when something goes wrong.
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: repository, encoding: 'utf8', ...options });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  console.error(`${problem}: ${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}`);
  process.exit(1);
}
