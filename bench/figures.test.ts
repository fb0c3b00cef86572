import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Campaign, campaignPage } from '../scripts/figures/campaigns.ts';
import { drawn } from '../scripts/figures/chart.ts';
import { figurePages } from '../scripts/figures/page.ts';
import { committedCharts, measuredPages } from '../scripts/figures.ts';
import { type Figure, margin } from './figure.ts';
import { limits, machineReadable, type Result, shownMargin } from './report.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

test('the pages of figures are as the committed results say (npm run figures)', () => {
  const pages = measuredPages();
  for (const [path, text] of pages) expect(readFileSync(join(repository, path), 'utf8'), path).toBe(text);
  expect(committedCharts()).toEqual([...pages.keys()].filter((path) => path.endsWith('.svg')).sort());
});

test('no committed result has a path of the machine that it is from', () => {
  const paths = globSync('{bench,fuzz,torture}/results/*.json', { cwd: repository });
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) {
    const text = readFileSync(join(repository, path), 'utf8');
    expect(text, path).not.toMatch(/(^|[\s"'`(])\/(home|root|tmp|usr|var|opt|mnt|Users|private)\//);
  }
});

const base = { subject: 'zsh', name: 'enter', against: '$(:)' };
const cheap: Figure = { ...base, value: 0.5, unit: 'x', limit: { is: 'below', value: 1 }, between: [0.4, 0.6] };
const slow: Figure = { ...base, against: 'direnv costs', value: 40, unit: 'x', limit: { is: 'at least', value: 80 } };
const forks: Figure = { ...base, against: 'none', value: 2, unit: 'processes', limit: { is: 'at most', value: 0 } };
const flat: Figure = {
  ...base,
  against: 'projects',
  value: -0.001,
  unit: 'exponent',
  limit: { is: 'below', value: 0.05 },
};

describe('margins', () => {
  test('of a ratio, how many times; of what is counted, how much', () => {
    expect(margin(cheap)).toEqual({ factor: 2 });
    expect(margin(slow)).toEqual({ factor: 0.5 });
    expect(margin(forks)).toEqual({ spare: -2 });
    expect([cheap, slow, forks, flat].map(shownMargin)).toEqual(['2.00x', '0.50x', '2 over', '0.05 left']);
    expect(shownMargin({ ...base, value: 1, unit: 'KiB' })).toBe('');
  });

  test('are printed for what is near its limit and for what misses it', () => {
    const near = { ...cheap, value: 0.9 };
    expect(limits([cheap, near, slow, forks]).split('\n')).toEqual([
      'near: zsh, enter, $(:): 0.90x, limit < 1x, margin 1.11x',
      'missed: zsh, enter, direnv costs: 40.0x, limit ≥ 80x, margin 0.50x',
      'missed: zsh, enter, none: 2 processes, limit ≤ 0, margin 2 over',
      '2 of 4 limits hold',
    ]);
  });
});

describe('a page of figures', () => {
  const facts = { programs: ['zsh 5.9'], processors: 2, undisturbed: true, skipped: ['fish (not installed)'] };
  const text = machineReadable(
    [{ title: 'Events in zsh', notes: [], figures: [cheap, slow], columns: 'against', skipped: [] }],
    facts,
  );
  const result: Result = JSON.parse(text);
  const pages = figurePages([
    { path: 'bench/results/old.json', result: { ...result, date: '2026-01-01', programs: ['zsh 5.8'] } },
    { path: 'bench/results/new.json', result },
  ]);
  const page = pages.get('docs/figures.md') ?? '';

  test('has limits and margins, and what misses its limit is bold', () => {
    expect(page).toContain('| enter | 0.50x (< 1x: 2.00x) | **40.0x** (≥ 80x: 0.50x) |');
    expect(page).toContain('1 of 2 limits hold');
    expect(page).toContain('Skipped: fish (not installed).');
  });

  test('shows the latest run, and names the others', () => {
    expect(page).toContain('zsh 5.9');
    expect(page).not.toContain('zsh 5.8');
    expect(page).toContain('[old.json](../bench/results/old.json)');
  });

  test('has charts that say in words what they show', () => {
    const chart = pages.get('docs/figures-events-in-zsh.svg') ?? '';
    expect(chart).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description">/);
    expect(chart).toContain('<title id="title">Events in zsh</title>');
    expect(chart).toContain('enter: direnv 20.0, bedrockenv 0.50.');
    expect(chart).toContain('prefers-color-scheme: dark');
  });
});

describe('a chart', () => {
  const chart = (values: readonly number[]) =>
    drawn({
      title: 'a <b> & c',
      axis: 'times',
      series: ['one'],
      rows: values.map((value) => ({ label: `${value}`, points: [{ series: 'one', value, told: `one ${value}` }] })),
    });
  const places = (svg: string) =>
    [...svg.matchAll(/<circle class="s0" cx="([\d.]+)"/g)].map(([, x]) => Number(x)).slice(1);

  test('has a logarithmic axis where values span a hundredfold', () => {
    const [one = 0, ten = 0, hundred = 0] = places(chart([1, 10, 100]));
    expect(ten - one).toBeCloseTo(hundred - ten, 0);
    const [low = 0, middle = 0, high = 0] = places(chart([1, 5, 9]));
    expect(middle - low).toBeCloseTo(high - middle, 0);
  });

  test('is well-formed, whatever its words are', () => {
    const svg = chart([0, 1, 2]);
    expect(svg).toContain('a &lt;b&gt; &amp; c');
    const open: string[] = [];
    for (const [, close, name = '', alone] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!alone) open.push(name);
    }
    expect(open).toEqual([]);
  });
});

test('a page of campaigns adds up what was tried, with the seeds', () => {
  const part = {
    name: 'yaml',
    about: 'reads',
    full: 10,
    unit: 'documents',
    run: async () => ({ tried: 0, findings: [] }),
  };
  const of = (seed: number, tried: number, findings: string[]): Campaign => ({
    format: 'bedrockenv-fuzz/1',
    seed,
    parts: [
      {
        name: 'yaml',
        tried,
        notes: [`${tried / 10} accepted`],
        findings: findings.map((what) => ({ what, input: null })),
      },
    ],
  });
  const page = campaignPage([
    { title: 'Fuzz', parts: [part], campaigns: [of(8, 500, ['a leak']), of(7, 1000, []), of(7, 10, ['a hang'])] },
  ]);
  expect(page).toContain('| `yaml` | reads | 1,500 documents | 7, 8 | **2** | 100 accepted |');
  expect(page).toContain('1,500 cases; findings: 2.');
  const gone = { ...of(7, 1, []), parts: [{ name: 'xml' }] };
  expect(() => campaignPage([{ title: 'Fuzz', parts: [part], campaigns: [gone] }])).toThrow('xml');
});
