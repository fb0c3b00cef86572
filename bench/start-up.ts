import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ShellDriver } from '@bedrockenv/testkit/pty';
import type { Figure, Section } from './figure.ts';
import { spread } from './medians.ts';
import { undisturbedWhile } from './priority.ts';
import { readSamples } from './samples.ts';
import type { Workplace } from './workplace.ts';

/** How many times as much direnv's line must cost. */
const limits: Record<string, number> = { zsh: 15, bash: 12 };

/** Each run is a fresh interactive shell, without anyone's rc files, that measures both in turn. */
const starts: Record<string, { args: string[]; runs: number }> = {
  zsh: { args: ['-d', '-f', '-i', '-c'], runs: 40 },
  bash: { args: ['--noprofile', '--norc', '-i', '-c'], runs: 40 },
  fish: { args: ['--no-config', '-i', '-c'], runs: 12 },
};

/** Times what the line in an rc file costs: sourcing the installed hook against the `eval` of other tools. */
export function timeStartUp(drivers: readonly ShellDriver[], workplace: Workplace): Section {
  const tools = ['ours', ...(workplace.envrcs.length > 0 ? ['direnv'] : []), ...(workplace.mise ? ['mise'] : [])];
  const measured = tools.length > 1 ? drivers.filter(({ name }) => starts[name]) : [];
  const figures = measured.flatMap((driver) => timeOne(driver, tools, workplace));
  const skipped = [
    ...drivers
      .filter(({ name }) => !starts[name])
      .map(({ name }) => `no bench/shells/start-up.${name} that measures it`),
    ...['direnv', 'mise'].filter((tool) => !tools.includes(tool)).map((tool) => `${tool} (not installed)`),
  ];
  const notes = [
    "How many times as much another tool's line costs as `source` of the installed hook; and with the first prompt, which loads what was put off.",
  ];
  return { title: 'Start-up of a shell', notes, figures, columns: 'against', skipped };
}

function timeOne(driver: ShellDriver, tools: readonly string[], workplace: Workplace): Figure[] {
  const { sandbox, outside, installHook } = workplace;
  const { args, runs } = starts[driver.name] as { args: string[]; runs: number };
  const script = fileURLToPath(new URL(`shells/start-up.${driver.name}`, import.meta.url));
  const out = sandbox.at(`start-up-${driver.name}`);
  const hook = installHook(driver);
  const lines: string[] = [];
  undisturbedWhile(() => {
    for (let run = 0; run <= runs; run += 1) {
      // Whoever comes first finds colder caches. mise, which brings the most, is last: forks are dearer after it.
      const [first = '', second = ''] = run % 2 === 0 ? ['ours', 'direnv'] : ['direnv', 'ours'];
      const order = [first, second, 'mise'].filter((tool) => tools.includes(tool)).join(' ');
      const files = { BENCH_OUT: out, BENCH_HOOK: hook, BENCH_MISE_PROGRAM: workplace.mise ?? '' };
      const env = { ...sandbox.env, ...files, BENCH_ORDER: order };
      const line = [...args, `source ${driver.quote(script)}`];
      const { stderr } = spawnSync(driver.program() as string, line, { cwd: outside, env, encoding: 'utf8' });
      const text = readFileSync(out, 'utf8');
      if (text.trim() === '') throw new Error(`${driver.name} measured nothing:\n${stderr}`);
      if (run > 0) lines.push(text);
    }
  });
  const samples = new Map([...readSamples(lines.join(''))].map(([key, values]) => [key, spread(values)]));
  return ['source', 'source-and-first-prompt'].flatMap((what) =>
    tools.slice(1).flatMap((tool): Figure[] => {
      const [ours, other] = [samples.get(`ours ${what}`), samples.get(`${tool} ${what}`)];
      if (!ours || !other) return [];
      const limit = what === 'source' && tool === 'direnv' ? limits[driver.name] : undefined;
      return [
        {
          ...{ subject: driver.name, name: what.replaceAll('-', ' '), against: `${tool} costs`, unit: 'x' },
          value: other.median / ours.median,
          between: [other.p25 / ours.median, other.p75 / ours.median],
          ...(limit ? { limit: { is: 'at least', value: limit } } : {}),
        },
      ];
    }),
  );
}
