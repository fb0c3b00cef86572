import type { Outcome, Part } from '@bedrockenv/testkit/campaign';
import { markdown } from './tables.ts';

/** A campaign's results as `npm run fuzz -- --json` and `npm run torture -- --json` write them. */
export interface Campaign {
  format: 'bedrockenv-fuzz/1' | 'bedrockenv-torture/1';
  seed: number;
  parts: readonly (Partial<Outcome> & { name: string; skipped?: string })[];
}

interface Kind {
  title: string;
  /** What the parts are, in their order. */
  parts: readonly Part[];
  campaigns: readonly Campaign[];
}

/** docs/campaigns.md: what each part of every campaign came to, over all results that are committed. */
export function campaignPage(kinds: readonly Kind[]): string {
  return [
    '<!-- Made by scripts/figures.ts from fuzz/results and torture/results. -->\n',
    '# Results of fuzz and torture\n',
    'What was tried, over all results in [fuzz/results](../fuzz/results) and [torture/results](../torture/results), each with ' +
      'its seed. What the parts do, and what was found on the way: [testing.md](testing.md).\n',
    ...kinds.map(section),
  ].join('\n');
}

function section({ title, parts, campaigns }: Kind): string {
  const known = parts.map(({ name }) => name);
  const gone = campaigns
    .flatMap(({ parts: tried }) => tried.map(({ name }) => name))
    .find((name) => !known.includes(name));
  if (gone !== undefined)
    throw new Error(`there is a result of ${gone}, which is no part of ${title.toLowerCase()} any more`);
  let [cases, findings] = [0, 0];
  const rows = parts.map(({ name, about, unit }) => {
    const all = campaigns
      .flatMap(({ seed, parts: ran }) => ran.map((part) => ({ ...part, seed })))
      .filter((part) => part.name === name && part.skipped === undefined)
      .sort((a, b) => (b.tried ?? 0) - (a.tried ?? 0));
    // A second run of a seed tries the same again.
    const runs = all.filter(({ seed }, i) => all.findIndex((one) => one.seed === seed) === i);
    const tried = runs.reduce((sum, run) => sum + (run.tried ?? 0), 0);
    const found = all.reduce((sum, run) => sum + (run.findings?.length ?? 0), 0);
    cases += tried;
    findings += found;
    const told = [`\`${name}\``, plain(about)];
    const [largest] = runs;
    if (largest === undefined) return [...told, 'not run'];
    const seeds = runs.map(({ seed }) => seed).join(', ');
    return [
      ...told,
      `${tried.toLocaleString('en')} ${unit}`,
      seeds,
      marked(found),
      plain(largest.notes?.join('; ') ?? ''),
    ];
  });
  const sum = `${cases.toLocaleString('en')} cases; findings: ${findings}.`;
  return `## ${title}\n\n${sum}\n\n${markdown(['part', 'what it does', 'tried', 'seeds', 'findings', 'in the largest run'], rows)}\n`;
}

function plain(text: string): string {
  return text.replaceAll('|', '\\|');
}

function marked(findings: number): string {
  return findings === 0 ? '0' : `**${findings}**`;
}
