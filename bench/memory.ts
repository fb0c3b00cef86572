import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Shell, type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import type { Figure, Section } from './figure.ts';
import { cli, type Workplace } from './workplace.ts';

/** The largest directory file there may be. */
const largest = 64 * 1024;

/** Resident memory of a running process, KiB, as Linux tells it. */
function resident(shell: Shell): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${shell.pid}/status`, 'latin1'))?.[1]);
}

/** How much a shell grows by the hook and by the largest project there can be. Only reported: allocators differ. */
export async function weighHooks(drivers: readonly ShellDriver[], workplace: Workplace): Promise<Section> {
  const title = 'Memory of a shell';
  if (!existsSync('/proc/self/status')) return { title, notes: [], figures: [], skipped: ['there is no /proc'] };
  const { sandbox, projects, outside, installHook, run } = workplace;
  const large = sandbox.at('work/ours/large');
  const head = 'profile: corp-dev\nmodel: sonnet\n';
  sandbox.write(join(large, '.bedrockrc'), `${head}${'# filler\n'.repeat(largest)}`.slice(0, largest - 1).concat('\n'));
  run(process.execPath, [cli, 'allow', large]);
  const figures: Figure[] = [];
  for (const driver of drivers) {
    const weigh = async (name: string, hook: boolean, dirs: readonly string[]) => {
      const rcText = hook ? driver.sourceFile(installHook(driver)) : '';
      const shell = await startShell(driver, { sandbox, rcText, cwd: outside });
      try {
        await shell.run(driver.blankLine);
        const before = resident(shell);
        for (const dir of dirs) await shell.run(`cd ${driver.quote(dir)}`);
        const value = dirs.length > 0 ? resident(shell) - before : before;
        return { subject: driver.name, name, against: dirs.length > 0 ? 'outside' : '', value, unit: 'KiB' };
      } finally {
        await shell.close();
      }
    };
    const bare = await weigh('', false, []);
    const loaded = await weigh('', true, []);
    figures.push({ ...loaded, name: 'hook loaded', against: 'a shell without', value: loaded.value - bare.value });
    figures.push(await weigh('entered a project', true, [projects[0] as string]));
    figures.push(await weigh('entered one with a file of 64 KiB', true, [large]));
    figures.push(await weigh('entered that one and left it, ten times', true, Array(10).fill([large, outside]).flat()));
  }
  return {
    title,
    notes: ['Growth of the resident size by the hook, and then by what was entered; reported, without a limit.'],
    figures,
    columns: 'subject',
    skipped: [],
  };
}
