import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../src/arguments.ts';
import { table } from '../src/commands/table.ts';
import { plainInput } from '../src/plain.ts';

describe('a plain command line', () => {
  it('is read as the parser reads it, for every command', async () => {
    const seed = Date.now() % 1_000_000;
    const commands = await Promise.all(table.filter(({ name }) => name !== 'demo').map(({ load }) => load()));
    for (const command of commands) {
      const flags = command.flags.map(({ name }) => `--${name}`);
      const choices = [...command.flags, ...command.args].flatMap((each) => each.choices ?? []);
      const words = fc.array(
        fc.constantFrom(...flags, ...choices, 'word', '', '-', '--', '-x', '--x', '--dir=x', 'a b'),
        {
          maxLength: 5,
        },
      );
      fc.assert(
        fc.property(words, (line) => {
          const input = plainInput(command, line);
          if (input !== null) expect([command.name, parse(command, line)]).toEqual([command.name, { input }]);
        }),
        { seed, numRuns: 500 },
      );
    }
  });
});
