import type { ShellDriver } from '@bedrockenv/testkit/pty';
import { spread } from './medians.ts';

/** Samples of one event of one tool, in microseconds. */
export type Samples = Map<string, number[]>;

/** The line that reads a script. In zsh at the top level, so that its `cd` has the function stack of one that is typed. */
export function startLine(driver: ShellDriver, script: string): string {
  if (driver.name === 'zsh') return `setopt no_eval_lineno; eval "$(<${driver.quote(script)})"`;
  return driver.sourceFile(script);
}

/** Reads a script's lines `TOOL EVENT MICROSECONDS [REPETITIONS]`; throws when an event did not do its work. */
export function readSamples(text: string): Samples {
  const samples: Samples = new Map();
  const lines = text.trim().split('\n');
  const wrong = lines.filter((line) => line.startsWith('wrong '));
  if (wrong.length > 0) throw new Error(`events that did not do their work: ${[...new Set(wrong)].join(', ')}`);
  const fields = lines.map((line) => line.split(' '));
  const idle = fields.filter(([, event]) => event === 'nothing').map(([, , time]) => Number(time));
  const cost = idle.length > 0 ? spread(idle).median : 0;
  for (const [tool, event, time, times = '1'] of fields) {
    if (event === 'nothing') continue;
    const key = `${tool} ${event}`;
    samples.set(key, [...(samples.get(key) ?? []), (Number(time) - cost) / Number(times)]);
  }
  return samples;
}
