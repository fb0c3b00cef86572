import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePlan } from '@bedrockenv/core';
import { type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import { type Ground, openGround } from '../fuzz/plans/ground.ts';
import { prompts } from '../fuzz/plans/shell.ts';
import { exponent } from './exponent.ts';
import type { Figure, Section } from './figure.ts';
import { onPath } from './programs.ts';

/** How often an event is repeated in the shorter of two runs; the other has twice as many. */
const times = 20;

/** What the cost of a prompt may depend on, and in what steps it grows. */
const scales = {
  'approved projects': [1, 30, 1000],
  'directories below the project': [3, 15],
  'bytes of the directory file': [64, 4096, 32_768],
} as const;

/**
 * Counts by callgrind what an event executes. Unlike time, it is the same on every run and on a busy machine; it leaves
 * out what the kernel does. The exponent of a growth is the slope of a line through the logarithms: 0 is no growth at
 * all, 1 is in proportion.
 */
export async function countInstructions(drivers: readonly ShellDriver[]): Promise<Section> {
  const title = 'Instructions per event, by callgrind';
  const missing = onPath('valgrind') ? [] : ['valgrind is not installed'];
  // PowerShell compiles as it runs, and does not run under valgrind.
  const counted = drivers.filter(({ name }) => name !== 'powershell');
  const figures: Figure[] = [];
  if (missing.length === 0) for (const driver of counted) figures.push(...(await countIn(driver)));
  return { title, notes: ['Of the shell itself, without the kernel.'], figures, columns: 'against', skipped: missing };
}

async function countIn(driver: ShellDriver): Promise<Figure[]> {
  const ground = openGround();
  const prompt = prompts[driver.name] as string;
  const figures: Figure[] = [];
  try {
    const project = ground.base;
    const cd = (dir: string) => `cd ${driver.quote(dir)}`;
    const events: [name: string, start: string, lines: readonly string[]][] = [
      ['outside', ground.sandbox.home, [prompt]],
      ['inside', project, [prompt]],
      ['enter and leave', ground.sandbox.home, [cd(project), prompt, cd(ground.sandbox.home), prompt]],
    ];
    for (const [name, start, lines] of events) {
      const value = Math.round(await perEvent(driver, ground, start, lines));
      figures.push({ subject: driver.name, name, against: '', value, unit: 'instructions' });
    }
    for (const [scale, steps] of Object.entries(scales)) {
      const costs: [number, number][] = [];
      for (const step of steps) {
        const at = scaled(ground, scale as keyof typeof scales, step);
        costs.push([step, await perEvent(driver, ground, at, [prompt])]);
      }
      const figure: Figure = {
        subject: driver.name,
        name: 'inside',
        against: scale,
        value: exponent(costs),
        unit: 'exponent',
      };
      if (scale === 'approved projects') figure.limit = { is: 'below', value: 0.05 };
      figures.push(figure);
    }
  } finally {
    await ground.sandbox.dispose();
  }
  return figures;
}

/** Makes what a step needs, and returns the directory where the prompt is. */
function scaled(ground: Ground, scale: keyof typeof scales, step: number): string {
  if (scale === 'approved projects') {
    for (let n = 1; n < step; n++) {
      const dir = ground.sandbox.at(`p${n}`);
      ground.place(dir, encodePlan(ground.planFor(dir)), false);
    }
    return ground.base;
  }
  if (scale === 'directories below the project') return below(ground, ground.base, step);
  const dir = ground.sandbox.at(scale.replaceAll(' ', '-'), `p${step}`);
  const text = `profile: corp-dev\n${'# filler\n'.repeat(step / 9)}`;
  ground.place(dir, encodePlan({ ...ground.planFor(dir), text }), false, text);
  return dir;
}

function below({ sandbox }: Ground, dir: string, depth: number): string {
  return join(sandbox.write(join(dir, 'd/'.repeat(depth), 'file'), ''), '..');
}

/** What one of a run of equal events executes. The start of the shell, and what is done once, is in both runs. */
async function perEvent(driver: ShellDriver, ground: Ground, start: string, lines: readonly string[]): Promise<number> {
  const [few, many] = [
    await total(driver, ground, start, lines, times),
    await total(driver, ground, start, lines, times * 2),
  ];
  return (many - few) / times;
}

async function total(driver: ShellDriver, ground: Ground, start: string, lines: readonly string[], count: number) {
  const { sandbox } = ground;
  const out = sandbox.at('callgrind.out');
  const hook = sandbox.write(join('.config/bedrockenv', driver.installedHook), ground.hook(driver.name, true));
  const script = sandbox.write(
    `events.${driver.name}`,
    `${Array.from({ length: count }, () => lines.join('\n')).join('\n')}\n`,
  );
  const under = ['valgrind', '-q', '--tool=callgrind', `--callgrind-out-file=${out}`, '--log-file=/dev/null'];
  const env = { BEDROCKENV_NO_LOGIN: '1' };
  const rcText = driver.sourceFile(hook);
  const shell = await startShell(driver, { sandbox, rcText, env, cwd: start, under, timeoutMs: 180_000 });
  try {
    await shell.run(driver.sourceFile(script));
  } finally {
    await shell.close();
  }
  const found = /^(?:summary|totals): (\d+)/m.exec(readFileSync(out, 'utf8'));
  if (!found) throw new Error(`callgrind has counted nothing in ${driver.name}`);
  return Number(found[1]);
}
