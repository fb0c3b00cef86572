import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import type { Figure, Section } from './figure.ts';
import { type Spread, spread } from './medians.ts';
import { under } from './priority.ts';
import { readSamples, type Samples, startLine } from './samples.ts';
import type { Workplace } from './workplace.ts';

/** How a shell's events are measured, and what they must hold. */
interface Terms {
  rounds: number;
  /** The cheapest thing in it that starts a process. */
  unit: string;
  /** Events that must cost less than the unit. */
  belowUnit: readonly string[];
  /** How many times cheaper than direnv an event must be. */
  faster: Readonly<Record<string, number>>;
  /** How many prompts inside of a project entering one may cost. */
  enterOfInside?: number;
}

const all = ['outside', 'enter-new', 'enter', 'enter-again', 'inside', 'cd-inside', 'switch', 'leave'];
const posix = { rounds: 60, unit: '$(:)', belowUnit: all };

const terms: Readonly<Record<string, Terms>> = {
  zsh: {
    ...posix,
    faster: { 'enter-new': 80, enter: 80, 'enter-again': 80, inside: 25, leave: 10 },
  },
  bash: { ...posix, faster: { 'enter-new': 80, enter: 80, 'enter-again': 80, inside: 25, leave: 10 } },
  fish: { rounds: 10, unit: 'command true', belowUnit: [], faster: { inside: 15 } },
  powershell: { rounds: 80, unit: '& /bin/true', belowUnit: ['outside', 'inside'], faster: {}, enterOfInside: 10 },
};

/** What else is measured, and how a figure says so. */
const others = { direnv: 'direnv costs', mise: 'mise costs', node: 'a Node process costs' } as const;

/** Runs the events of one shell and says what each costs. */
export async function timeEvents(driver: ShellDriver, workplace: Workplace): Promise<Section> {
  const script = fileURLToPath(new URL(`shells/events.${driver.name}`, import.meta.url));
  const how = terms[driver.name];
  const title = `Events in ${driver.name}`;
  if (!how || !existsSync(script))
    return { title, notes: [], figures: [], skipped: [`no bench/shells/events.${driver.name} that measures it`] };
  const out = workplace.sandbox.at(`events-${driver.name}`);
  const env = {
    BENCH_OUT: out,
    BENCH_ROUNDS: String(how.rounds),
    BENCH_NODE: process.execPath,
    BENCH_HOOK: workplace.installHook(driver),
    BENCH_OUTSIDE: workplace.outside,
    BENCH_OURS: workplace.projects.join(':'),
    BENCH_DIRENV: workplace.envrcs.join(':'),
    BENCH_MISE: workplace.miseTomls.join(':'),
    BENCH_MISE_PROGRAM: workplace.mise ?? '',
  };
  const shell = await startShell(driver, { sandbox: workplace.sandbox, rcText: '', env, under, timeoutMs: 600_000 });
  let output = '';
  try {
    output = (await shell.run(startLine(driver, script))).output;
  } finally {
    await shell.close();
  }
  if (!existsSync(out)) throw new Error(`${driver.name} measured nothing:\n${output}`);
  return section(driver.name, how, readSamples(readFileSync(out, 'utf8')));
}

function section(shell: string, { unit, belowUnit, faster, enterOfInside }: Terms, samples: Samples): Section {
  const costs = new Map([...samples].map(([key, values]) => [key, spread(values)]));
  const fork = costs.get('fork fork');
  if (!fork) throw new Error(`${shell} has not measured its unit`);
  const figures: Figure[] = [];
  for (const [key, ours] of costs) {
    if (!key.startsWith('ours ')) continue;
    const event = key.slice('ours '.length);
    const base = { subject: shell, name: event.replaceAll('-', ' ') };
    const ofUnit: Figure = { ...base, against: unit, ...ratio(ours, fork.median) };
    if (belowUnit.includes(event)) ofUnit.limit = { is: 'below', value: 1 };
    figures.push(ofUnit);
    // Where the `cd` is left out, others whose hook runs at it are compared with it.
    const whole = costs.get(`whole ${event}`) ?? ours;
    for (const [tool, against] of Object.entries(others)) {
      const other = costs.get(`${tool} ${event}`);
      if (!other) continue;
      const least = tool === 'direnv' ? faster[event] : undefined;
      const limit: Pick<Figure, 'limit'> = least ? { limit: { is: 'at least', value: least } } : {};
      figures.push({ ...base, against, ...ratio(other, whole.median), ...limit });
    }
    const inside = costs.get('ours inside');
    if (event === 'enter' && enterOfInside && inside) {
      const limit = { is: 'at most', value: enterOfInside } as const;
      figures.push({ ...base, against: 'a prompt inside', ...ratio(ours, inside.median), limit });
    }
  }
  const missing = ['direnv', 'mise'].filter((tool) => !costs.has(`${tool} inside`));
  return {
    title: `Events in ${shell}`,
    notes: [`What one costs in units of ${unit}, and how many times as much the same event costs with others.`],
    figures,
    columns: 'against',
    skipped: missing.map((tool) => `${tool} (not installed, or without a hook for ${shell})`),
  };
}

/** Samples over one number, as a figure has it. */
function ratio({ median, p25, p75 }: Spread, by: number): Pick<Figure, 'value' | 'unit' | 'between'> {
  return { value: median / by, unit: 'x', between: [p25 / by, p75 / by] };
}
