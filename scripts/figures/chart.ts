/** One mark: what it is of, and where it is. */
export interface Point {
  series: string;
  value: number;
  /** What a pointer over it, and a reader that does not see it, is told. */
  told: string;
}

export interface Row {
  label: string;
  points: readonly Point[];
  /** A stroke where the limit is. */
  limit?: number;
}

export interface Chart {
  title: string;
  /** In which unit, below the axis. */
  axis: string;
  /** In the order of the legend; each has a colour and a shape of its own. */
  series: readonly string[];
  rows: readonly Row[];
  /** All values are ratios, for which twice and half are as far from 1. */
  ratios?: boolean;
  /** A line from top to bottom, and what it is. */
  mark?: { value: number; label: string };
}

const [width, right, rowHeight, top] = [760, 24, 22, 62] as const;

/** How wide a letter is at most, on average. */
const letter = 6.8;

/** Light and dark colours that differ in lightness too; with the shapes nobody has to tell them apart by hue. */
const looks = [
  { light: '#0b6e4f', dark: '#56d364', shape: 'circle' },
  { light: '#b35900', dark: '#ffa657', shape: 'square' },
  { light: '#6639ba', dark: '#d2a8ff', shape: 'diamond' },
  { light: '#0550ae', dark: '#79c0ff', shape: 'triangle' },
] as const;

const style = `<style>
text { font: 12px ui-sans-serif, system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
.title { font-size: 15px; font-weight: 600; }
.quiet { fill: #59636e; }
.ground { fill: #f6f8fa; stroke: #d0d7de; }
.grid { stroke: #d0d7de; }
.mark { stroke: #59636e; stroke-dasharray: 4 3; }
.limit { stroke: #1f2328; stroke-width: 2; }
${looks.map(({ light }, i) => `.s${i} { fill: ${light}; }`).join('\n')}
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .quiet { fill: #9198a1; }
  .ground { fill: #151b23; stroke: #3d444d; }
  .grid { stroke: #3d444d; }
  .mark { stroke: #9198a1; }
  .limit { stroke: #f0f6fc; }
${looks.map(({ dark }, i) => `  .s${i} { fill: ${dark}; }`).join('\n')}
}
</style>`;

/** Draws rows of marks along one axis, which is logarithmic where the values span a hundredfold. */
export function drawn(chart: Chart): string {
  const { title, axis, series, rows, mark, ratios = false } = chart;
  const height = top + rows.length * rowHeight + 52;
  const bottom = top + rows.length * rowHeight;
  const values = rows.flatMap(({ points, limit }) => [...points.map(({ value }) => value), limit ?? []].flat());
  const scale = scaled(mark ? [...values, mark.value] : values, ratios);
  const left = 30 + Math.max(...rows.map(({ label }) => label.length)) * letter;
  const at = (value: number) => round(left + scale.part(value) * (width - left - right));
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(told(chart))}</desc>`,
    style,
    `<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    `<text class="title" x="16" y="24">${escaped(title)}</text>`,
    ...legend(
      series,
      mark,
      rows.some(({ limit }) => limit !== undefined),
    ),
  ];
  for (const tick of scale.ticks) {
    lines.push(`<line class="grid" x1="${at(tick)}" y1="${top}" x2="${at(tick)}" y2="${bottom}"/>`);
    lines.push(`<text class="quiet" x="${at(tick)}" y="${bottom + 16}" text-anchor="middle">${tick}</text>`);
  }
  if (mark) lines.push(`<line class="mark" x1="${at(mark.value)}" y1="${top}" x2="${at(mark.value)}" y2="${bottom}"/>`);
  for (const [i, row] of rows.entries()) {
    const y = top + (i + 0.5) * rowHeight;
    lines.push(`<text x="${round(left - 12)}" y="${y + 4}" text-anchor="end">${escaped(row.label)}</text>`);
    if (row.limit !== undefined) lines.push(`<path class="limit" d="M${at(row.limit)} ${y - 8}v16"/>`);
    for (const { series: name, value, told: text } of row.points) {
      lines.push(shape(series.indexOf(name), at(value), y, text));
    }
  }
  const middle = round((left + width - right) / 2);
  lines.push(
    `<text class="quiet" x="${middle}" y="${height - 14}" text-anchor="middle">${escaped(axis)}</text>`,
    '</svg>',
    '',
  );
  return lines.join('\n');
}

function legend(series: readonly string[], mark: Chart['mark'], limits: boolean): string[] {
  let x = 16;
  const y = 44;
  const entries = series.flatMap((name, i) => {
    const lines = [shape(i, x + 5, y, name), `<text x="${x + 15}" y="${y + 4}">${escaped(name)}</text>`];
    x = round(x + 30 + name.length * letter);
    return lines;
  });
  const stroke = (kind: string, label: string) => {
    entries.push(
      `<path class="${kind}" d="M${x + 5} ${y - 8}v16"/>`,
      `<text x="${x + 15}" y="${y + 4}">${escaped(label)}</text>`,
    );
    x = round(x + 30 + label.length * letter);
  };
  if (mark) stroke('mark', mark.label);
  if (limits) stroke('limit', 'limit');
  return entries;
}

function shape(series: number, x: number, y: number, text: string): string {
  const look = looks[series];
  if (!look) throw new Error(`a chart has at most ${looks.length} series`);
  const title = `<title>${escaped(text)}</title>`;
  if (look.shape === 'circle') return `<circle class="s${series}" cx="${x}" cy="${y}" r="5">${title}</circle>`;
  const paths = {
    square: `M${x - 4.5} ${y - 4.5}h9v9h-9z`,
    diamond: `M${x} ${y - 6}l6 6l-6 6l-6 -6z`,
    triangle: `M${x} ${y - 5.5}l6 10.5h-12z`,
  };
  return `<path class="s${series}" d="${paths[look.shape]}">${title}</path>`;
}

/** What the chart shows, in words. */
function told({ axis, rows }: Chart): string {
  const lines = rows.map(({ label, points, limit }) => {
    const values = points.map((point) => point.told).join(', ');
    return `${label}: ${values}${limit === undefined ? '' : `; limit ${limit}`}.`;
  });
  return [`${axis}.`, ...lines].join('\n');
}

/** 1, 2 and 5 of each power of ten: the values that a logarithmic axis may begin and end with. */
const steps = Array.from({ length: 60 }, (_, i) => Number(`${[1, 2, 5][i % 3]}e${Math.floor(i / 3) - 10}`));

/** Where on the axis (0 to 1) a value is, and the values that are written below it. */
function scaled(values: readonly number[], ratios: boolean): { part(value: number): number; ticks: number[] } {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low > 0 && (ratios || high / low >= 100)) {
    const from = steps.findLast((step) => step <= low) ?? low;
    const to = steps.find((step) => step >= high && step > from) ?? high;
    const all = steps.filter((step) => step >= from && step <= to);
    const ticks = to / from > 100 ? all.filter((step) => Number.isInteger(Math.log10(step))) : all;
    return { part: (value) => Math.log(value / from) / Math.log(to / from), ticks };
  }
  const from = Math.min(0, low);
  const rough = (high - from) / 6;
  const step = steps.find((one) => one >= rough) ?? rough;
  const [first, last] = [Math.floor(from / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(6)));
  return { part: (value) => (value / step - first) / (last - first), ticks };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
