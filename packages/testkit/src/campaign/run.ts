import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Outcome, Part } from './part.ts';

/** A part's outcome, as `--json` has it. */
interface Result extends Partial<Outcome> {
  name: string;
  count: number;
  seconds: number;
  skipped?: string;
}

/**
 * Runs the parts of a campaign that a command line names, or all of them, and reports on stdout.
 *   [PART …] [--seed N] [--count N] [--minutes N] [--json FILE]
 * @returns the exit code: 0, 1 with findings or a part that tried nothing, 2 for a wrong command line
 */
export async function runCampaign(title: string, parts: readonly Part[], words: readonly string[]): Promise<number> {
  const asked = read(parts, words);
  if (typeof asked === 'string') {
    console.error(asked);
    return 2;
  }
  const { chosen, seed, count, minutes, json } = asked;
  console.log(`${title}: seed ${seed} (again with --seed ${seed})\n`);
  const results: Result[] = [];
  for (const part of chosen) {
    const result = await runPart(part, seed, count ?? part.full, minutes);
    results.push(result);
    console.log(described(part, result));
  }
  const findings = results.reduce((sum, result) => sum + (result.findings?.length ?? 0), 0);
  const idle = results.filter(({ tried, skipped }) => skipped === undefined && !tried).map(({ name }) => name);
  for (const name of idle) console.log(`${name} has tried nothing`);
  const skipped = results.filter((result) => result.skipped !== undefined);
  console.log(`${findings} findings in ${results.length - skipped.length} parts, ${skipped.length} skipped`);
  const ok = findings === 0 && idle.length === 0;
  if (json) {
    const report = { format: `bedrockenv-${title}/1`, node: process.version, seed, ok, parts: results };
    writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  }
  return ok ? 0 : 1;
}

async function runPart(part: Part, seed: number, count: number, minutes: number): Promise<Result> {
  const skipped = part.unless?.();
  if (skipped !== undefined) return { name: part.name, count, seconds: 0, skipped };
  const start = performance.now();
  const tell = (text: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${part.name}: ${text}`);
  };
  const over = () => performance.now() - start > minutes * 60_000;
  let outcome: Outcome;
  try {
    outcome = await part.run({ seed, count, over, tell });
  } catch (error) {
    // What a part did not foresee is a finding too, and must not keep the others from running.
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    outcome = { tried: 0, findings: [{ what, input: null }] };
  }
  tell('');
  return { name: part.name, count, seconds: Math.round((performance.now() - start) / 100) / 10, ...outcome };
}

function described(part: Part, { tried, findings = [], notes = [], seconds, skipped }: Result): string {
  if (skipped !== undefined) return `${part.name}: skipped: ${skipped}\n`;
  const shown = findings.slice(0, 5).flatMap(({ what, input }) => [`  FOUND ${what}`, `    ${JSON.stringify(input)}`]);
  const more = findings.length > 5 ? [`  … and ${findings.length - 5} more (--json FILE has them all)`] : [];
  const lines = [
    `${part.name}: ${part.about}`,
    `  ${tried} ${part.unit}, ${findings.length} findings, ${seconds} s`,
    ...notes.map((note) => `  ${note}`),
    ...shown,
    ...more,
  ];
  return `${lines.join('\n')}\n`;
}

function read(parts: readonly Part[], words: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { seed: text, count: text, minutes: text, json: text };
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return (error as Error).message;
  }
  const { values, positionals } = parsed;
  const unknown = positionals.filter((name) => !parts.some((part) => part.name === name));
  const all = parts.map(({ name, full, unit }) => `${name} (${full} ${unit})`).join(', ');
  if (unknown.length > 0) return `no such part: ${unknown.join(', ')}; there are: ${all}`;
  const given = [values.seed, values.count, values.minutes];
  const numbers = given.map((word) => (word === undefined ? undefined : Number(word)));
  if (numbers.some((number) => number !== undefined && !(Number.isSafeInteger(number) && number >= 0)))
    return '--seed, --count and --minutes are whole numbers';
  return {
    chosen: parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    seed: numbers[0] ?? Date.now() % 2 ** 31,
    count: numbers[1],
    minutes: numbers[2] ?? Number.POSITIVE_INFINITY,
    json: values.json,
  };
}
