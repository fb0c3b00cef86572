import { holds } from '../../bench/figure.ts';
import type { Result } from '../../bench/report.ts';
import { drawn } from './chart.ts';
import { chartsOf } from './charts.ts';
import { markdown, sectionTable } from './tables.ts';

/** A file of results, by its path in the repository. */
export interface Run {
  path: string;
  result: Result;
}

/** docs/figures.md and its charts from runs of the bench, by path. The latest run is shown; of the others, how many limits held. */
export function figurePages(runs: readonly Run[]): Map<string, string> {
  const newest = runs.toSorted((a, b) => a.result.date.localeCompare(b.result.date) || a.path.localeCompare(b.path));
  const run = newest.at(-1);
  if (run === undefined) throw new Error('there are no results (npm run bench -- --json bench/results/NAME.json)');
  const charts = chartsOf(run.result);
  const shown = (section?: string) =>
    charts.filter((one) => one.section === section).map(({ file, chart }) => `![${chart.title}](${file})\n`);
  const parts = run.result.sections.map((section) =>
    [
      `## ${section.title}\n`,
      ...(section.notes.length > 0 ? [`${section.notes.join(' ')}\n`] : []),
      ...shown(section.title),
      ...(section.figures.length > 0 ? [`${sectionTable(section)}\n`] : []),
      ...section.skipped.map((what) => `Skipped: ${what}.\n`),
    ].join('\n'),
  );
  const { system, processors, programs, undisturbed, date, skipped } = run.result;
  const page = [
    '<!-- Made by scripts/figures.ts from bench/results. -->\n',
    '# Figures\n',
    'What `npm run bench` measured, as ratios within that run. How, and what was tried: [performance.md](performance.md).\n',
    `[${run.path.split('/').at(-1)}](../${run.path}) is of ${date}: ${programs.join(', ')}, on ${system} with ${processors} processors` +
      `${undisturbed ? ', undisturbed by other work' : ''}. ${verdict(run.result)}\n`,
    'Behind a figure with a limit stands the limit, and how many times the figure is away from it: below 1 it is missed, and ' +
      'the figure is bold. What is counted has a difference there.\n',
    ...shown(),
    ...skipped.map((what) => `Skipped: ${what}.\n`),
    ...parts,
    ...(newest.length > 1 ? [otherRuns(newest)] : []),
  ].join('\n');
  const drawings = charts.map(({ file, chart }) => [`docs/${file}`, drawn(chart)] as const);
  return new Map([['docs/figures.md', page], ...drawings]);
}

function verdict({ sections }: Result): string {
  const limited = sections.flatMap(({ figures }) => figures).filter(({ limit }) => limit);
  return `${limited.filter(holds).length} of ${limited.length} limits hold.`;
}

function otherRuns(runs: readonly Run[]): string {
  const rows = runs
    .toReversed()
    .map(({ path, result }) => [
      `[${path.split('/').at(-1)}](../${path})`,
      result.date,
      `${result.system}, ${result.processors} processors`,
      verdict(result),
    ]);
  return `## Runs\n\n${markdown(['file', 'of', 'on', ''], rows)}\n`;
}
