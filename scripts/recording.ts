// Makes docs/demo.svg, the README's recording, from what the demo really types and sees.
//   node --conditions=source scripts/recording.ts   after a build
// A run differs from the next in paths, ports, codes and minutes: those are written as they read best.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { playDemo } from '../packages/cli/src/demo/demo.ts';
import { awsCli } from '../packages/testkit/src/aws-cli/index.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

export const recordingPath = 'docs/demo.svg';

/** One line of the picture. */
interface Line {
  kind: 'comment' | 'typed' | 'output' | 'notice';
  text: string;
}

/** What is shown of the demo: a line, and how much of the beginning and the end of its output. */
const scenes = [
  { typed: 'cat atlas/.bedrockrc', first: 3, last: 0 },
  { typed: 'bedrockenv allow atlas', first: 5, last: 2 },
  { typed: 'cd atlas', first: 1, last: 2, look: true },
  { typed: 'cd ../billing', first: 0, last: 2 },
  { typed: 'cd ~', first: 0, last: 0, look: true },
];

const columns = 96;
const [charWidth, lineHeight, margin] = [7.83, 19, 18];

/** Plays the demo and draws it. Null where this machine has no AWS CLI, without which nobody signs in. */
export async function recording(): Promise<string | null> {
  const aws = await awsCli().catch(() => null);
  if (aws === null) return null;
  const cli = `${repository}packages/cli/bin/bedrockenv.js`;
  const hookText = async (shell: string) => execFileSync(process.execPath, [cli, 'hook', shell], { encoding: 'utf8' });
  const steps: { title: string; typed: string; output: string }[] = [];
  let title = '';
  const path = `${dirname(aws)}:${process.env.PATH}`;
  await playDemo({ node: process.execPath, cli, hookText, path }, undefined, {
    comment: (text) => {
      title = text;
    },
    typed: (typed) => void steps.push({ title, typed, output: '' }),
    output: (text) => {
      const step = steps.at(-1);
      if (step) step.output += text;
    },
  });
  let said = '';
  const shown = scenes.flatMap(({ typed, first, last, look }) => {
    const at = steps.findIndex((step) => step.typed === typed);
    const [step, next] = [steps[at], steps[at + 1]];
    if (step === undefined || next === undefined) throw new Error(`the demo no longer types ${typed}`);
    const why: Line[] = step.title === said ? [] : [{ kind: 'comment', text: `# ${step.title}` }];
    said = step.title;
    const variables = look ? [typedLine(next.typed), ...outputLines(next.output, 99, 0)] : [];
    return [...why, typedLine(typed), ...outputLines(step.output, first, last), ...variables];
  });
  return draw(shown);
}

function typedLine(text: string): Line {
  return { kind: 'typed', text: `$ ${text}` };
}

function outputLines(output: string, first: number, last: number): Line[] {
  const all = steady(output)
    .split('\n')
    .filter((line) => line !== '');
  const kept = all.length > first + last ? [...all.slice(0, first), '…', ...all.slice(all.length - last)] : all;
  return kept.map((text) => ({ kind: text.startsWith('bedrockenv: ') ? 'notice' : 'output', text }));
}

/** What is different in each run, as it reads best. */
function steady(output: string): string {
  return output
    .replace(/\/\S*\/bedrockenv-home-\w+/g, '~')
    .replace(/http:\/\/127\.0\.0\.1:\d+\/(\w+)\S*/g, 'http://127.0.0.1/$1…')
    .replace(/session 7h 5\dm/g, 'session 8h 0m')
    .replace(/^\w{4}-\w{4}$/gm, 'ABCD-1234');
}

function draw(shown: readonly Line[]): string {
  const wrapped = shown.map(({ kind, text }) => ({
    kind,
    text: text.length > columns ? `${text.slice(0, columns - 1)}…` : text,
  }));
  const [width, height] = [Math.ceil(columns * charWidth + 2 * margin), wrapped.length * lineHeight + 2 * margin];
  let at = 0;
  const texts = wrapped.map(({ kind, text }, row) => {
    at += kind === 'typed' ? 1.1 : kind === 'comment' ? 1.6 : 0.12;
    const y = margin + (row + 0.75) * lineHeight;
    const delay = `animation-delay:${at.toFixed(2)}s`;
    return `<text class="${kind}" x="${margin}" y="${y}" style="${delay}">${escaped(text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">bedrockenv in a terminal</title>
<desc id="description">${escaped(wrapped.map(({ text }) => text).join('\n'))}</desc>
<style>
svg { --ground: #f6f8fa; --edge: #d0d7de; --text: #1f2328; --quiet: #59636e; --notice: #0a5c36; }
@media (prefers-color-scheme: dark) {
  svg { --ground: #151b23; --edge: #3d444d; --text: #f0f6fc; --quiet: #9198a1; --notice: #56d364; }
}
rect { fill: var(--ground); stroke: var(--edge); }
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; fill: var(--text); }
.comment { fill: var(--quiet); font-style: italic; }
.typed { font-weight: bold; }
.notice { fill: var(--notice); }
@media (prefers-reduced-motion: no-preference) {
  text { animation: appear 0.01s linear both; }
  @keyframes appear { from { opacity: 0; } to { opacity: 1; } }
}
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts.join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const svg = await recording();
  if (svg === null) throw new Error('this machine has no AWS CLI to sign in with');
  writeFileSync(`${repository}${recordingPath}`, svg);
}
