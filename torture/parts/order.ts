import { readFileSync } from 'node:fs';
import type { Finding, Part } from '@bedrockenv/testkit/campaign';
import { straceMissing } from '@bedrockenv/testkit/strace';
import { type Box, openBox } from '../box.ts';

const commands: readonly (readonly string[])[] = [
  ['allow'],
  ['use', 'opus'],
  ['use', 'sonnet'],
  ['compile', '--dir', '.'],
  ['claude-settings', '--write'],
  ['claude-settings', '--undo'],
  ['deny'],
];

/**
 * A power cut after a rename can leave an empty file where the new one had not reached the disk. So every file that is
 * renamed into its place must have been synced before.
 */
export const orderPart: Part = {
  name: 'power-cut',
  about: 'in each command that writes, fsync of a file comes before the rename that puts it into its place',
  full: commands.length,
  unit: 'commands',
  unless: straceMissing,
  async run({ count }) {
    const box = openBox();
    const findings: Finding[] = [];
    let renames = 0;
    try {
      for (const words of commands.slice(0, count)) {
        const calls = callsOf(box, words);
        renames += calls.filter(({ call }) => call === 'rename').length;
        findings.push(...unsynced(calls).map((path) => ({ what: `${path} is renamed unsynced`, input: words })));
      }
    } finally {
      await box.sandbox.dispose();
    }
    if (renames < Math.min(count, commands.length) / 2)
      findings.push({ what: `only ${renames} renames were seen`, input: null });
    return { tried: Math.min(count, commands.length), findings, notes: [`${renames} renames`] };
  },
};

interface Call {
  call: 'fsync' | 'rename';
  path: string;
}

/** The calls that matter, in order; `path` is what was synced, or where a renamed file was before. */
function callsOf(box: Box, words: readonly string[]): Call[] {
  const log = box.sandbox.at('calls');
  const trace = 'trace=fsync,fdatasync,rename,renameat,renameat2';
  const { status, stderr } = box.run(words, ['strace', '-f', '-y', '-qq', '-s', '4096', '-o', log, '-e', trace]);
  if (status !== 0) throw new Error(`bedrockenv ${words.join(' ')}: ${status}\n${stderr}`);
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line): Call[] => {
      const synced = /(?:fsync|fdatasync)\(\d+<(.*?)>/.exec(line);
      if (synced) return [{ call: 'fsync', path: synced[1] as string }];
      const renamed = /rename\w*\((?:AT_FDCWD\S*, )?"(.*?)"/.exec(line);
      return renamed ? [{ call: 'rename', path: renamed[1] as string }] : [];
    });
}

/** The files that were renamed before they were synced. */
export function unsynced(calls: readonly Call[]): string[] {
  const synced = new Set<string>();
  return calls.flatMap(({ call, path }) => {
    if (call === 'rename') return synced.has(path) ? [] : [path];
    synced.add(path);
    return [];
  });
}
