import { type Figure, holds, margin, type Section } from './figure.ts';

const signs = { 'at least': '≥', 'at most': '≤', below: '<' } as const;

/** Three significant digits are more than a shared machine gives. */
function show(value: number): string {
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value.toFixed(2).replace(/^-0\.00$/, '0.00');
}

/** A figure's value with its unit, as tables have it. */
export function shownValue({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (unit === 'x') return `${show(value)}x`;
  return `${Number.isInteger(value) && unit !== 'exponent' ? value.toLocaleString('en') : show(value)} ${unit}`;
}

/** `≥ 80x`; nothing without a limit. */
export function shownLimit({ limit, unit }: Pick<Figure, 'limit' | 'unit'>): string {
  return limit ? `${signs[limit.is]} ${limit.value}${unit === 'x' ? 'x' : ''}` : '';
}

/** `1.19x` of a ratio, `0.05 left` or `2 over` of what is counted; nothing without a limit. */
export function shownMargin(figure: Figure): string {
  const room = margin(figure);
  if (room === undefined) return '';
  if ('factor' in room) return `${show(room.factor)}x`;
  const { spare } = room;
  const amount = (by: number) => (Number.isInteger(by) ? String(by) : show(by));
  return spare < 0 ? `${amount(-spare)} over` : `${amount(spare)} left`;
}

/** The middle half of the samples, where there is a spread. */
export function shownSpread({ between }: Figure): string {
  return between ? `${show(between[0])}–${show(between[1])}` : '';
}

function cells(figure: Figure): string[] {
  return [
    figure.subject,
    figure.name,
    figure.against,
    shownValue(figure),
    shownSpread(figure),
    shownLimit(figure),
    shownMargin(figure),
    figure.limit ? (holds(figure) ? 'ok' : 'MISSED') : '',
  ];
}

const heads = ['', '', 'against', 'figure', 'p25–p75', 'limit', 'margin', ''];

/** A section as a table for a terminal; a column in which nothing stands is left out. */
export function table(section: Section): string {
  const all = section.figures.map(cells);
  const columns = [...heads.keys()].filter((column) => all.some((row) => row[column]));
  const widths = columns.map((column) => {
    const texts = [heads, ...all].map((row) => row[column] ?? '');
    return { column, width: Math.max(...texts.map((text) => text.length)) };
  });
  const lines = [heads, ...all].map((row) =>
    widths.map(({ column, width }) => (row[column] ?? '').padEnd(width)).join('  '),
  );
  return [
    section.title,
    ...section.notes.map((note) => `  ${note}`),
    ...(section.figures.length > 0 ? lines.map((line) => `  ${line}`.trimEnd()) : []),
    ...section.skipped.map((what) => `  skipped: ${what}`),
    '',
  ].join('\n');
}

/** The ratios that are nearest to their limit, then every limit that is missed, with how far they are. */
export function limits(figures: readonly Figure[]): string {
  const limited = figures.filter(({ limit }) => limit);
  const factor = (figure: Figure) => {
    const room = margin(figure);
    return room && 'factor' in room ? room.factor : Number.POSITIVE_INFINITY;
  };
  const line = (word: string, figure: Figure) =>
    `${word}: ${figure.subject}, ${figure.name}, ${figure.against}: ${shownValue(figure)}, ` +
    `limit ${shownLimit(figure)}, margin ${shownMargin(figure)}`;
  const missed = limited.filter((figure) => !holds(figure));
  const near = limited.filter((figure) => holds(figure) && factor(figure) < 1.5);
  return [
    ...near.sort((a, b) => factor(a) - factor(b)).map((figure) => line('near', figure)),
    ...missed.map((figure) => line('missed', figure)),
    `${limited.length - missed.length} of ${limited.length} limits hold`,
  ].join('\n');
}

/** A run as `--json` has it; the pages of figures are made from it (scripts/figures.ts). */
export interface Result {
  format: 'bedrockenv-bench/1';
  /** The day, UTC. */
  date: string;
  /** `linux-x64`. */
  system: string;
  processors: number;
  /** Name and version of each. */
  programs: readonly string[];
  /** Whether shells and commands ran with a priority that nothing ordinary interrupts. */
  undisturbed: boolean;
  skipped: readonly string[];
  ok: boolean;
  sections: readonly Section[];
}

/** The whole run for a program: each figure with its margin and whether it holds. */
export function machineReadable(
  sections: readonly Section[],
  facts: Pick<Result, 'programs' | 'processors' | 'undisturbed' | 'skipped'>,
): string {
  const result: Result = {
    format: 'bedrockenv-bench/1',
    date: new Date().toISOString().slice(0, 10),
    system: `${process.platform}-${process.arch}`,
    ...facts,
    ok: sections.every(({ figures }) => figures.every(holds)),
    sections: sections.map((section) => ({
      ...section,
      figures: section.figures.map((figure) => ({ ...figure, margin: margin(figure) ?? null, ok: holds(figure) })),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
