import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { drivers, type ShellDriver, startShell } from '@bedrockenv/testkit/pty';
import { prompts } from '../../fuzz/plans/shell.ts';
import { openBox, otherText } from '../box.ts';

/** Events of one pass over the script: enter, prompt inside, cd inside, switch, leave, prompt outside. */
const perPass = 6;
const perScript = 50;
/** How much a shell may grow after its first quarter, KiB. The runtime of PowerShell collects when it likes to. */
const growth: Readonly<Record<string, number>> = { zsh: 512, bash: 512, fish: 2048, powershell: 40_960 };

/** `soak-SHELL`: one shell for a long time. */
export const soakParts: readonly Part[] = drivers.map((driver) => ({
  name: `soak-${driver.name}`,
  about: `one ${driver.name} for a long time: its resident size and its descriptors stay as they are`,
  full: 10_000,
  unit: 'events',
  unless: () =>
    process.platform !== 'linux'
      ? 'there is no /proc'
      : driver.program()
        ? undefined
        : `${driver.name} is not installed`,
  run: (terms: Terms) => soak(driver, terms),
}));

async function soak(driver: ShellDriver, { count, tell }: Terms) {
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
    `${Array.from({ length: perScript }, () => lines).join('\n')}\n`,
  );
  const shell = await startShell(driver, { sandbox, rcText: driver.sourceFile(hook), timeoutMs: 120_000 });
  const sizes: { events: number; resident: number; descriptors: number }[] = [];
  try {
    for (let events = 0; events < count; events += perPass * perScript) {
      await shell.run(driver.sourceFile(script), 300_000);
      const size = { events: events + perPass * perScript, ...weigh(shell.pid) };
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

function weigh(pid: number): { resident: number; descriptors: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return {
    resident: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}
