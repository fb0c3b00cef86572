import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockenvError } from '@bedrockenv/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../src/arguments.ts';
import type { Command } from '../src/command.ts';
import { type Entry, table } from '../src/commands/table.ts';
import { plainInput } from '../src/plain.ts';
import { wrongCommand } from '../src/usage.ts';

const shown = table.filter(({ internal }) => !internal);
const names = shown.map(({ name }) => name);

/** The slips of a hurried hand: two letters swapped, one left out, one twice. */
function slips(word: string): string[] {
  const at = Math.floor(word.length / 2);
  const [before, here = '', next = '', after] = [word.slice(0, at - 1), word[at - 1], word[at], word.slice(at + 1)];
  return [before + next + here + after, before + here + after, `${word.slice(0, at)}${next}${word.slice(at)}`].filter(
    (slip) => slip !== word && !names.includes(slip),
  );
}

/** What is said of a command line. */
function complaint(command: Command, words: readonly string[]): string {
  expect(plainInput(command, words), `${command.name} ${words.join(' ')} is no plain command line`).toBeNull();
  try {
    parse(command, words);
  } catch (error) {
    expect(error).toBeInstanceOf(BedrockenvError);
    const { message, fix, exitCode, code } = error as BedrockenvError;
    expect([code, exitCode]).toEqual(['usage', 2]);
    return `${message}; ${fix}`;
  }
  throw new Error(`${command.name} ${words.join(' ')} was taken`);
}

describe.each(shown.map((entry) => [entry.name, entry] as const))('%s', (name, entry: Entry) => {
  let command: Command;
  beforeAll(async () => {
    command = await entry.load();
  });

  it('is told of a line in the overview, help and an example of its own', () => {
    expect(command.name).toBe(name);
    expect(entry.summary).toMatch(/^\S.*[^.]$/);
    expect(command.summary).toMatch(/^[A-Z].*\.$|^[A-Z].*:.*\.$/);
    const words = (line: string) => line.split(/[^\w-]+/);
    const own = command.examples.filter(([line]) => words(line).includes(name));
    expect(own.length).toBeGreaterThan(0);
    for (const [, purpose] of command.examples) expect(purpose).not.toBe('');
    const help = parse(command, ['-h']);
    const page = /\nMore: https:\/\/\S+\/(docs\/\S+\.md)\n$/.exec('help' in help ? help.help : '')?.[1];
    const shown = readFileSync(join(import.meta.dirname, '../../..', page ?? ''), 'utf8');
    expect(shown, page).toContain(`bedrockenv ${name}`);
  });

  it('misspelt, it is meant', () => {
    for (const slip of slips(name))
      expect(`${slip}: ${wrongCommand(slip, names).fix}`).toBe(`${slip}: did you mean: bedrockenv ${name}`);
  });

  it('a misspelt flag: the nearest one is named', () => {
    const required = command.args.filter(({ optional }) => !optional).map(({ choices }) => choices?.[0] ?? 'word');
    for (const flag of command.flags.filter(({ hidden, name: each }) => !hidden && each.length > 3)) {
      for (const slip of slips(flag.name)) {
        const said = complaint(command, [`--${slip}`, ...required]);
        expect(`--${slip}: ${said}`).toContain(`--${flag.name}`);
      }
    }
  });

  it('a misspelt value of a closed list: the nearest one, or what there is', () => {
    for (const flag of command.flags) {
      for (const choice of flag.choices ?? []) {
        const rest = command.args.filter(({ optional }) => !optional).map(({ choices }) => choices?.[0] ?? 'word');
        for (const slip of slips(choice)) {
          expect(complaint(command, [`--${flag.name}`, slip, ...rest])).toContain(choice);
        }
      }
    }
    for (const [at, argument] of command.args.entries()) {
      for (const choice of argument.choices ?? []) {
        const before = command.args.slice(0, at).map(({ choices }) => choices?.[0] ?? 'word');
        for (const slip of slips(choice)) expect(complaint(command, [...before, slip])).toContain(choice);
      }
    }
  });

  it('an empty word is none, for a flag and for an argument', () => {
    const required = command.args.filter(({ optional }) => !optional).map(({ choices }) => choices?.[0] ?? 'word');
    for (const flag of command.flags.filter(({ value }) => value !== undefined)) {
      const words = flag.many ? [...required, `--${flag.name}`, ''] : [`--${flag.name}`, '', ...required];
      expect(complaint(command, words)).toContain(`flag '--${flag.name}' is empty`);
    }
    for (const [at, argument] of command.args.entries()) {
      if (argument.variadic) continue;
      expect(complaint(command, [...required.slice(0, at), ''])).toContain(`argument '${argument.name}' is empty`);
    }
  });

  it('what it does not take is refused, and its help is named', () => {
    if (!command.passThrough) expect(complaint(command, ['--none-of-that'])).toContain(`bedrockenv ${name} -h`);
    const most = command.args.length;
    if (command.args.some(({ variadic }) => variadic)) return;
    const words = [...command.args.map(({ choices }) => choices?.[0] ?? 'word'), 'more'];
    expect(words.length).toBe(most + 1);
    expect(complaint(command, words)).toContain(`bedrockenv ${name} `);
  });
});

it.each([
  ['--verison', 'did you mean: bedrockenv --version'],
  ['--hlep', 'did you mean: bedrockenv --help'],
  ['-v', 'did you mean: bedrockenv -V'],
  ['--json', 'see: bedrockenv -h'],
])('%s in the place of a command is an option, with the nearest', (name, fix) => {
  expect(wrongCommand(name, names)).toMatchObject({ message: `unknown option '${name}'`, fix, exitCode: 2 });
});

it('an internal command is never what was meant', () => {
  for (const { name } of table.filter(({ internal }) => internal)) {
    for (const slip of slips(name)) expect(wrongCommand(slip, names).fix).not.toMatch(new RegExp(` ${name}$`));
  }
});
