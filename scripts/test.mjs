// Runs every check and closes with one line: N passed, N failed, N skipped. What was skipped is named.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const total = { passed: 0, failed: 0 };
const skipped = [];
const failures = [];
// Also the HOME of all that runs: fish, biome and vitest leave files in it.
const scratch = mkdtempSync(join(tmpdir(), 'bedrockenv-test-'));
const elsewhere = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'];
const home = { HOME: scratch, ...Object.fromEntries(elsewhere.map((name) => [name, undefined])) };

const only = process.argv.slice(2);
const groups = { lint, types, build, unit, shells, clients };
for (const [name, group] of Object.entries(groups)) {
  if (only.length === 0 || only.includes(name)) group();
}

rmSync(scratch, { recursive: true, force: true });
if (skipped.length > 0) console.log(`\nskipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
if (failures.length > 0) console.log(`\nfailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
console.log(
  `\n${total.passed} passed, ${total.failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);
process.exit(total.failed > 0 ? 1 : 0);

function lint() {
  const contrib = globSync('contrib/**/*.sh', { cwd: repository });
  check('biome', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']);
  check('zsh -n', 'zsh', ['-n', ...hooks('zsh'), 'packages/zsh/_bedrockenv']);
  check('bash -n', 'bash', ['-n', ...hooks('bash'), ...hooks('sh')]);
  check('fish -n', 'fish', ['-n', ...hooks('fish')]);
  check('fish_indent', 'fish_indent', ['--check', ...hooks('fish')]);
  check('workflows', 'node', ['scripts/workflows.mjs']);
  check('lock file', 'node', ['scripts/lockfile.mjs']);
  check('shellcheck', 'shellcheck', ['-s', 'bash', ...hooks('bash'), ...hooks('sh'), '.ci/run', ...contrib]);
}

function types() {
  check('tsc', 'tsc', ['-b', ...globSync('packages/*/tsconfig.json', { cwd: repository }).sort()]);
  for (const folder of ['bench', 'fuzz', 'torture']) check(`tsc ${folder}`, 'tsc', ['-p', folder]);
}

function build() {
  check('build', 'turbo', ['run', 'build', '--ui=stream', '--output-logs=errors-only']);
  check('packages', 'node', ['scripts/packages.ts']);
}

function unit() {
  vitest('unit and property tests', ['--project', 'unit']);
}

function shells() {
  const report = join(repository, '.cache/scenarios.json');
  vitest('scenarios in real shells', ['--project', 'shells'], report);
  if (existsSync(report))
    check('docs/shells.md shows what the scenarios did', 'node', ['--conditions=source', 'scripts/matrix.ts', report]);
}

function clients() {
  vitest('the real Claude Code in real shells', ['--project', 'clients']);
}

/** The shell files that users load. */
function hooks(extension) {
  return globSync(`packages/*/**/*.${extension}`, {
    cwd: repository,
    exclude: (path) => /(^|\/)(node_modules|dist|test)$/.test(path),
  });
}

/** One command that passes or fails as a whole. */
function check(name, command, args) {
  if (!existsSync(join(repository, 'node_modules/.bin', command)) && !onPath(command)) {
    if (process.env.CI) fail(name, `${command} is not installed`);
    else skipped.push(`${name} (${command} is not installed)`);
    return;
  }
  const { status, stdout, stderr } = run(command, args);
  if (status === 0) {
    total.passed++;
    console.log(`ok    ${name}`);
  } else {
    fail(name, `${stdout}${stderr}`);
  }
}

/** A vitest run, whose tests count one by one. */
function vitest(name, args, report = join(scratch, 'report.json')) {
  rmSync(report, { force: true });
  console.log(`\n${name}`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = run('vitest', ['run', ...args, ...reporters], 'inherit');
  if (!existsSync(report)) return fail(name, `vitest ended with status ${status} and no report`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  for (const { name: file, status: fileStatus, assertionResults } of testResults) {
    if (fileStatus === 'failed' && assertionResults.every((test) => test.status !== 'failed')) {
      total.failed++;
      failures.push(file.replace(repository, ''));
    }
    for (const test of assertionResults) {
      if (test.status === 'passed') total.passed++;
      else if (test.status === 'failed') {
        total.failed++;
        failures.push(test.fullName);
      } else skipped.push(test.fullName);
    }
  }
  // An error outside of any test (a rejection that nobody waits for) fails the run, but no test.
  if (status !== 0 && total.failed === 0) fail(name, `vitest ended with status ${status}`);
}

function fail(name, why) {
  total.failed++;
  failures.push(name);
  console.log(`FAIL  ${name}\n${why}`);
}

function run(command, args, stdio = 'pipe') {
  const path = `${join(repository, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  return spawnSync(command, args, {
    cwd: repository,
    encoding: 'utf8',
    stdio,
    maxBuffer: 1 << 28,
    env: { ...process.env, ...home, PATH: path, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
