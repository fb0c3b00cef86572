import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { straceMissing } from '@bedrockenv/testkit/strace';
import { pick, randomNumbers } from '../../fuzz/random.ts';
import { type Box, badManners, oldText, openBox } from '../box.ts';

/** The commands that write, each with what has to be there before. */
const commands: readonly { words: readonly string[]; before: readonly (readonly string[])[] }[] = [
  { words: ['allow'], before: [['revoke']] },
  { words: ['deny'], before: [['revoke']] },
  { words: ['revoke'], before: [['allow']] },
  { words: ['use', 'opus'], before: [['allow']] },
  { words: ['compile', '--dir', '.'], before: [['allow']] },
  { words: ['claude-settings', '--write'], before: [['allow']] },
  { words: ['prune'], before: [['allow']] },
];

/** System calls with which a file is replaced, and what may go wrong in each. */
const faults: readonly (readonly [call: string, error: string])[] = [
  ['fsync', 'EIO'],
  ['fsync', 'ENOSPC'],
  ['rename', 'EIO'],
  ['rename', 'EROFS'],
  ['rename', 'EXDEV'],
  ['mkdir', 'ENOSPC'],
  ['mkdir', 'EROFS'],
  ['fchown', 'EPERM'],
  ['unlink', 'EIO'],
];

/** Faults while something is written. */
export const writeParts: readonly Part[] = [
  {
    name: 'kills',
    about: 'kill -9 in the middle of each command that writes: every file is old or new, and the next command works',
    full: 1400,
    unit: 'kills',
    run: kills,
  },
  {
    name: 'faults',
    about: 'each system call of a write fails: an error for a person, every file is old or new, the next command works',
    full: 400,
    unit: 'faults',
    unless: straceMissing,
    run: injected,
  },
];

/** Brings the box to where a command starts. */
function prepare({ run, project }: Box, { before }: (typeof commands)[number]): void {
  writeFileSync(join(project, '.bedrockrc'), oldText);
  rmSync(join(project, '.claude'), { recursive: true, force: true });
  for (const words of before) run(words);
}

/**
 * The next commands, after whatever has happened. Between the edit of a directory file and its approval a kill leaves a
 * text that nobody has approved, which is said.
 */
function works({ run }: Box, words: readonly string[], killed: boolean): string | undefined {
  if (killed && words[0] === 'use' && run(words).status === 3) run(['allow']);
  for (const next of [words, ['allow'], ['export', '--format', 'json']]) {
    const ended = run(next);
    if (ended.status !== 0) return `${next.join(' ')} then ends with ${ended.status}: ${ended.stderr}`;
  }
  return undefined;
}

async function kills({ seed, count, over, tell }: Terms) {
  const random = randomNumbers(seed);
  const findings: Finding[] = [];
  const box = openBox();
  let alive = 0;
  let tried = 0;
  try {
    for (; tried < count && !over(); tried++) {
      const command = commands[tried % commands.length] as (typeof commands)[number];
      prepare(box, command);
      const start = performance.now();
      box.run(command.words);
      const took = performance.now() - start;
      prepare(box, command);
      // Most of a run is Node's start; files are written in the second half.
      const after = took * (0.4 + random(700) / 1000);
      if (await box.kill(command.words, after)) alive++;
      const input = { words: command.words, afterMs: Math.round(after), ofMs: Math.round(took) };
      for (const what of box.broken()) findings.push({ what, input });
      const not = works(box, command.words, true);
      if (not !== undefined) findings.push({ what: not, input });
      tell(`${tried} of ${count}`);
    }
  } finally {
    await box.sandbox.dispose();
  }
  if (alive === 0 && count > 10) findings.push({ what: 'no command was killed before its end', input: null });
  return { tried, findings, notes: [`${alive} were killed before their end`] };
}

async function injected({ seed, count, over, tell }: Terms) {
  const random = randomNumbers(seed);
  const findings: Finding[] = [];
  const box = openBox();
  let failed = 0;
  let tried = 0;
  try {
    for (; tried < count && !over(); tried++) {
      const command = commands[tried % commands.length] as (typeof commands)[number];
      const [call, error] = pick(random, faults);
      const when = 1 + random(4);
      prepare(box, command);
      // A kill at the very call, or its failure.
      const what = random(4) === 0 ? 'signal=SIGKILL' : `error=${error}`;
      const inject = [
        '-f',
        '-qq',
        '-o',
        '/dev/null',
        '-e',
        `trace=${call}`,
        '-e',
        `inject=${call}:${what}:when=${when}`,
      ];
      const ended = box.run(command.words, ['strace', ...inject]);
      const input = { words: command.words, inject: inject.at(-1) };
      if (ended.status !== 0) failed++;
      const killed = what.startsWith('signal');
      const bad = killed ? undefined : badManners(ended);
      if (bad !== undefined) findings.push({ what: bad, input });
      for (const wrong of box.broken()) findings.push({ what: wrong, input });
      const not = works(box, command.words, killed);
      if (not !== undefined) findings.push({ what: not, input });
      tell(`${tried} of ${count}`);
    }
  } finally {
    await box.sandbox.dispose();
  }
  if (failed === 0) findings.push({ what: 'no fault made a command fail', input: null });
  return { tried, findings, notes: [`${failed} commands failed or were killed`] };
}
