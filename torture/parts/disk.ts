import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Part } from '@bedrockenv/testkit/campaign';
import { type Box, badManners, openBox } from '../box.ts';

const commands: readonly (readonly string[])[] = [
  ['allow'],
  ['use', 'opus'],
  ['revoke'],
  ['compile', '--dir', '.'],
  ['deny'],
  ['prune'],
  ['claude-settings', '--write'],
];

/** Why no file system can be mounted here; undefined if one can. */
function cannotMount(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux can mount a file system';
  const at = mkdtempSync(join(tmpdir(), 'bedrockenv-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at]);
  if (status === 0) spawnSync('umount', [at]);
  rmdirSync(at);
  return status === 0 ? undefined : 'this root may not mount a file system';
}

/** State folders on a file system of their own that takes nothing more. */
export const diskParts: readonly Part[] = [
  disk('disk-full', 'the state folder is on a full disk', ({ at }) => {
    const filler = join(at, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096']);
    return () => rmSync(filler, { force: true });
  }),
  disk('disk-nearly-full', 'the state folder is on a disk with one page left', ({ at }) => {
    const filler = join(at, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096']);
    spawnSync('truncate', ['-s', '-4096', filler]);
    return () => rmSync(filler, { force: true });
  }),
  disk('disk-read-only', 'the state folder is on a read-only disk', ({ at }) => {
    spawnSync('mount', ['-o', 'remount,ro', at]);
    return () => void spawnSync('mount', ['-o', 'remount,rw', at]);
  }),
];

function disk(name: string, about: string, spoil: (disk: { at: string }) => () => void): Part {
  return {
    name,
    about: `${about}: an error for a person, nothing is half, and with space again all works`,
    full: commands.length,
    unit: 'commands',
    unless: cannotMount,
    async run({ count }) {
      const findings: Finding[] = [];
      let failed = 0;
      for (const words of commands.slice(0, count)) {
        const at = mkdtempSync(join(tmpdir(), 'bedrockenv-disk-'));
        spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at]);
        const box = openBox({ state: at });
        try {
          if (words[0] !== 'allow') box.run(['allow']);
          const restore = spoil({ at });
          const ended = box.run(words);
          if (ended.status !== 0) failed++;
          const bad = badManners(ended);
          if (bad !== undefined) findings.push({ what: bad, input: words });
          for (const what of box.broken()) findings.push({ what, input: words });
          findings.push(...readable(box, words));
          restore();
          for (const next of [words, ['allow'], ['export']]) {
            const { status, stderr } = box.run(next);
            if (status !== 0)
              findings.push({ what: `${next.join(' ')} then ends with ${status}: ${stderr}`, input: words });
          }
        } finally {
          spawnSync('umount', [at]);
          rmdirSync(at);
          await box.sandbox.dispose();
        }
      }
      if (failed === 0) findings.push({ what: 'no command failed', input: null });
      return { tried: Math.min(count, commands.length), findings, notes: [`${failed} commands failed, as they must`] };
    },
  };
}

/** What only reads goes on: `status` has an answer. */
function readable({ run, sandbox }: Box, input: readonly string[]): Finding[] {
  const { status, stdout, stderr } = run(['status', '--json']);
  writeFileSync(sandbox.at('last-status'), stdout);
  return status === 0 ? [] : [{ what: `status ends with ${status}: ${stderr}`, input }];
}
