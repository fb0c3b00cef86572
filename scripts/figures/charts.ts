import { type Figure, margin, type Section } from '../../bench/figure.ts';
import { type Result, shownLimit, shownMargin, shownValue } from '../../bench/report.ts';
import type { Chart, Point, Row } from './chart.ts';

/** A chart, the file that it is in, and the section that it stands in; none: above all of them. */
export interface Placed {
  file: string;
  section?: string;
  chart: Chart;
}

/** THE charts of a run. One whose figures a run does not have is left out. */
export function chartsOf({ sections }: Result): Placed[] {
  const events = sections.filter(({ title }) => title.startsWith('Events in '));
  const commands = sections.find(({ title }) => title === 'Commands');
  const growth = sections.find(({ title }) => title === 'Growth, in time');
  const sizes = sections.find(({ title }) => title === 'Configurations of four sizes');
  const placed: Placed[] = [
    { file: 'figures-margins.svg', chart: marginChart(sections) },
    ...events.map((section) => ({
      file: `figures-${section.title.replaceAll(' ', '-').toLowerCase()}.svg`,
      section: section.title,
      chart: eventChart(section),
    })),
    ...(commands ? [{ file: 'figures-commands.svg', section: commands.title, chart: commandChart(commands) }] : []),
    ...(growth ? [{ file: 'figures-growth.svg', section: growth.title, chart: growthChart(growth) }] : []),
    ...(sizes ? [{ file: 'figures-config-sizes.svg', section: sizes.title, chart: sizeChart(sizes) }] : []),
  ];
  return placed.filter(({ chart }) => chart.rows.some(({ points }) => points.length > 0));
}

/** Every ratio that has a limit, by what it is measured against. */
function marginChart(sections: readonly Section[]): Chart {
  const rows = new Map<string, Point[]>();
  for (const { title, figures } of sections) {
    for (const figure of figures) {
      const room = margin(figure);
      if (room === undefined || !('factor' in room)) continue;
      const label = title.startsWith('Events in ') ? `${figure.subject}, ${figure.against}` : title;
      const told = `${figure.subject} ${figure.name}, ${shownValue(figure)} of ${shownLimit(figure)}: ${shownMargin(figure)}`;
      const point = { series: room.factor < 1 || isAtIt(figure) ? 'misses' : 'holds', value: room.factor, told };
      rows.set(label, [...(rows.get(label) ?? []), point]);
    }
  }
  return {
    title: 'How far each ratio is from its limit',
    axis: 'margin, on a logarithmic axis; what lies right of 1 holds',
    series: ['holds', 'misses'],
    ratios: true,
    rows: [...rows].map(([label, points]) => ({ label, points })),
    mark: { value: 1, label: 'the limit' },
  };
}

/** A limit that must not be reached, and is. */
function isAtIt({ limit, value }: Figure): boolean {
  return limit?.is === 'below' && value === limit.value;
}

/** What an event costs with each tool, in the shell's own unit. */
function eventChart({ title, figures }: Section): Chart {
  const costs = { 'mise costs': 'mise', 'direnv costs': 'direnv', 'a Node process costs': 'a Node process' } as const;
  const unit = figures[0]?.against ?? '';
  const names = [...new Set(figures.map(({ name }) => name))];
  const rows = names.map((name): Row => {
    const own = figures.filter((figure) => figure.name === name);
    const ours = own.find(({ against }) => against === unit)?.value;
    if (ours === undefined) return { label: name, points: [] };
    const others = Object.entries(costs).flatMap(([against, series]) => {
      const times = own.find((figure) => figure.against === against)?.value;
      return times === undefined ? [] : [pointOf(series, times * ours)];
    });
    return { label: name, points: [...others, pointOf('bedrockenv', ours)] };
  });
  return {
    title,
    axis: `in units of ${unit}, on a logarithmic axis`,
    series: ['bedrockenv', 'direnv', 'mise', 'a Node process'].filter((name) =>
      rows.some(({ points }) => points.some(({ series }) => series === name)),
    ),
    ratios: true,
    rows,
    mark: { value: 1, label: unit },
  };
}

function commandChart({ title, figures }: Section): Chart {
  const kinds = ['time', 'peak memory'];
  const rows = [...new Set(figures.map(({ name }) => name.split(': ')[0] as string))].map((command): Row => {
    const own = figures.filter(({ name }) => name.startsWith(`${command}: `));
    const points = own.map((figure) => pointOf(figure.name.split(': ')[1] as string, figure.value));
    const limit = own.find(({ name, limit }) => name.endsWith(': time') && limit)?.limit?.value;
    return { label: command, points, ...(limit === undefined ? {} : { limit }) };
  });
  return {
    title: `${title}, against node -e 0`,
    axis: 'times node -e 0; the limit is that of time',
    series: kinds,
    rows,
  };
}

function growthChart({ title, figures }: Section): Chart {
  const shorter = (against: string) => against.replace(' approved', '').replace(' below', '');
  const ratios = figures.filter(({ unit }) => unit === 'x');
  const series = [...new Set(ratios.map(({ against }) => shorter(against)))];
  const rows = [...new Set(ratios.map(({ subject, name }) => `${subject}, ${name}`))].map((label) => ({
    label,
    points: ratios
      .filter(({ subject, name }) => `${subject}, ${name}` === label)
      .map(({ against, value }) => pointOf(shorter(against), value)),
  }));
  const mark = { value: 1, label: 'no growth' };
  return { title, axis: 'times the cost at the smaller size', series, rows, mark };
}

function sizeChart({ title, figures }: Section): Chart {
  const ratios = figures.filter(({ unit }) => unit === 'x');
  const rows = [...new Set(ratios.map(({ subject }) => subject))].map((label) => ({
    label,
    points: ratios.filter(({ subject }) => subject === label).map(({ against, value }) => pointOf(against, value)),
  }));
  const series = [...new Set(ratios.map(({ against }) => against))];
  return { title, axis: 'times what the other takes', series, rows, mark: { value: 1, label: 'the same' } };
}

function pointOf(series: string, value: number): Point {
  return { series, value, told: `${series} ${shownValue({ value, unit: 'x' }).slice(0, -1)}` };
}
