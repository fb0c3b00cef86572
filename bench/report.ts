import { type Figure, holds, margin, type Section } from './figure.ts';

const signs = { 'at least': '≥', 'at most': '≤', below: '<' } as const;

/** Three significant digits are more than a shared machine gives. */
function show(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function amount(value: number, unit: string): string {
  return unit === 'x' ? `${show(value)}x` : `${Number.isInteger(value) ? value : show(value)} ${unit}`;
}

function cells(figure: Figure): string[] {
  const { limit, between } = figure;
  const room = margin(figure);
  return [
    figure.subject,
    figure.name,
    figure.against,
    amount(figure.value, figure.unit),
    between ? `${show(between[0])}–${show(between[1])}` : '',
    limit ? `${signs[limit.is]} ${figure.unit === 'x' ? `${limit.value}x` : limit.value}` : '',
    room === undefined ? '' : `${show(room)}x`,
    limit ? (holds(figure) ? 'ok' : 'MISSED') : '',
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

/** The whole run for a program: each figure with its margin and whether it holds. */
export function machineReadable(sections: readonly Section[], facts: Record<string, unknown>): string {
  const result = {
    format: 'bedrockenv-bench/1',
    ...facts,
    ok: sections.every(({ figures }) => figures.every(holds)),
    sections: sections.map((section) => ({
      ...section,
      figures: section.figures.map((figure) => ({ ...figure, margin: margin(figure) ?? null, ok: holds(figure) })),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
