import { type BedrockenvError, nearest, printable } from '@bedrockenv/core';
import { CommanderError, Option, Command as Parser } from 'commander';
import type { Argument, Command, Input } from './command.ts';
import { pageOf } from './output/pages.ts';
import { usage } from './usage.ts';

/**
 * Reads the words after a command's name.
 * @returns what to run it with, or the help that was asked for
 * @throws {BedrockenvError} code `usage`, exit code 2, with the nearest right word where there is one
 */
export function parse(command: Command, words: readonly string[]): { input: Input } | { help: string } {
  const parser = parserOf(command);
  let help = '';
  let complaint = '';
  parser.configureOutput({ writeOut: (text) => (help += text), writeErr: (text) => (complaint += text) });
  try {
    parser.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help };
    if (error.code === 'commander.excessArguments') throw tooMany(command, parser);
    throw usage(
      command.name,
      (complaint || error.message)
        .replace(/^error: /, '')
        .trim()
        .replace(/\n+/g, ' '),
    );
  }

  const args = parser.args;
  for (const [at, argument] of command.args.entries()) {
    const given = argument.variadic ? args.slice(at) : args.slice(at, at + 1);
    const what = `argument '${argument.name}'`;
    for (const word of given) {
      if (!argument.variadic) checkThere(command, what, word);
      checkChoice(command, what, word, argument.choices);
    }
  }
  const flags: Record<string, string | true | readonly string[] | undefined> = {};
  for (const flag of command.flags) {
    const value = parser.getOptionValue(flag.name) as string | true | readonly string[] | undefined;
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each !== 'string') continue;
      checkThere(command, `flag '--${flag.name}'`, each);
      checkChoice(command, `flag '--${flag.name}'`, each, flag.choices);
    }
    flags[flag.name] = value;
  }
  return { input: { args, flags } };
}

/** A word more than the command takes; the value of a flag, perhaps, without the flag (`export zsh`). */
function tooMany(command: Command, parser: Parser): BedrockenvError {
  const most = command.args.length;
  const extra = parser.args[most] ?? '';
  const flag = command.flags.find(({ choices }) => choices?.includes(extra));
  const takes = most === 0 ? 'takes no argument' : `takes ${most === 1 ? 'one argument' : `${most} arguments`} at most`;
  const right = flag
    ? `did you mean: bedrockenv ${command.name} --${flag.name} ${extra}`
    : `usage: bedrockenv ${command.name} ${parser.usage()}`;
  return usage(command.name, `${command.name} ${takes}, but there is '${printable(extra)}'`, right);
}

/** An empty word is a variable of a script that is not set: it must not mean the current directory, to `allow` least of all. */
function checkThere(command: Command, what: string, word: string): void {
  if (word === '') throw usage(command.name, `${what} is empty`);
}

function checkChoice(command: Command, what: string, word: string, choices: readonly string[] | undefined): void {
  if (choices === undefined || choices.includes(word)) return;
  const near = nearest(word, choices);
  const hint = near ? `did you mean ${near}?` : `it is one of ${choices.join(', ')}`;
  throw usage(command.name, `${what} cannot be '${printable(word)}': ${hint}`);
}

function parserOf(command: Command): Parser {
  const parser = new Parser(`bedrockenv ${command.name}`)
    .description(command.summary)
    .exitOverride()
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', 'show this help')
    .allowExcessArguments(false);
  if (command.passThrough) parser.passThroughOptions();
  for (const argument of command.args) parser.argument(placeholder(argument), describe(argument));
  for (const flag of command.flags) {
    const value = flag.value && (flag.many ? ` <${flag.value}...>` : ` <${flag.value}>`);
    const option = new Option(`--${flag.name}${value ?? ''}`, describe(flag));
    // `--no-tty` is a flag of that name, not the absence of `--tty`.
    option.negate = false;
    option.attributeName = () => flag.name;
    parser.addOption(flag.hidden ? option.hideHelp() : option);
  }
  const width = Math.max(...command.examples.map(([line]) => line.length));
  const examples = command.examples.map(([line, purpose]) => `  ${line.padEnd(width)}  # ${purpose}`);
  return parser.addHelpText('after', `\nExamples:\n${examples.join('\n')}\n\nMore: ${pageOf(command.name)}`);
}

function placeholder({ name, optional, variadic }: Argument): string {
  const inner = variadic ? `${name}...` : name;
  return optional ? `[${inner}]` : `<${inner}>`;
}

function describe({ summary, choices }: { summary: string; choices?: readonly string[] }): string {
  return choices ? `${summary}: ${choices.join(', ')}` : summary;
}
