import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePlan } from '@bedrockenv/core';
import { type Shell, type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import { type Ground, openGround } from '../fuzz/plans/ground.ts';
import { exponent } from './exponent.ts';
import type { Figure, Section } from './figure.ts';
import { spread } from './medians.ts';
import { under } from './priority.ts';
import { readSamples, startLine } from './samples.ts';

/** Blocks of each event in each shell, and how many times the event is in one of a prompt (a fifth of that if it has a `cd`). */
const rounds = 15;
const times = 50;

/** Rounds before that, which fill caches; PowerShell compiles what is run often. */
const idle = (shell: string) => (shell === 'powershell' ? 15 : 1);

const events = ['outside', 'inside', 'enter-and-leave'] as const;

/** One shell with the hook, and where it goes. */
interface Stage {
  shell: Shell;
  ground: Ground;
  script: string;
  out: string;
}

const scriptOf = (shell: string) => fileURLToPath(new URL(`shells/growth.${shell}`, import.meta.url));

/** What a shell's cost may depend on: how many projects were approved, and how deep below project and HOME it is. */
const scales = [
  {
    scale: 'approved projects',
    steps: [1, 10, 1000],
    of: ({ step }: { step: number }) => ({ projects: step, depth: 0 }),
  },
  { scale: 'directories below', steps: [3, 15], of: ({ step }: { step: number }) => ({ projects: 1, depth: step }) },
] as const;

/**
 * Times events as something grows, in one shell for each size, block by block in turn. Each figure is the median of the
 * ratios within a round, so that what slows the machine for a while slows all sizes.
 */
export async function timeGrowth(drivers: readonly ShellDriver[]): Promise<Section> {
  const figures: Figure[] = [];
  const measured = drivers.filter(({ name }) => existsSync(scriptOf(name)));
  for (const driver of measured) {
    for (const { scale, steps, of } of scales) {
      const took = await timeSteps(
        driver,
        steps.map((step) => of({ step })),
      );
      for (const event of events)
        figures.push(
          ...compared(
            driver.name,
            event,
            scale,
            steps,
            took.map((one) => one(event)),
          ),
        );
    }
  }
  const skipped = drivers
    .filter((driver) => !measured.includes(driver))
    .map(({ name }) => `no bench/shells/growth.${name} that measures it`);
  const notes = ['Medians of the ratios within a round; an exponent of 0 is no growth, 1 is in proportion.'];
  return { title: 'Growth, in time', notes, figures, columns: 'against', skipped };
}

/** The samples of every event for each size, in the order of the rounds. */
async function timeSteps(driver: ShellDriver, sizes: readonly { projects: number; depth: number }[]) {
  const stages: Stage[] = [];
  try {
    for (const size of sizes) stages.push(await open(driver, size));
    for (let round = 0; round < idle(driver.name) + rounds; round += 1) {
      // Each size begins a round as often as any other.
      for (const at of stages.keys()) {
        const { shell, script } = stages[(round + at) % stages.length] as Stage;
        await shell.run(startLine(driver, script));
      }
    }
    return stages.map(({ out }) => {
      const samples = readSamples(readFileSync(out, 'utf8'));
      return (event: string) => samples.get(`ours ${event}`)?.slice(idle(driver.name)) ?? [];
    });
  } finally {
    for (const { shell, ground } of stages) {
      await shell.close();
      await ground.sandbox.dispose();
    }
  }
}

async function open(driver: ShellDriver, { projects, depth }: { projects: number; depth: number }): Promise<Stage> {
  const ground = openGround();
  const { sandbox } = ground;
  // Beside the one that the CLI has compiled. Hooks are quicker with that than with plans that were moved.
  for (let n = 1; n < projects; n += 1) {
    const dir = sandbox.at(`p${n}`);
    ground.place(dir, encodePlan(ground.planFor(dir)), false);
  }
  const below = (dir: string) => join(sandbox.write(join(dir, 'd/'.repeat(depth), 'file'), ''), '..');
  const out = sandbox.at('growth.out');
  const script = scriptOf(driver.name);
  const env = {
    BEDROCKENV_NO_LOGIN: '1',
    BENCH_OUT: out,
    BENCH_TIMES: String(times),
    BENCH_PLACE: below(ground.base),
    BENCH_OUTSIDE: below(sandbox.at('none')),
  };
  const hook = sandbox.write(join('.config/bedrockenv', driver.installedHook), ground.hook(driver.name, true));
  const rcText = driver.sourceFile(hook);
  const shell = await startShell(driver, { sandbox, rcText, env, under, timeoutMs: 120_000 });
  return { shell, ground, script, out };
}

function compared(
  subject: string,
  event: string,
  scale: string,
  steps: readonly number[],
  samples: readonly (readonly number[])[],
): Figure[] {
  const [first = [], ...others] = samples;
  const name = event.replaceAll('-', ' ');
  const ratios = others.map((other) => spread(other.map((one, round) => one / (first[round] as number))));
  const figures = ratios.map(({ median, p25, p75 }, i): Figure => {
    const against = `${steps[i + 1]?.toLocaleString('en')} ${scale} to ${steps[0]}`;
    return { subject, name, against, value: median, unit: 'x', between: [p25, p75] };
  });
  const costs = steps.map((step, i) => [step, i === 0 ? 1 : (ratios[i - 1]?.median ?? Number.NaN)] as const);
  const growing: Figure = { subject, name, against: scale, value: exponent(costs), unit: 'exponent' };
  if (event === 'inside' && scale === 'approved projects') growing.limit = { is: 'below', value: 0.05 };
  return [...figures, growing];
}
