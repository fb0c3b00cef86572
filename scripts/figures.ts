// Writes the pages of measured figures from the results that are committed: docs/figures.md with its charts from
// bench/results, and docs/campaigns.md from fuzz/results and torture/results. A test says when they are stale.
//   npm run figures

import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Result } from '../bench/report.ts';
import { parts as fuzzParts } from '../fuzz/parts/index.ts';
import { parts as tortureParts } from '../torture/parts/index.ts';
import { type Campaign, campaignPage } from './figures/campaigns.ts';
import { figurePages } from './figures/page.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** The results of one kind, by path; throws on a file of another format. */
function results<T extends { format: string }>(folder: string, format: T['format']): { path: string; result: T }[] {
  return globSync(`${folder}/results/*.json`, { cwd: repository })
    .sort()
    .map((path) => {
      const result: T = JSON.parse(readFileSync(join(repository, path), 'utf8'));
      if (result.format !== format) throw new Error(`${path} is ${result.format}, expected ${format}`);
      return { path, result };
    });
}

/** The files as they should be, by path. */
export function measuredPages(): Map<string, string> {
  const pages = figurePages(results<Result>('bench', 'bedrockenv-bench/1'));
  const campaign = (title: 'fuzz' | 'torture') =>
    results<Campaign>(title, `bedrockenv-${title}/1`).map(({ result }) => result);
  pages.set(
    'docs/campaigns.md',
    campaignPage([
      { title: 'Fuzz', parts: fuzzParts, campaigns: campaign('fuzz') },
      { title: 'Torture', parts: tortureParts, campaigns: campaign('torture') },
    ]),
  );
  return pages;
}

/** The charts that are there, by path. */
export function committedCharts(): string[] {
  return globSync('docs/figures-*.svg', { cwd: repository }).sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const path of committedCharts()) rmSync(join(repository, path));
  for (const [path, text] of measuredPages()) writeFileSync(join(repository, path), text);
}
