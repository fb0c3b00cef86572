import { type Figure, holds, type Section } from '../../bench/figure.ts';
import { shownLimit, shownMargin, shownSpread, shownValue } from '../../bench/report.ts';

/** A section as a table in Markdown: what has a limit with it and the margin, what misses it bold. */
export function sectionTable(section: Section): string {
  const { columns, figures } = section;
  return columns === undefined ? list(figures) : crossed(figures, columns);
}

function list(figures: readonly Figure[]): string {
  const one = new Set(figures.map(({ subject }) => subject)).size === 1;
  const rows = figures.map((figure) => [
    one ? '' : figure.subject,
    text(figure.name),
    text(figure.against),
    marked(figure, shownValue(figure)),
    shownSpread(figure),
    shownLimit(figure),
    shownMargin(figure),
  ]);
  return markdown(['', '', 'against', 'figure', 'middle half', 'limit', 'margin'], rows);
}

/** Figures by what they are measured against, or by subject. A row is what differs of the rest of them: subject, name or both. */
function crossed(figures: readonly Figure[], columns: 'against' | 'subject'): string {
  const heads = [...new Set(figures.map((figure) => figure[columns]))];
  const differs = (key: 'subject' | 'name') => key !== columns && new Set(figures.map((one) => one[key])).size > 1;
  const keys = (['subject', 'name'] as const).filter(differs);
  const rowOf = (figure: Figure) => keys.map((key) => figure[key]).join(': ') || figure.name;
  const rows = [...new Set(figures.map(rowOf))].map((row) => [
    text(row),
    ...heads.map((head) => {
      const figure = figures.find((one) => rowOf(one) === row && one[columns] === head);
      return figure ? cell(figure) : '';
    }),
  ]);
  const titles = heads.map((head) => {
    const unit = figures.find((figure) => figure[columns] === head)?.unit ?? 'x';
    if (unit === 'x') return text(head);
    return head === '' ? unit : `${text(head)} (${unit})`;
  });
  return markdown(['', ...titles], rows);
}

/** `48.9x`, and with a limit `**48.9x** (≥ 80x: 0.61x)`; a count that is exactly its limit has nothing to add. */
function cell(figure: Figure): string {
  const shown = marked(figure, value(figure));
  if (!figure.limit) return shown;
  const room = shownMargin(figure);
  return `${shown} (${shownLimit(figure)}${room === '0 left' ? '' : `: ${room}`})`;
}

function value(figure: Figure): string {
  const shown = shownValue(figure);
  return figure.unit === 'x' ? shown : shown.slice(0, -figure.unit.length - 1);
}

function marked(figure: Figure, shown: string): string {
  return holds(figure) ? shown : `**${shown}**`;
}

/** A table; a column in which nothing stands is left out. */
export function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = [...heads.keys()].filter((column) => rows.some((row) => row[column]));
  const line = (cells: readonly string[]) => `| ${kept.map((column) => cells[column] ?? '').join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(kept.length)}`, ...rows.map(line)].join('\n');
}

/** Words in which nothing is meant for Markdown: those that are typed, as code. */
function text(words: string): string {
  if (/^[-$&/]|^(node -|command |(hook|completions) \w+: |export\b|aws |use |bedrockenv |profiles --)/.test(words))
    return code(words);
  return words.replaceAll('|', '\\|');
}

function code(words: string): string {
  const [typed = '', rest] = words.split(/(?=: (?:time|peak memory)$)/);
  return `\`${typed.replaceAll('|', '\\|')}\`${rest ?? ''}`;
}
