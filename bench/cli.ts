import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Figure, Section } from './figure.ts';
import { spread } from './medians.ts';
import { undisturbedWhile } from './priority.ts';
import { cli, type Workplace } from './workplace.ts';

const runs = 60;
const weighed = 7;

/** What is spawned: arguments of node, and its limits as ratios to a node that does nothing. */
const commands: { name: string; args: string[]; time: number; memory?: number }[] = [
  { name: '--version', args: [cli, '--version'], time: 1.15, memory: 1.3 },
  { name: '-h', args: [cli, '-h'], time: 1.15, memory: 1.3 },
  { name: 'hook zsh', args: [cli, 'hook', 'zsh'], time: 1.15, memory: 1.3 },
  { name: 'completions zsh', args: [cli, 'completions', 'zsh'], time: 1.15, memory: 1.3 },
  { name: 'export', args: [cli, 'export', '--format', 'zsh'], time: 1.4 },
];
const nothing = ['-e', '0'];

// VmHWM is of the program alone; ru_maxrss would begin with what the parent had.
const weight = `process.on('exit', () => {
  const [, peak] = /VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'latin1'));
  require('node:fs').writeSync(3, peak);
});`;

/** Times and weighs the commands in a project with a fresh plan, each run next to one of `node -e 0`. */
export function timeCli({ sandbox, projects }: Workplace): Section {
  const options = { cwd: projects[0] as string, env: sandbox.env };

  function time(args: readonly string[]): number {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const took = Number(process.hrtime.bigint() - start);
    if (status !== 0) throw new Error(`node ${args.join(' ')}: exit ${status}\n${stderr}`);
    return took;
  }

  const preload = sandbox.write('.tmp/weight.cjs', weight);
  function weigh(args: readonly string[]): number {
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
    const { output } = spawnSync(process.execPath, ['-r', preload, ...args], { ...options, stdio: [...stdio] });
    return Number(String(output[3]));
  }

  const all = [nothing, ...commands.map(({ args }) => args)];
  const times = all.map((): number[] => []);
  undisturbedWhile(() => {
    for (const args of all) time(args);
    for (let round = 0; round < runs; round += 1) {
      // Each begins a round as often as any other.
      for (let i = 0; i < all.length; i += 1) {
        const which = (round + i) % all.length;
        times[which]?.push(time(all[which] as string[]));
      }
    }
  });
  const [bare, ...rest] = times.map(spread);
  if (!bare) throw new Error('node was not measured');
  const figures: Figure[] = rest.map((one, i) => ({
    ...{ subject: 'cli', name: `${commands[i]?.name}: time`, against: 'node -e 0', unit: 'x' },
    value: one.median / bare.median,
    between: [one.p25 / bare.median, one.p75 / bare.median],
    limit: { is: 'at most', value: commands[i]?.time ?? 0 },
  }));

  const skipped: string[] = [];
  if (existsSync('/proc/self/status')) {
    const sizes = all.map((args) => spread(Array.from({ length: weighed }, () => weigh(args))));
    for (const [i, { name, memory }] of commands.entries()) {
      const value = (sizes[i + 1]?.median ?? Number.NaN) / (sizes[0]?.median ?? Number.NaN);
      const limit = memory ? { limit: { is: 'at most' as const, value: memory } } : {};
      figures.push({ subject: 'cli', name: `${name}: peak memory`, against: 'node -e 0', unit: 'x', value, ...limit });
    }
  } else skipped.push('peak memory (there is no /proc)');
  const notes = [`${runs} runs of each, in turn; ratios of medians.`];
  return { title: 'Commands', notes, figures, skipped };
}
