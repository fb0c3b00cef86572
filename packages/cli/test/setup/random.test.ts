import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { processContext } from '../../src/context.ts';
import { apply } from '../../src/setup/apply.ts';
import { decide, isNothing } from '../../src/setup/decide.ts';
import { lookAround } from '../../src/setup/machine.ts';
import { readRecord } from '../../src/setup/record.ts';
import { removeState, takeBack } from '../../src/setup/take-back.ts';
import { writeState } from '../../src/state/write.ts';
import { tree } from './tree.ts';

/** What may be where a file is looked for. */
const place = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 4,
    arbitrary: fc.record({ bytes: fc.uint8Array({ maxLength: 60 }), mode: fc.constantFrom(0o600, 0o644, 0o444) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      bytes: fc
        .array(fc.constantFrom('a=1', '\n', '\r\n', '\\', '# x', 'eval "$(bedrockenv hook bash)"', '  ', 'é'), {
          maxLength: 8,
        })
        .map((parts) => new Uint8Array(Buffer.from(parts.join(''), 'utf8'))),
      mode: fc.constant(0o644),
    }),
  },
  { weight: 1, arbitrary: fc.constant('link' as const) },
  { weight: 1, arbitrary: fc.constant('folder' as const) },
);

const names = [
  '.bashrc',
  '.profile',
  '.config/fish/conf.d/bedrockenv.fish',
  '.config/fish/config.fish',
  '.config/direnv/lib/bedrockenv.sh',
];

it('setup, setup again and uninstall leave a HOME as it was, whatever is in it', async () => {
  const shared = realpathSync(mkdtempSync(join(tmpdir(), 'bedrockenv-setup-test-')));
  const path = programs(shared);
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: names.length, maxLength: names.length }), async (places) => {
        const home = mkdtempSync(join(shared, 'h-'));
        for (const [at, name] of names.entries()) furnish(join(home, name), places[at] ?? null);
        const before = tree(home);
        const context = await processContext({ HOME: home, PATH: path });
        const machine = await lookAround(context);
        const answers = { shells: machine.shells.map(({ name }) => name), writesRc: true, settings: {}, claude: false };
        for (const round of [1, 2]) {
          const decided = await decide(context, machine, answers);
          expect(isNothing(decided), `round ${round}`).toBe(round === 2);
          if (round === 2) break;
          apply(context.state, decided.changes);
          for (const { path, text } of decided.hooks) writeState(path, text);
        }
        for (const made of readRecord(context.state)) expect(takeBack(made).outcome).toMatch(/restored|removed/);
        removeState(context.state);
        expect(tree(home)).toEqual(before);
      }),
      { numRuns: 50 },
    );
  } finally {
    rmSync(shared, { recursive: true, force: true });
  }
});

/** A machine with bash, fish and direnv, none of which is ever run. */
function programs(folder: string): string {
  for (const name of ['bash', 'fish', 'direnv']) writeFileSync(join(folder, name), '#!/bin/false\n', { mode: 0o755 });
  return folder;
}

function furnish(path: string, what: { bytes: Uint8Array; mode: number } | 'link' | 'folder' | null): void {
  if (what === null) return;
  mkdirSync(dirname(path), { recursive: true });
  if (what === 'link') symlinkSync('elsewhere', path);
  else if (what === 'folder') mkdirSync(path);
  else {
    writeFileSync(path, what.bytes);
    chmodSync(path, what.mode);
  }
}
