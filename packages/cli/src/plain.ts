import type { Command, Input } from './command.ts';

/**
 * The input of a plain command line: the right number of words, and whole flags (`--format zsh`), each once and with
 * one of its values. It spares such a call the parser, which takes a sixth of the time of `export`.
 * null: leave it to the parser, which takes all other forms, and knows what to complain of.
 */
export function plainInput(command: Command, words: readonly string[]): Input | null {
  if (command.passThrough) return null;
  const args: string[] = [];
  const flags: Record<string, string | true> = {};
  const rest = [...words];
  const repeated = command.args.findLast(({ variadic }) => variadic);
  for (let each = rest.shift(); each !== undefined; each = rest.shift()) {
    if (each === '') return null;
    if (!each.startsWith('-')) {
      const argument = command.args[args.length] ?? repeated;
      if (!(argument?.choices?.includes(each) ?? true)) return null;
      args.push(each);
      continue;
    }
    const flag = command.flags.find(({ name }) => `--${name}` === each);
    if (flag === undefined || flag.many || Object.hasOwn(flags, flag.name)) return null;
    const value = flag.value === undefined ? true : rest.shift();
    if (value === undefined || value === '' || (typeof value === 'string' && value.startsWith('-'))) return null;
    if (typeof value === 'string' && !(flag.choices?.includes(value) ?? true)) return null;
    flags[flag.name] = value;
  }
  if (args.length > command.args.length && repeated === undefined) return null;
  const least = command.args.filter(({ optional }) => !optional).length;
  return args.length < least ? null : { args, flags };
}
