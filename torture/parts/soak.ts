import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding, Outcome, Part, Terms } from '@bedrockenv/testkit/campaign';
import { drivers, type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import { prompts } from '../../fuzz/plans/shell.ts';
import { openBox, otherText } from '../box.ts';

/** Events of one pass over the script: enter, prompt inside, cd inside, switch, leave, prompt outside. */
const perPass = 6;
const perScript = 50;
/** Milliseconds from one event to the next in the slow soak: 10,000 of them take an hour. */
const slowly = 360;
/** How much a shell may grow after its first quarter, KiB. The runtime of PowerShell collects when it likes to. */
const growth: Readonly<Record<string, number>> = { zsh: 512, bash: 512, fish: 2048, powershell: 40_960 };

/** How often a shell is weighed. */
const weighings = 100;
/**
 * What comes before it. PowerShell opens its terminal twice at each prompt, without any hook, and gives the descriptors
 * back when it collects.
 */
const tidy: Readonly<Record<string, string>> = {
  powershell: '[GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()',
};

const proc = () => (process.platform === 'linux' ? undefined : 'there is no /proc');

/** `soak-SHELL`: one shell for a long time, and `soak-hour`: all of them side by side, at the pace of a person. */
export const soakParts: readonly Part[] = [
  ...drivers.map((driver) => ({
    name: `soak-${driver.name}`,
    about: `one ${driver.name} for a long time: its resident size and its descriptors stay as they are`,
    full: 10_000,
    unit: 'events',
    unless: () => proc() ?? (driver.program() ? undefined : `${driver.name} is not installed`),
    run: (terms: Terms) => soak(driver, terms, perScript, 0),
  })),
  {
    name: 'soak-hour',
    about: 'every shell for an hour, with a prompt after each few events: the same of each',
    full: 10_000,
    unit: 'events in each shell',
    unless: proc,
    run: soakAll,
  },
];

async function soakAll(terms: Terms) {
  const installed = drivers.filter((driver) => driver.program());
  const each = await Promise.all(installed.map((driver) => soak(driver, terms, 1, slowly)));
  const named = (n: number, text: string) => `${installed[n]?.name}: ${text}`;
  return {
    tried: Math.min(...each.map(({ tried }) => tried)),
    findings: each.flatMap(({ findings }, n) => findings.map((one) => ({ ...one, what: named(n, one.what) }))),
    notes: each.flatMap(({ notes = [] }, n) => notes.map((note) => named(n, note))),
  };
}

/**
 * @param passes how often it goes through the projects between two prompts of the terminal
 * @param pace milliseconds from one event to the next; 0: at once
 */
async function soak(driver: ShellDriver, { count, tell }: Terms, passes: number, pace: number): Promise<Outcome> {
  const box = openBox();
  const findings: Finding[] = [];
  const { sandbox } = box;
  const other = join(sandbox.write('other/.bedrockrc', otherText), '..');
  for (const dir of [box.project, other]) box.run(['allow', dir]);
  sandbox.write('app/deep/file', '');
  const hook = sandbox.write(join('.config/bedrockenv', driver.installedHook), box.run(['hook', driver.name]).stdout);
  const cd = (dir: string) => driver.cd?.(dir) ?? `cd ${driver.quote(dir)}`;
  const prompt = prompts[driver.name] as string;
  const pass = [box.project, '', join(box.project, 'deep'), other, sandbox.home, ''];
  const lines = pass.map((dir) => (dir === '' ? prompt : `${cd(dir)}\n${prompt}`)).join('\n');
  const script = sandbox.write(
    `soak.${driver.name === 'powershell' ? 'ps1' : driver.name}`,
    `${Array.from({ length: passes }, () => lines).join('\n')}\n`,
  );
  const shell = await startShell(driver, { sandbox, rcText: driver.sourceFile(hook), timeoutMs: 120_000 });
  const sizes: { events: number; resident: number; descriptors: number }[] = [];
  try {
    const start = performance.now();
    for (let events = 0; events < count; ) {
      await sleep(Math.max(0, start + events * pace - performance.now()));
      await shell.run(driver.sourceFile(script), 300_000);
      events += perPass * passes;
      if (events < count && events < ((sizes.length + 1) * count) / weighings) continue;
      await shell.run(tidy[driver.name] ?? driver.blankLine);
      const size = { events, ...weigh(shell.pid) };
      sizes.push(size);
      tell(`${events} of ${count}: ${size.resident} KiB`);
    }
  } finally {
    await shell.close();
    await sandbox.dispose();
  }
  const early = sizes[Math.floor(sizes.length / 4)];
  const last = sizes.at(-1);
  if (!early || !last) return { tried: 0, findings };
  const grown = last.resident - early.resident;
  if (grown > (growth[driver.name] ?? 0)) findings.push({ what: `it grew by ${grown} KiB`, input: sizes });
  if (last.descriptors > early.descriptors)
    findings.push({ what: `it has ${last.descriptors - early.descriptors} more descriptors`, input: sizes });
  const note = `${early.resident} KiB after ${early.events} events, ${last.resident} KiB after ${last.events}; ${last.descriptors} descriptors`;
  return { tried: last.events, findings, notes: [note] };
}

/** Assemblies are not counted: .NET keeps each open that it has ever needed, and compiles what runs often anew. */
function weigh(pid: number): { resident: number; descriptors: number } {
  const folder = `/proc/${pid}/fd`;
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return {
    resident: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]),
    descriptors: readdirSync(folder).filter((fd) => !isAssembly(join(folder, fd))).length,
  };
}

/** One that has been closed meanwhile is none. */
function isAssembly(link: string): boolean {
  try {
    return readlinkSync(link).endsWith('.dll');
  } catch {
    return false;
  }
}
