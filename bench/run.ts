// Measures and prints the figures that the hooks and the CLI must hold, as ratios within this run.
//   node bench/run.ts [--json FILE] [--earlier FILE] [SECTION …]
// With the result of an earlier run, a limit that was missed then does not fail this one, unless it is missed by much more.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { drivers } from '@bedrockenv/testkit/pty';
import { timeCli } from './cli.ts';
import { timeConfig } from './config.ts';
import { timeConfigSizes } from './config-sizes.ts';
import { timeDirenv } from './direnv.ts';
import { timeEvents } from './events.ts';
import { type Figure, holds, type Section } from './figure.ts';
import { timeGrowth } from './growth.ts';
import { countInstructions } from './instructions.ts';
import { weighHooks } from './memory.ts';
import { findMise } from './mise.ts';
import { undisturbed } from './priority.ts';
import { countEventProcesses } from './processes.ts';
import { onPath, versions } from './programs.ts';
import { regressions } from './regressions.ts';
import { limits, machineReadable, type Result, table } from './report.ts';
import { timeSignIn } from './sign-in.ts';
import { timeStartUp } from './start-up.ts';
import { openWorkplace } from './workplace.ts';

const parts = [
  'events',
  'processes',
  'start-up',
  'cli',
  'memory',
  'direnv',
  'config',
  'config-sizes',
  'sign-in',
  'growth',
  'instructions',
] as const;
const options = { json: { type: 'string' }, earlier: { type: 'string' } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const unknown = positionals.filter((name) => !parts.some((part) => part === name));
if (unknown.length > 0) {
  console.error(`no such section: ${unknown.join(', ')}; there are: ${parts.join(', ')}`);
  process.exit(2);
}
// A run takes ten minutes: what would keep its end from being written or compared is said before.
const earlier = values.earlier === undefined ? undefined : figuresOf(values.earlier);
if (values.json !== undefined && !existsSync(dirname(values.json))) {
  console.error(`there is no folder ${dirname(values.json)} for --json`);
  process.exit(2);
}
const wanted = (part: (typeof parts)[number]) => positionals.length === 0 || positionals.includes(part);

const shells = drivers.filter((driver) => driver.program());
const absent = drivers.filter((driver) => !driver.program()).map(({ name }) => `${name} (not installed)`);
const direnv = onPath('direnv');
const mise = findMise();
const miseProgram = 'program' in mise ? mise.program : undefined;
const programs = [
  `Node ${process.version.slice(1)}`,
  ...versions([
    ...shells.map((driver) => driver.program() as string),
    ...(direnv ? ['direnv'] : []),
    ...(miseProgram ? [miseProgram] : []),
  ]),
];
console.log(`${programs.join(', ')}; ${cpus().length} processors`);
console.log(
  undisturbed ? 'Shells and commands run under `chrt -f 50`.\n' : 'Without chrt: a busy machine blurs this.\n',
);

const workplace = openWorkplace(30, { direnv, mise: miseProgram });
const sections: Section[] = [];
function add(section: Section): void {
  sections.push(section);
  console.log(table(section));
}
try {
  if (wanted('events')) for (const driver of shells) add(await timeEvents(driver, workplace));
  if (wanted('processes')) add(await countEventProcesses(shells, workplace));
  if (wanted('start-up')) add(timeStartUp(shells, workplace));
  if (wanted('cli')) add(timeCli(workplace));
  if (wanted('config')) add(await timeConfig(workplace));
  if (wanted('config-sizes')) add(await timeConfigSizes(workplace));
  if (wanted('sign-in')) add(await timeSignIn());
  if (wanted('direnv') && direnv) add(timeDirenv(workplace));
  if (wanted('growth')) add(await timeGrowth(shells));
  if (wanted('instructions')) add(await countInstructions(shells));
  if (wanted('memory')) add(await weighHooks(shells, workplace));
} finally {
  await workplace.sandbox.dispose();
}

const skipped = [
  ...absent,
  ...(direnv ? [] : ['everything against direnv (not installed)']),
  ...('missing' in mise ? [mise.missing] : []),
];
if (skipped.length > 0) console.log(`skipped: ${skipped.join(', ')}`);
const figures = sections.flatMap((section) => section.figures);
console.log(limits(figures));
if (values.json) {
  const facts = { programs, processors: cpus().length, undisturbed, skipped };
  writeFileSync(values.json, machineReadable(sections, facts));
}
if (earlier) {
  const worse = regressions(figures, earlier);
  for (const { subject, name, against } of worse) console.log(`worse than before: ${subject}, ${name}, ${against}`);
  console.log(`${worse.length} worse than in ${values.earlier}`);
  process.exitCode = worse.length > 0 ? 1 : 0;
} else process.exitCode = figures.every(holds) ? 0 : 1;

/** The figures of an earlier run; ends this one where there are none. */
function figuresOf(path: string): Figure[] {
  try {
    const { sections }: Result = JSON.parse(readFileSync(path, 'utf8'));
    return sections.flatMap((section) => section.figures);
  } catch (error) {
    console.error(`--earlier ${path}: ${(error as Error).message}`);
    process.exit(2);
  }
}
