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

/** Times what the line in an rc file costs: sourcing the installed hook against direnv's `eval`. */
export function timeStartUp(drivers: readonly ShellDriver[], workplace: Workplace): Section {
  const figures = drivers.filter(({ name }) => starts[name]).flatMap((driver) => timeOne(driver, workplace));
  const skipped = drivers.filter(({ name }) => !starts[name]).map(({ name }) => `${name} (no hook of direnv's)`);
  const notes = [
    "How many times as much direnv's line costs as `source` of the installed hook; with the first prompt, which loads what was put off.",
  ];
  return { title: 'Start-up of a shell', notes, figures, columns: 'subject', skipped };
}

function timeOne(driver: ShellDriver, { sandbox, outside, installHook }: Workplace): Figure[] {
  const { args, runs } = starts[driver.name] as { args: string[]; runs: number };
  const script = fileURLToPath(new URL(`shells/start-up.${driver.name}`, import.meta.url));
  const out = sandbox.at(`start-up-${driver.name}`);
  const hook = installHook(driver);
  const lines: string[] = [];
  undisturbedWhile(() => {
    for (let run = 0; run <= runs; run += 1) {
      // Whoever comes first finds colder caches.
      const order = run % 2 === 0 ? 'ours direnv' : 'direnv ours';
      const env = { ...sandbox.env, BENCH_OUT: out, BENCH_HOOK: hook, BENCH_ORDER: order };
      const line = [...args, `source ${driver.quote(script)}`];
      const { stderr } = spawnSync(driver.program() as string, line, { cwd: outside, env, encoding: 'utf8' });
      const text = readFileSync(out, 'utf8');
      if (text.trim() === '') throw new Error(`${driver.name} measured nothing:\n${stderr}`);
      if (run > 0) lines.push(text);
    }
  });
  const samples = new Map([...readSamples(lines.join(''))].map(([key, values]) => [key, spread(values)]));
  return ['source', 'source-and-first-prompt'].flatMap((what): Figure[] => {
    const [ours, direnv] = [samples.get(`ours ${what}`), samples.get(`direnv ${what}`)];
    if (!ours || !direnv) return [];
    const limit = what === 'source' ? limits[driver.name] : undefined;
    return [
      {
        ...{ subject: driver.name, name: what.replaceAll('-', ' '), against: 'direnv costs', unit: 'x' },
        value: direnv.median / ours.median,
        between: [direnv.p25 / ours.median, direnv.p75 / ours.median],
        ...(limit ? { limit: { is: 'at least', value: limit } } : {}),
      },
    ];
  });
}
