import { type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import { countProcesses, straceMissing } from '@bedrockenv/testkit/strace';
import type { Figure, Section } from './figure.ts';
import type { Workplace } from './workplace.ts';

/** Counts by strace the processes of every event, once a shell has entered a first project. */
export async function countEventProcesses(drivers: readonly ShellDriver[], workplace: Workplace): Promise<Section> {
  const title = 'Processes per event, by strace';
  const missing = straceMissing();
  if (missing) return { title, notes: [], figures: [], skipped: [missing] };
  const figures: Figure[] = [];
  for (const driver of drivers) figures.push(...(await countIn(driver, workplace)));
  return { title, notes: [], figures, columns: 'subject', skipped: [] };
}

async function countIn(driver: ShellDriver, { sandbox, projects, outside, installHook }: Workplace): Promise<Figure[]> {
  const [one = '', other = ''] = projects;
  const counter = countProcesses();
  const rcText = driver.sourceFile(installHook(driver));
  const shell = await startShell(driver, { sandbox, rcText, cwd: outside, under: counter.under, timeoutMs: 120_000 });
  try {
    // The first plan of a shell may cost one `ls` of the state folder, in bash and fish.
    for (const dir of [one, outside]) await shell.run(`cd ${driver.quote(dir)}`);
    counter.taken();
    const events: [name: string, line: string][] = [
      ['outside', driver.blankLine],
      ['enter', `cd ${driver.quote(one)}`],
      ['inside', driver.blankLine],
      ['cd inside', 'cd deep'],
      ['switch', `cd ${driver.quote(other)}`],
      ['leave', `cd ${driver.quote(outside)}`],
    ];
    const figures: Figure[] = [];
    for (const [name, line] of events) {
      await shell.run(line);
      const value = counter.taken().length;
      figures.push({
        ...{ subject: driver.name, name, against: 'none', value, unit: 'processes' },
        limit: { is: 'at most', value: 0 },
      });
    }
    await shell.run('/bin/true');
    if (counter.taken().length === 0) throw new Error(`${driver.name}: strace does not see the processes of the shell`);
    return figures;
  } finally {
    await shell.close();
    counter.dispose();
  }
}
