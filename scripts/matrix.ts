// Prints the results of the scenarios as the matrix in docs/shells.md, or (without --write) checks that it shows them.
//   node --conditions=source scripts/matrix.ts [--write] [REPORT]   a JSON report of vitest; the last run's unless given

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drivers } from '../packages/testkit/src/drivers/index.ts';

interface Test {
  title: string;
  ancestorTitles: string[];
  status: string;
}

/** What a shell did in a scenario: it passed, or why it was not played. */
type Cell = { passed: true } | { passed: false; reason: string };

const { values, positionals } = parseArgs({ options: { write: { type: 'boolean' } }, allowPositionals: true });
const report = positionals[0] ?? fileURLToPath(new URL('../.cache/scenarios.json', import.meta.url));
const page = fileURLToPath(new URL('../docs/shells.md', import.meta.url));
const [begin, end] = ['<!-- scenarios: begin -->\n', '<!-- scenarios: end -->\n'];

const columns = drivers.map(({ name }) => name);

/** Why this machine could not play it (`notHere` in the runner), which says nothing of the shell. */
const notHere = 'not here: ';

const text = readFileSync(page, 'utf8');
const [head = '', rest = ''] = text.split(begin);
const [old = '', tail = ''] = rest.split(end);
const { rows, absent } = read(JSON.parse(readFileSync(report, 'utf8')));

if (values.write) {
  if (absent.length > 0) fail(`the report has nothing of ${absent.join(', ')}`);
  writeFileSync(page, head + begin + print(rows) + end + tail);
} else {
  const wrong = compare(old);
  if (wrong.length > 0) fail(`docs/shells.md does not show what the scenarios did:\n  ${wrong.join('\n  ')}`);
}

function fail(why: string): never {
  console.error(`${why}\n(node scripts/test.mjs shells && npm run matrix)`);
  process.exit(1);
}

/** Scenarios in the order of the table, each with what every shell did. */
function read({ testResults }: { testResults: { assertionResults: Test[] }[] }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  // A scenario that no shell could play here has a row too: elsewhere they can.
  const played = tests.flatMap(({ status, title }) => {
    const [name = '', ...why] = title.split(` (${notHere}`);
    return status === 'passed' || why.length > 0 ? [name] : [];
  });
  const names = [...new Set(played)].sort((a, b) => b.length - a.length);
  const rows = new Map<string, Map<string, Cell>>();
  const absent = columns.filter((shell) => !tests.some((test) => shellOf(test) === shell && test.status === 'passed'));
  for (const test of tests) {
    const shell = shellOf(test);
    if (!columns.includes(shell) || absent.includes(shell)) continue;
    const isPassed = test.status === 'passed';
    const name = isPassed ? test.title : names.find((candidate) => test.title.startsWith(`${candidate} (`));
    // What is skipped with another reason in every shell (a shell that is missing) is no scenario.
    if (name === undefined || test.status === 'failed') continue;
    const row = rows.get(name) ?? new Map<string, Cell>();
    rows.set(name, row);
    row.set(shell, isPassed ? { passed: true } : { passed: false, reason: test.title.slice(name.length + 2, -1) });
  }
  return { rows, absent };
}

function shellOf({ ancestorTitles }: Test): string {
  return ancestorTitles.filter((title) => title !== '')[0] ?? '';
}

/** The scenarios that more than one shell plays as a table, and then what only one has. */
function print(rows: ReadonlyMap<string, ReadonlyMap<string, Cell>>): string {
  const reasons: string[] = [];
  const lines = [`| Scenario | ${columns.join(' | ')} |`, `|---|${columns.map(() => ':-:|').join('')}`];
  const own = new Map<string, string[]>(columns.map((shell) => [shell, []]));
  for (const [name, cells] of rows) {
    const players = columns.filter((shell) => cells.get(shell)?.passed);
    const [only] = players;
    if (only !== undefined && players.length === 1 && isOwn(cells)) {
      own.get(only)?.push(name);
      continue;
    }
    lines.push(`| ${markdown(name)} | ${columns.map((shell) => mark(cells.get(shell), reasons)).join(' | ')} |`);
  }
  const notes = reasons.map((reason, n) => `${n + 1}. ${markdown(reason)}`);
  const single = [...own].flatMap(([shell, names]) => [
    '',
    `**${shell} alone:**`,
    '',
    ...names.map((name) => `- ${markdown(name)}`),
  ]);
  return `\n${[...lines, '', 'Not played there, because:', '', ...notes, ...single].join('\n')}\n\n`;
}

/** Is it about a feature that only one shell has? */
function isOwn(cells: ReadonlyMap<string, Cell>): boolean {
  return [...cells.values()].every((cell) => cell.passed || cell.reason.startsWith('a feature of '));
}

function mark(cell: Cell | undefined, reasons: string[]): string {
  if (cell === undefined) return '?';
  if (cell.passed) return '✓';
  if (cell.reason.startsWith(notHere)) return '○';
  if (!reasons.includes(cell.reason)) reasons.push(cell.reason);
  return `[${reasons.indexOf(cell.reason) + 1}]`;
}

function markdown(name: string): string {
  return name
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part.replaceAll('|', '\\|') : part.replace(/[\\|<>*_[\]]/g, '\\$&')))
    .join('');
}

/** What the page says otherwise than the run did. Where the machine lacks something, here or there, nothing is said. */
function compare(shown: string): string[] {
  const lines = new Set(shown.split('\n'));
  const wrong: string[] = [];
  const said = new Map(
    [...lines]
      .filter((line) => line.startsWith('| '))
      .map((line) => {
        const cells = line.slice(2, -2).split(/(?<!\\) \| /);
        return [cells[0] ?? '', cells.slice(1)] as const;
      }),
  );
  for (const [name, cells] of rows) {
    const row = said.get(markdown(name));
    if (row === undefined) {
      if (!lines.has(`- ${markdown(name)}`)) wrong.push(`not there: ${name}`);
      continue;
    }
    for (const [n, shell] of columns.entries()) {
      const cell = cells.get(shell);
      if (cell === undefined || row[n] === '○' || (!cell.passed && cell.reason.startsWith(notHere))) continue;
      if (cell.passed !== (row[n] === '✓')) wrong.push(`${shell}: ${name}`);
    }
  }
  return wrong;
}
